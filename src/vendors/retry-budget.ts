import { createBucket } from "../domain/bucket.ts";

/** What all calls together may spend on repeating calls that failed. */
export interface RetryBudget {
  /** How many milliseconds to keep this call back; 0 when it may go, and then tell what became of it. */
  askMs(what: string): number;
  note(what: string, failed: boolean): void;
}

export interface BudgetOptions {
  now(): Date;
  /** So many repeats for each first call, … */
  share: number;
  /** … so many a minute besides, and never more than these at one go. */
  least: number;
  /** How long a call is kept back when nothing is left. */
  waitMs: number;
  /** Minutes pass so many times faster. */
  haste?: number;
}

/** Remembers this many failed calls; of more the oldest are forgotten. */
const mostRemembered = 10_000;

/**
 * A call is a repeat when the same one failed before it and none has succeeded since. Repeats that succeed are
 * given back: whoever is well again is not made to wait.
 */
export function createRetryBudget({
  now,
  share,
  least,
  waitMs,
  haste = 1,
}: BudgetOptions): RetryBudget {
  const failing = new Set<string>();
  const repeats = createBucket({ burst: least, perMinute: least * haste }, now().getTime());

  return {
    askMs(what) {
      if (failing.has(what)) return repeats.take(now().getTime()) ? 0 : waitMs;
      repeats.give(share);
      return 0;
    },
    note(what, failed) {
      const repeated = failing.delete(what);
      if (!failed) return repeated ? repeats.give(1) : undefined;
      failing.add(what);
      const [oldest] = failing;
      if (failing.size > mostRemembered && oldest !== undefined) failing.delete(oldest);
    },
  };
}
