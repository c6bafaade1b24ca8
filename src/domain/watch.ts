import type { ActionRule } from "./action-rule.ts";
import type { Action, Campaign } from "./campaign.ts";
import type { LastAttempt, Overtaken, Target, TargetState } from "./change.ts";

/** How long one vendor may still undo a success after it was seen, in seconds of its own pace. */
export interface WatchRule {
  /** Looks so long after the success, or after the last sign of something that could undo it. */
  looks: readonly number[];
  /** It counts as settled at the first look so long after that; later looks only make sure. */
  settledAfter: number;
  /** How long something that is seen to go on is waited for. */
  atMost: number;
}

/** Another change of the same campaign, asked for after the one that is watched. */
export interface Newer {
  change: string;
  by: string;
  action: Action;
  state: TargetState;
  attempts: number;
  lastAttempt?: LastAttempt;
}

/** What a look at a watched success comes to. */
export type Look =
  /** A newer change is at the campaign just now: what it shows may be that one's doing. */
  | { kind: "busy" }
  | { kind: "overtaken"; by: Overtaken }
  /** As it was; `settled` once nothing can undo it any more, `waitsFor` while something can be seen to. */
  | { kind: "same"; settled: boolean; waitsFor?: string }
  /** It could be undone for as long as it is watched. */
  | { kind: "too_long" }
  | { kind: "ended" }
  | { kind: "changed" };

const over = ["completed", "cancelled"];

/** What has become of a success, given its campaign as just read. `quietMs` is how long nothing could be seen to undo it. */
export function lookAtSuccess(
  { rule, action }: { rule: ActionRule; action: Action },
  campaign: Campaign,
  newer: readonly Newer[],
  { quietMs, isLast }: { quietMs: number; isLast: boolean },
): Look {
  const taken = takenOver(action, newer);
  if (taken) return taken;
  if (!rule.reaches.includes(campaign.phase)) return unlike(action, campaign, newer);
  const { unsettled } = campaign;
  if (unsettled !== undefined) {
    return isLast ? { kind: "too_long" } : { kind: "same", settled: false, waitsFor: unsettled };
  }
  return { kind: "same", settled: quietMs >= (rule.watch?.settledAfter ?? 0) * 1000 };
}

/**
 * The newest change that did something else to the campaign. One of the same kind takes nothing over: both want the same,
 * and both hear of it when it does not stay so.
 */
export function takenOver(
  action: Action,
  newer: readonly Newer[],
): Extract<Look, { kind: "busy" | "overtaken" }> | undefined {
  const other = newer.filter((one) => one.action !== action);
  if (other.some(isAtIt)) return { kind: "busy" };
  const done = other.findLast(({ state }) => state === "done");
  return done && { kind: "overtaken", by: overtakenBy(done) };
}

/** A call of it has left, or may have, and its end is not known yet. */
function isAtIt({ state, attempts }: Newer): boolean {
  return attempts > 0 && (state === "trying" || state === "unknown");
}

function unlike(action: Action, { phase }: Campaign, newer: readonly Newer[]): Look {
  if (over.includes(phase)) return { kind: "ended" };
  // It ended without a clear answer, so what shows now may be its doing and is for its own card to say.
  const unclear = newer.findLast(
    (one) => one.action !== action && one.state === "needs_attention" && one.attempts > 0,
  );
  return unclear ? { kind: "overtaken", by: overtakenBy(unclear) } : { kind: "changed" };
}

function overtakenBy({ change, action, by }: Newer): Overtaken {
  return { change, action, by };
}

type Watched = Pick<Target, "state" | "watch">;

/** Counts as proven: the platform showed it, and nothing seen since says otherwise. */
export function isProven({ state, watch }: Watched): boolean {
  const stands = watch === undefined || watch === "watching" || watch === "settled";
  return (state === "done" || state === "already") && stands;
}

/** A watch that may still come to something. */
export function isWatched({ watch }: Pick<Target, "watch">): boolean {
  return watch === "watching" || watch === "settled";
}
