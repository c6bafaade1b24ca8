import type { Command } from "commander";
import { type Retired, retireKey } from "../flows/retire-key.ts";
import { type Rewrapped, rewrapSecrets } from "../flows/rewrap-secrets.ts";
import { Exit, exitCodes } from "./exit.ts";
import { actor, withWorld } from "./open.ts";
import { plain, printJson, type Terminal } from "./terminal.ts";

export function rewrapCommand(keys: Command, terminal: Terminal): void {
  keys
    .command("rewrap")
    .description("seal everything anew under the first key; the bot may run meanwhile")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const { kid, done } = await withWorld(terminal, async (world) => ({
        kid: world.keyring.activeKid,
        done: await rewrapSecrets(world, actor),
      }));
      if (json) printJson(terminal, { kid, ...done });
      else for (const line of wordsOf(kid, done)) terminal.out(line);
      if (done.unreadable.length > 0) throw new Exit(exitCodes.data, ...unreadableWords(done));
    });
}

function wordsOf(kid: string, { moved, unreadable }: Rewrapped): string[] {
  if (moved > 0) return [`${counted(moved)} now under the key ${kid}.`];
  return unreadable.length > 0 ? [] : [`Everything is sealed with the key ${kid} already.`];
}

function unreadableWords({ unreadable }: Rewrapped): string[] {
  return [
    `${counted(unreadable.length)} unreadable and stayed as they were. Connect them again, or disconnect them:`,
    ...unreadable.map(({ workspace, what }) =>
      plain(workspace === undefined ? what : `${what} of ${workspace}`),
    ),
  ];
}

export function retireCommand(keys: Command, terminal: Terminal): void {
  keys
    .command("retire <kid>")
    .description("let go of a key that holds nothing any more")
    .action(async (kid: string) => {
      const retired = await withWorld(terminal, (world) => retireKey(world, kid, actor));
      const refusal = refusalOf(plain(kid), retired);
      if (refusal) throw new Exit(exitCodes.data, ...refusal);
      terminal.out(`The key ${plain(kid)} holds nothing and is retired.`);
      if (retired.kind === "retired" && retired.inKeyring) {
        terminal.out(
          `Now remove its line, the one that begins with "${plain(kid)}:", from the keyring and restart Fermata.`,
        );
      }
    });
}

function refusalOf(kid: string, retired: Retired): string[] | undefined {
  switch (retired.kind) {
    case "retired":
      return undefined;
    case "active":
      return [
        `The key ${kid} is the first of the keyring and seals what is new. It was not retired.`,
        "Put a line from `fermata keys new` before it, restart Fermata, and run `fermata keys rewrap`.",
      ];
    case "unknown":
      return [`There is no key ${kid}, neither in the keyring nor in this database.`];
    case "in_use":
      return [
        `${counted(retired.uses)} still sealed with the key ${kid}. It was not retired.`,
        "Run `fermata keys rewrap` first.",
      ];
  }
}

function counted(count: number): string {
  return count === 1 ? "1 sealed value is" : `${count} sealed values are`;
}
