import type { Command } from "commander";
import { forgetSecrets, secretsInEnvironment } from "../config.ts";
import { openWorld } from "../open-world.ts";
import { Exit, exitCodes } from "./exit.ts";
import { orExit, readingOrExit } from "./open.ts";
import type { Terminal } from "./terminal.ts";

export function serveCommand(program: Command, terminal: Terminal): void {
  program
    .command("serve")
    .description("run the bot: take Slack's requests, work, keep the timetable")
    .action(async () => {
      const needs = ["signingSecret", "slackApp", "keyring"] as const;
      const { config, cautions } = readingOrExit(terminal, needs);
      const bare = secretsInEnvironment(terminal.environment).join(", ");
      forgetSecrets();
      // Heard from now on: who is told to end while starting ends in good order as well.
      const interrupted = terminal.interrupted();
      const opened = await orExit(openWorld(config, { exclusive: true }));
      if (bare)
        opened.world.log.warn("secrets are in the environment, not in files", { reason: bare });
      for (const reason of cautions)
        opened.world.log.warn("the configuration should not stay as it is", { reason });
      // Bolt takes its time to load, and no other command needs it.
      const { startApp } = await import("../app.ts");
      const app = await startApp(config, opened).catch(async (error: unknown) => {
        await opened.close();
        const code = (error as { code?: unknown }).code;
        if (code === "EADDRINUSE" || code === "EACCES") {
          throw new Exit(
            exitCodes.unavailable,
            `Port ${config.port} on ${config.host} cannot be used (${code}).`,
          );
        }
        throw error;
      });
      opened.world.log.info("ready", { url: app.url, port: config.port });
      await interrupted;
      opened.world.log.info("stopping");
      await app.stop();
      await opened.close();
    });
}
