import type { Command } from "commander";
import { type Connection, listConnections } from "../store/connections.ts";
import { withWorld } from "./open.ts";
import { minute, printJson, printTable, type Terminal } from "./terminal.ts";
import { needsWorkspace } from "./workspace.ts";

export function connectionsCommand(program: Command, terminal: Terminal): void {
  needsWorkspace(program.command("connections"))
    .description("list the vendor connections of a workspace; of a key only its last characters")
    .option("--json", "print JSON")
    .action(async ({ workspace, json }: { workspace: string; json?: boolean }) => {
      const found = await withWorld(terminal, ({ store }) =>
        store.read((q) => listConnections(q, workspace)),
      );
      if (json) printJson(terminal, found.map(shown));
      else if (found.length === 0) terminal.out("No vendor is connected.");
      else printTable(terminal, [header, ...found.map(rowOf)]);
    });
}

function shown(connection: Connection) {
  const { id, name, vendor, baseUrl, options, secretHint, createdAt, createdBy } = connection;
  return {
    id,
    name,
    vendor,
    baseUrl,
    options,
    keyEndsIn: secretHint,
    connectedAt: createdAt,
    connectedBy: createdBy,
    brokenSince: connection.brokenSince ?? null,
  };
}

const header = ["NAME", "VENDOR", "KEY", "CONNECTED", "BY", "STATE"];

function rowOf({ name, vendor, secretHint, createdAt, createdBy, brokenSince }: Connection) {
  const state = brokenSince ? `does not work since ${minute(brokenSince)}` : "";
  return [name, vendor, `…${secretHint}`, minute(createdAt), createdBy, state];
}
