import type { Command } from "commander";
import { looseFlags } from "../node-flags.ts";
import { Exit, exitCodes } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

const usualPort = 4747;

export function demoCommand(program: Command, terminal: Terminal): void {
  program
    .command("demo")
    .description(
      "everything on this machine with no account anywhere: a stand-in Slack and five stand-in vendors",
    )
    .option(
      "--port <port>",
      "port of the page on 127.0.0.1; 0 takes any free one",
      String(usualPort),
    )
    .action(async ({ port }: { port: string }) => {
      const loose = looseFlags(terminal.environment);
      if (loose.length > 0) throw new Exit(exitCodes.configuration, ...loose);
      if (!/^\d{1,5}$/.test(port)) throw new Exit(exitCodes.usage, "--port must be a number.");
      const { startDemo } = await import("../../sandbox/demo.ts").catch(() => {
        throw new Exit(
          exitCodes.unavailable,
          "The demo needs the development packages: run npm ci without --omit=dev.",
        );
      });
      const demo = await startDemo({ port: Number(port) }).catch((error: unknown) => {
        const taken = (error as { code?: unknown }).code === "EADDRINUSE";
        if (taken)
          throw new Exit(
            exitCodes.unavailable,
            `Port ${port} is in use. Try: npm run demo -- --port 0`,
          );
        throw error;
      });
      terminal.out(`Fermata's demo is ready: ${demo.url}`);
      terminal.out("Press Ctrl+C to end it.");
      await terminal.interrupted();
      await demo.close();
    });
}
