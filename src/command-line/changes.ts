import { type Command, InvalidArgumentError, Option } from "commander";
import { type Change, type ChangeState, endStates, openStates } from "../domain/change.ts";
import { newestChanges } from "../store/newest-changes.ts";
import { changeAsJson } from "./change-json.ts";
import { withWorld } from "./open.ts";
import { minute, printJson, printTable, type Terminal } from "./terminal.ts";
import { takesWorkspace } from "./workspace.ts";

interface Given {
  workspace?: string;
  state?: ChangeState;
  limit?: number;
  json?: boolean;
}

export function changesCommand(program: Command, terminal: Terminal): void {
  takesWorkspace(program.command("changes"))
    .description("list past and open changes, the newest first")
    .addOption(
      new Option("--state <state>", "only in this state").choices([...openStates, ...endStates]),
    )
    .option("--limit <count>", "no more than this many; all of them if left out", wholeNumber)
    .option("--json", "print JSON")
    .action(async ({ workspace, state, limit, json }: Given) => {
      const changes = await withWorld(terminal, ({ store }) =>
        newestChanges(store, { workspace, state, limit }),
      );
      if (json) printJson(terminal, changes.map(changeAsJson));
      else if (changes.length === 0) terminal.out("There are none.");
      else printTable(terminal, [header, ...changes.map(rowOf)]);
    });
}

function wholeNumber(given: string): number {
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new InvalidArgumentError("It must be a whole number, 1 or more.");
}

const header = ["ID", "ASKED", "BY", "ACTION", "STATE", "CAMPAIGNS"];

function rowOf({ id, askedAt, askedBy, action, state, targets }: Change): string[] {
  const [first, ...more] = targets.map(
    ({ connection, campaign }) => `${connection}:${campaign.id} ${campaign.name}`,
  );
  const campaigns = `${first ?? ""}${more.length > 0 ? ` and ${more.length} more` : ""}`;
  return [id, minute(askedAt), askedBy, action, state, campaigns];
}
