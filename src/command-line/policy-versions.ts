import { type Command, Option } from "commander";
import { policyVersions } from "../store/policies.ts";
import { withWorld } from "./open.ts";
import { minute, printJson, printTable, type Terminal } from "./terminal.ts";
import { needsWorkspace } from "./workspace.ts";

export function policyVersionsCommand(policy: Command, terminal: Terminal): void {
  needsWorkspace(policy.command("versions"))
    .description("list every policy that was saved, with who saved it and when, the newest first")
    .addOption(new Option("--json", "print JSON"))
    .action(async ({ workspace, json }: { workspace: string; json?: boolean }) => {
      const saved = await withWorld(terminal, ({ store }) =>
        store.read((q) => policyVersions(q, workspace)),
      );
      const rows = saved.map(({ version, savedAt, savedBy }) => ({ version, savedAt, savedBy }));
      if (json) printJson(terminal, rows);
      else if (rows.length === 0) terminal.out("None was saved; the built-in policy holds.");
      else
        printTable(terminal, [
          ["VERSION", "SAVED", "BY"],
          ...rows.map((row) => [String(row.version), minute(row.savedAt), row.savedBy]),
        ]);
    });
}
