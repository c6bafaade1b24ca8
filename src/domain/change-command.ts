import type { Action } from "./campaign.ts";
import { isPlain } from "./grammar-words.ts";
import { tooMany } from "./how-many.ts";
import { folded } from "./normal-text.ts";
import { type ClauseContext, clauseAtEnd, type ReasonClause } from "./reason-clause.ts";
import { readTargets, type TargetText } from "./target-text.ts";
import { timeClause } from "./time-clause.ts";
import type { Word } from "./words.ts";

/** A wish as it was typed: its targets are not found yet. */
export interface ChangeCommand {
  kind: "change";
  action: Action;
  targets: TargetText[];
  until?: Date;
  /** What has to be said of how `until` was read: by another zone, or over a change of the clocks. */
  note?: string;
  reason?: string;
}

/** The reason ends in what may be a limit or a part of it, so nothing is done before somebody says which. */
export interface WhichClause {
  kind: "which_clause";
  action: Action | "stop";
  /** As it was typed. */
  clause: string;
}

type Read = { ok: true; command: ChangeCommand | WhichClause } | { ok: false; sentence: string };

const longestReason = 500;

/** Reads `TARGETS [for DURATION | until TIME] [because REASON]`; `text` is what `words` were split from. */
export function readChange(
  action: Action,
  text: string,
  words: readonly Word[],
  context: ClauseContext,
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
  const whole: ChangeCommand = {
    kind: "change",
    action,
    targets: read.targets,
    ...(clause.kind === "until" && { until: clause.until }),
    ...(clause.kind === "until" && clause.note !== undefined && { note: clause.note }),
    ...(reason !== undefined && { reason }),
  };
  const takes = {
    time: action === "pause" && clause.kind === "none",
    connection: read.targets.some(({ kind }) => kind !== "exact" && kind !== "link"),
  };
  const found =
    because < 0 ? undefined : clauseAtEnd(text, words.slice(because + 1), takes, context);
  return found ? withClause(whole, found, context) : { ok: true, command: whole };
}

/** One connection can hold what is named without one; it cannot hold what is named with another. */
function withClause(whole: ChangeCommand, clause: ReasonClause, { reading }: ClauseContext): Read {
  const { connections, reason, until, note, wrong } = clause;
  const [connection, second] = connections;
  const fits = whole.targets.every(
    (target) =>
      target.kind !== "exact" ||
      connection === undefined ||
      folded(target.connection) === folded(connection),
  );
  if (!fits || second !== undefined || reading === "reason") return { ok: true, command: whole };
  if (reason === "") return refused(`Say why behind “because”, and “${clause.clause}” before it.`);
  if (reading === undefined)
    return {
      ok: true,
      command: { kind: "which_clause", action: whole.action, clause: clause.clause },
    };
  if (wrong !== undefined) return refused(wrong);
  const targets = whole.targets.map((target) => within(target, connection));
  const limit = { ...(until && { until }), ...(note !== undefined && { note }) };
  return { ok: true, command: { ...whole, targets, reason, ...limit } };
}

function within(target: TargetText, connection: string | undefined): TargetText {
  if (connection === undefined || target.kind === "exact" || target.kind === "link") return target;
  return { kind: "exact", connection, id: target.kind === "id" ? target.id : target.text };
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
