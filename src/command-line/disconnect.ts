import type { Command } from "commander";
import { disconnectVendor } from "../flows/disconnect-vendor.ts";
import { listConnections } from "../store/connections.ts";
import { Exit, exitCodes } from "./exit.ts";
import { actor, withWorld } from "./open.ts";
import { plain, printJson, type Terminal } from "./terminal.ts";
import { needsWorkspace } from "./workspace.ts";

interface Given {
  workspace: string;
  name: string;
  json?: boolean;
}

export function disconnectCommand(program: Command, terminal: Terminal): void {
  needsWorkspace(program.command("disconnect"))
    .description("remove a vendor connection and its key")
    .requiredOption("--name <name>", "the connection's name")
    .option("--json", "print JSON")
    .action(({ workspace, name, json }: Given) =>
      withWorld(terminal, async (world) => {
        if (await disconnectVendor(world, { workspace, name, by: actor })) {
          if (json) printJson(terminal, { workspace, name, removed: true });
          else terminal.out(`${plain(name)} is removed, and its key with it.`);
          return;
        }
        const there = await world.store.read((q) => listConnections(q, workspace));
        const names = there.map((connection) => connection.name).join(", ") || "none";
        throw new Exit(
          exitCodes.data,
          `No connection of ${workspace} is named ${plain(name)}. Nothing was removed. There are: ${names}.`,
        );
      }),
    );
}
