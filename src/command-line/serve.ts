import type { Command } from "commander";
import { forgetSecrets, looseFlags, secretsInEnvironment } from "../config.ts";
import { openWorld } from "../open-world.ts";
import { Exit, exitCodes } from "./exit.ts";
import { configOrExit, orExit } from "./open.ts";
import type { Terminal } from "./terminal.ts";

export function serveCommand(program: Command, terminal: Terminal): void {
  program
    .command("serve")
    .description("run the bot: take Slack's requests, work, keep the timetable")
    .action(async () => {
      const config = configOrExit(terminal, ["signingSecret", "slackApp", "keyring"]);
      const loose = looseFlags(terminal.environment);
      if (loose.length > 0) throw new Exit(exitCodes.configuration, ...loose);
      const bare = secretsInEnvironment(terminal.environment).join(", ");
      forgetSecrets();
      // Heard from now on: who is told to end while starting ends in good order as well.
      const interrupted = terminal.interrupted();
      const opened = await orExit(openWorld(config, { exclusive: true }));
      if (bare)
        opened.world.log.warn("secrets are in the environment, not in files", { reason: bare });
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
