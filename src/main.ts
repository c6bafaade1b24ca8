#!/usr/bin/env node
import { text } from "node:stream/consumers";
import { run } from "./command-line/run.ts";
import { processEnvironment } from "./config.ts";
import { closeDebugger } from "./node-flags.ts";

closeDebugger();
const { stdin, stdout, stderr } = process;

// Whoever reads our output may stop before its end, as `head` does.
stdout.on("error", (error: { code?: string }) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

process.exitCode = await run(process.argv.slice(2), {
  out: (line) => void stdout.write(`${line}\n`),
  err: (line) => void stderr.write(`${line}\n`),
  input() {
    if (stdin.isTTY) stderr.write("Reading from the terminal; Ctrl+D ends it.\n");
    return text(stdin);
  },
  interrupted: () =>
    new Promise((resolve) => {
      let heard = false;
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.on(signal, () => {
          // A second one, of either kind, means now.
          if (heard) process.exit(1);
          heard = true;
          resolve();
        });
      }
    }),
  environment: processEnvironment(),
});

// A vendor that never answers must not keep us; everything that matters is on disk by now.
stdout.write("", () => void setTimeout(() => process.exit(), 500).unref());
