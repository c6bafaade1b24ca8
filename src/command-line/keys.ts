import type { Command } from "commander";
import { provedKeys, retiredKeys, usagePerKey } from "../store/canaries.ts";
import { newKeyLine } from "../store/seal.ts";
import { retireCommand, rewrapCommand } from "./keys-change.ts";
import { withWorld } from "./open.ts";
import { printJson, printTable, type Terminal } from "./terminal.ts";

export function keysCommand(program: Command, terminal: Terminal): void {
  const keys = program.command("keys").description("the keyring that seals what is secret");
  newCommand(keys, terminal);
  statusCommand(keys, terminal);
  rewrapCommand(keys, terminal);
  retireCommand(keys, terminal);
}

function newCommand(keys: Command, terminal: Terminal): void {
  keys
    .command("new")
    .description("print a new line for FERMATA_KEYRING; it is stored nowhere")
    .option("--json", "print JSON")
    .action(({ json }: { json?: boolean }) => {
      const line = newKeyLine();
      if (json) printJson(terminal, { kid: line.slice(0, line.indexOf(":")), line });
      else terminal.out(line);
    });
}

interface KeyUse {
  kid: string;
  active: boolean;
  inKeyring: boolean;
  uses: number;
}

function statusCommand(keys: Command, terminal: Terminal): void {
  keys
    .command("status")
    .description("how many sealed values each key holds")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const found = await withWorld(terminal, async ({ store, keyring }) => {
        const uses = await store.read(usagePerKey);
        const proved = await store.read(provedKeys);
        const retired = await store.read(retiredKeys);
        const known = proved.filter((kid) => !retired.includes(kid));
        const kids = new Set([...keyring.kids, ...uses.keys(), ...known]);
        const all = [...kids].map((kid) => ({
          kid,
          active: kid === keyring.activeKid,
          inKeyring: keyring.kids.includes(kid),
          uses: uses.get(kid) ?? 0,
        }));
        return { all, retired };
      });
      const { all, retired } = found;
      if (json) return printJson(terminal, all);
      const rows = all.map((key) => rowOf(key, retired.includes(key.kid)));
      printTable(terminal, [["KEY", "USES", "STATE"], ...rows]);
    });
}

function rowOf(key: KeyUse, isRetired: boolean): string[] {
  return [key.kid, String(key.uses), stateOf(key, isRetired)];
}

function stateOf({ active, inKeyring, uses }: KeyUse, isRetired: boolean): string {
  if (isRetired && uses === 0) return "retired; take its line out";
  if (active) return "seals what is new";
  if (!inKeyring) return uses > 0 ? "missing in the keyring" : "gone from the keyring";
  return uses > 0 ? "opens what is old" : "not used; may be retired";
}
