import type { Command } from "commander";
import { usagePerKey } from "../store/canaries.ts";
import { newKeyLine } from "../store/seal.ts";
import { withWorld } from "./open.ts";
import { printJson, printTable, type Terminal } from "./terminal.ts";

export function keysCommand(program: Command, terminal: Terminal): void {
  const keys = program.command("keys").description("the keyring that seals what is secret");
  keys
    .command("new")
    .description("print a new line for FERMATA_KEYRING; it is stored nowhere")
    .option("--json", "print JSON")
    .action(({ json }: { json?: boolean }) => {
      const line = newKeyLine();
      if (json) printJson(terminal, { kid: line.slice(0, line.indexOf(":")), line });
      else terminal.out(line);
    });
  keys
    .command("status")
    .description("how many sealed values each key holds")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const found = await withWorld(terminal, async ({ store, keyring }) => {
        const uses = await store.read(usagePerKey);
        const kids = new Set([...keyring.kids, ...uses.keys()]);
        return [...kids].map((kid) => ({
          kid,
          active: kid === keyring.activeKid,
          inKeyring: keyring.kids.includes(kid),
          uses: uses.get(kid) ?? 0,
        }));
      });
      if (json) printJson(terminal, found);
      else printTable(terminal, [["KEY", "USES", "STATE"], ...found.map(rowOf)]);
    });
}

function rowOf({ kid, active, inKeyring, uses }: KeyUse): string[] {
  const state = active ? "seals what is new" : "opens what is old";
  return [kid, String(uses), inKeyring ? state : "missing in the keyring"];
}

interface KeyUse {
  kid: string;
  active: boolean;
  inKeyring: boolean;
  uses: number;
}
