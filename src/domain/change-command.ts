import type { Action } from "./campaign.ts";
import { tooMany } from "./how-many.ts";
import { readTargets, type TargetText } from "./target-text.ts";
import { isPlain, timeClause } from "./time-clause.ts";
import type { Word } from "./words.ts";

/** A wish as it was typed: its targets are not found yet. */
export interface ChangeCommand {
  kind: "change";
  action: Action;
  targets: TargetText[];
  until?: Date;
  reason?: string;
}

type Read = { ok: true; command: ChangeCommand } | { ok: false; sentence: string };

const longestReason = 500;

/** Reads `TARGETS [for DURATION | until TIME] [because REASON]`; `text` is what `words` were split from. */
export function readChange(
  action: Action,
  text: string,
  words: readonly Word[],
  context: { now: Date; zone: string },
): Read {
  const because = words.findIndex((word) => isPlain(word, "because"));
  const head = because < 0 ? words : words.slice(0, because);
  const reason = because < 0 ? undefined : unquoted(text.slice(words[because]?.end).trim());
  const wrongReason = faultOfReason(reason);
  if (wrongReason) return refused(wrongReason);

  const clause = timeClause(head, context);
  if (clause.kind !== "none" && action !== "pause") {
    return refused(`Only a pause can end by itself: ${action} takes no “for” and no “until”.`);
  }
  if (clause.kind === "wrong") return refused(clause.sentence);

  const read = readTargets(clause.kind === "until" ? clause.before : head);
  if (!read.ok) return read;
  const wrongTargets = faultOfTargets(action, read.targets.length);
  if (wrongTargets) return refused(wrongTargets);
  return {
    ok: true,
    command: {
      kind: "change",
      action,
      targets: read.targets,
      ...(clause.kind === "until" && { until: clause.until }),
      ...(reason !== undefined && { reason }),
    },
  };
}

export function faultOfReason(reason: string | undefined): string | undefined {
  if (reason === "")
    return "Say the reason after “because”; if the word is part of a name, put the name in quotation marks.";
  const length = [...(reason ?? "")].length;
  return length > longestReason
    ? `The reason has ${length} characters; ${longestReason} is the most.`
    : undefined;
}

function faultOfTargets(action: Action, count: number): string | undefined {
  return count === 0 ? `Say which campaign to ${action}.` : tooMany(action, count);
}

export function unquoted(reason: string): string {
  const inner = /^["“”„«]([^"“”„«»]*)["“”»]$/.exec(reason)?.[1];
  return inner?.trim() ?? reason;
}

function refused(sentence: string): Read {
  return { ok: false, sentence };
}
