#!/usr/bin/env node
import { text } from "node:stream/consumers";
import { run } from "./command-line/run.ts";
import { processEnvironment } from "./config.ts";

process.exitCode = await run(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  input: () => text(process.stdin),
  interrupted: () =>
    new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.once(signal, () => {
          // A second signal means now.
          process.once(signal, () => process.exit(1));
          resolve();
        });
      }
    }),
  environment: processEnvironment(),
});
