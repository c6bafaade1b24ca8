import type { ActionRule } from "../domain/action-rule.ts";
import type { Change, Target } from "../domain/change.ts";
import type { VendorFailure } from "../vendors/failure.ts";
import type { World } from "../world.ts";

const second = 1000;
/** No verdict in this time is a case for a person. */
const verdictWithin = 120 * second;
/** A vendor that says yes and shows no sign of it gets this long. */
const signWithin = 20 * second;
/** What was agreed to has to begin within this time, or be asked for again. */
export const startWithinMinutes = 15;
const mostStumbles = 5;
const readsBeforeSecondTry = 3;
const quietBeforeSecondTry = 20 * second;
const mostAttempts = 2;
/** By so much the clocks of two machines may differ. */
const clocksApart = 60 * second;
/** A second call gets so many reads of its own, about 15 s, however late it left. */
const readsAfterEachCall = 5;

/** How long a target is waited for, and when it is looked at again. Every wait for a vendor is divided by `haste`. */
export function patience({ now: clock, random, haste }: Pick<World, "now" | "random" | "haste">) {
  const now = clock().getTime();
  const in_ = (ms: number) => new Date(now + ms / haste);
  /** What lies ahead of the clock was put down while it was wrong, and nobody knows how long ago. */
  const since = (at: Date | undefined) => {
    const ms = now - (at?.getTime() ?? 0);
    return ms < -clocksApart ? Number.POSITIVE_INFINITY : ms * haste;
  };

  /** The time in which a target must come to an end by itself is over. Waiting for its turn does not count. */
  const outOfTime = (target: Target): boolean => {
    const start = target.firstAttemptAt ?? target.begunAt;
    const tooLong = start !== undefined && since(start) >= verdictWithin;
    return tooLong || (target.attempts === 0 && target.stumbles + 1 >= mostStumbles);
  };

  return {
    outOfTime,

    /** Straight after an answer of which more must be seen. */
    soon: () => in_(second),

    /** When to read again after a changing call: soon at first, then less and less often. */
    nextRead: (target: Target) => in_(Math.min(15 * second, second * 2 ** target.reads)),

    /** Full jitter, or what the vendor asked for. */
    backOff(target: Target, { facts }: VendorFailure): Date {
      const jitter = random() * Math.min(30 * second, second * 2 ** target.stumbles);
      return facts.retryAfterMs === undefined
        ? in_(Math.max(200, jitter))
        : new Date(now + Math.max(200, facts.retryAfterMs));
    },

    /** We hold our own calls back: everybody who waits for that comes back a little apart. */
    heldBack: ({ facts }: VendorFailure) =>
      new Date(now + (facts.retryAfterMs ?? 0) + Math.max(200, random() * 2 * second) / haste),

    /** Whether to call once more, later, after a call that the vendor turned away for the moment. */
    mayBackOff: (target: Target) => target.stumbles < mostStumbles && !outOfTime(target),

    /**
     * A second changing call, only after reads have shown three times over 20 s that the first did nothing; and nothing
     * is started or ended by one that would leave `late`, or once the time for a verdict is over.
     */
    mayTryAgain(target: Target, rule: ActionRule, { late = false, stops = false } = {}): boolean {
      if (late || (!stops && outOfTime(target))) return false;
      const did = target.lastAttempt;
      if (did === "refused" || did === "unsent") return target.stumbles < mostStumbles;
      if (rule.irreversible || target.lastAttempt === "accepted") return false;
      return (
        target.attempts < mostAttempts &&
        target.reads >= readsBeforeSecondTry &&
        since(target.firstAttemptAt) >= quietBeforeSecondTry
      );
    },

    /** Whether to go on reading after a changing call whose effect does not show. */
    mayStillRead(target: Target, rule: ActionRule, word: string | undefined): boolean {
      const inTime = since(target.firstAttemptAt) < verdictWithin;
      if (target.reads < readsAfterEachCall && (inTime || target.attempts > 1)) return true;
      const moving = target.lastAttempt !== "accepted" || word !== target.before;
      return since(target.firstAttemptAt) < (moving || rule.pending ? verdictWithin : signWithin);
    },
  };
}

/**
 * What was agreed to long ago may no longer be meant, and nothing but a call that has left lifts that. A pause that
 * needed nobody's leave may be late: stopping late is safer than not at all.
 */
export function isLate(change: Change, now: Date): boolean {
  const agreedAt = change.decidedAt ?? change.askedAt;
  const free = change.action === "pause" && change.verdict.kind !== "approve";
  const ms = now.getTime() - agreedAt.getTime();
  return !free && (ms > startWithinMinutes * 60 * second || ms < -clocksApart);
}

/** The time until which a pause was to last is over. */
export function isPointless({ action, until }: Change, now: Date): boolean {
  return action === "pause" && until !== undefined && until <= now;
}
