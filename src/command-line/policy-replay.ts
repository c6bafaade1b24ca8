import { type Command, InvalidArgumentError, Option } from "commander";
import type { Verdict } from "../domain/policy.ts";
import type { Replayed } from "../domain/replay.ts";
import { type ReplayedDays, replayPolicy } from "../flows/replay-policy.ts";
import { withWorld } from "./open.ts";
import { policyIn } from "./policy-file-input.ts";
import { minute, printJson, printTable, type Terminal } from "./terminal.ts";
import { needsWorkspace } from "./workspace.ts";

interface Given {
  workspace: string;
  days: number;
  json?: boolean;
}

export function policyReplayCommand(policy: Command, terminal: Terminal): void {
  needsWorkspace(policy.command("replay"))
    .description("say what a policy file would have decided on past changes; nothing is saved")
    .argument("<file>", "a YAML file, or - for standard input")
    .addOption(new Option("--days <days>", "how far back").default(90).argParser(wholeDays))
    .addOption(new Option("--json", "print JSON"))
    .action(async (file: string, { workspace, days, json }: Given) => {
      const draft = await policyIn(file, terminal, "Nothing was replayed.");
      const replayed = await withWorld(terminal, (world) =>
        replayPolicy(world, { workspace, policy: draft, days }),
      );
      if (json) printJson(terminal, asJson(replayed));
      else tell(replayed, terminal);
    });
}

function wholeDays(given: string): number {
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given);
  throw new InvalidArgumentError("It must be a whole number of days, 1 to 9999.");
}

function asJson({ otherwise, ...counts }: ReplayedDays) {
  return {
    ...counts,
    otherwise: otherwise.map(({ change, now, stuck, assumed }) => ({
      id: change.id,
      askedAt: change.askedAt,
      askedBy: change.askedBy,
      action: change.stop ? "stop" : change.action,
      was: { kind: change.verdict.kind, rule: change.verdict.rule },
      now: { kind: now.kind, rule: now.rule },
      stuck,
      assumed,
    })),
  };
}

function tell(replayed: ReplayedDays, terminal: Terminal): void {
  const { days, changes, more, allow, approve, ratify, deny, stuck, assumed, otherwise } = replayed;
  terminal.out(`Changes of the last ${days === 1 ? "day" : `${days} days`}: ${changes}.`);
  if (more) terminal.out("There were more; only the newest were looked at.");
  terminal.out(
    `Allowed: ${allow}. Needs approval: ${approve}. Done first, answered for after: ${ratify}. Denied: ${deny}.`,
  );
  terminal.out(`Stuck because too few could approve: ${stuck}.`);
  if (assumed > 0)
    terminal.out(
      `Of ${assumed} the record does not say what the asker was; a full member is assumed.`,
    );
  terminal.out("Wishes that were refused when they were asked are not among them.");
  if (otherwise.length === 0) terminal.out("None would be decided otherwise.");
  else printTable(terminal, [header, ...otherwise.map(rowOf)]);
}

const header = ["ID", "ASKED", "BY", "ACTION", "WAS", "WOULD BE", "RULE"];

const words: Record<Verdict["kind"], string> = {
  allow: "allowed",
  approve: "needs approval",
  ratify: "done first",
  deny: "denied",
};

function rowOf({ change, now, stuck }: Replayed): string[] {
  return [
    change.id,
    minute(change.askedAt),
    change.askedBy,
    change.stop ? "stop" : change.action,
    words[change.verdict.kind],
    stuck ? "stuck" : words[now.kind],
    now.rule || "none",
  ];
}
