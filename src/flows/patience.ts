import type { ActionRule } from "../domain/action-rule.ts";
import type { Change, Target } from "../domain/change.ts";
import type { VendorFailure } from "../vendors/failure.ts";

const second = 1000;
/** No verdict in this time is a case for a person. */
const verdictWithinMs = 120 * second;
/** A vendor that says yes and shows no sign of it gets this long. */
const signWithinMs = 20 * second;
/** A resume or cancel that could not even begin in this time has to be asked for again. */
const startWithinMs = 15 * 60 * second;
const mostStumbles = 5;
const readsBeforeSecondTry = 3;
const quietBeforeSecondTryMs = 20 * second;
const mostAttempts = 2;
/** Every call gets so many reads, about 15 s, however late it left. */
const readsAfterEachCall = 5;

/** When to read again after a changing call: soon at first, then less and less often. */
export function nextRead(target: Target, now: Date): Date {
  const delay = Math.min(15 * second, second * 2 ** target.reads);
  return new Date(now.getTime() + delay);
}

/** Full jitter, or what the vendor asked for. */
export function backOff(target: Target, failure: VendorFailure, now: Date, random: number): Date {
  const jitter = random * Math.min(30 * second, second * 2 ** target.stumbles);
  return new Date(now.getTime() + Math.max(200, failure.facts.retryAfterMs ?? jitter));
}

/** The time in which a target must come to an end by itself is over. */
export function outOfTime(change: Change, target: Target, now: Date): boolean {
  const start = target.firstAttemptAt ?? change.decidedAt ?? change.askedAt;
  const tooLong = now.getTime() - start.getTime() >= verdictWithinMs;
  return tooLong || (target.attempts === 0 && target.stumbles + 1 >= mostStumbles);
}

/** Whether to call once more, later, after a call that the vendor turned away for the moment. */
export function mayBackOff(change: Change, target: Target, now: Date): boolean {
  return target.stumbles < mostStumbles && !outOfTime(change, target, now);
}

/** What was agreed to long ago may no longer be meant. A pause may: stopping late is safer than not at all. */
export function tooLateToStart(change: Change, target: Target, now: Date): boolean {
  const start = change.decidedAt ?? change.askedAt;
  const untouched = target.attempts === 0 && target.stumbles === 0 && target.state === "queued";
  return change.action !== "pause" && untouched && now.getTime() - start.getTime() > startWithinMs;
}

/** A second changing call, only after reads have shown three times over 20 s that the first did nothing. */
export function mayTryAgain(target: Target, rule: ActionRule, now: Date): boolean {
  if (target.lastAttempt === "refused") return target.stumbles < mostStumbles;
  if (rule.irreversible || target.lastAttempt === "accepted") return false;
  const since = now.getTime() - (target.firstAttemptAt?.getTime() ?? 0);
  return (
    target.attempts < mostAttempts &&
    target.reads >= readsBeforeSecondTry &&
    since >= quietBeforeSecondTryMs
  );
}

/** Whether to go on reading after a changing call whose effect does not show. */
export function mayStillRead(
  target: Target,
  rule: ActionRule,
  word: string | undefined,
  now: Date,
): boolean {
  if (target.reads < readsAfterEachCall) return true;
  const since = now.getTime() - (target.firstAttemptAt?.getTime() ?? 0);
  const moving = target.lastAttempt !== "accepted" || word !== target.before;
  return since < (moving || rule.pending ? verdictWithinMs : signWithinMs);
}
