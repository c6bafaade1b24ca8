import type { Change } from "./change.ts";
import { expired } from "./change-steps.ts";
import type { Approving } from "./policy.ts";
import { openSteps } from "./progress.ts";

/** What the clock makes of a change; `sentence` is for whoever comes too late, `after` the change as it then is. */
export type TimeOut =
  | { kind: "not_due" }
  | { kind: "decided" }
  | { kind: "expired" | "allowed" | "escalated"; sentence: string; after: Change };

const sentences = {
  expired: "Nobody decided in time. Nothing was changed.",
  pointless: "The time until which this was to last is over. Nothing was changed.",
  allowed:
    "Nobody decided in time, and the policy then lets this pause go ahead. Nothing you pressed was counted.",
  escalated:
    "Nobody decided in time, so more people are asked now. Nothing you pressed was counted. Press again if it is for you to decide.",
};

/** What becomes of a change that still waits when its time to decide is over. */
export function timedOut(change: Change, now: Date): TimeOut {
  if (change.state !== "waiting") return { kind: "decided" };
  if (!isPast(change, now)) return { kind: "not_due" };
  if (hasNoTimeLeft(change, now)) {
    return { kind: "expired", sentence: sentences.pointless, after: expired(change, now) };
  }
  const { verdict } = change;
  const onTimeout = (verdict.kind === "approve" && verdict.onTimeout) || "expire";
  if (onTimeout === "allow" && change.action === "pause") return ended("allowed", change, now);
  const first = change.escalatedAt === undefined;
  if (verdict.kind === "approve" && typeof onTimeout === "object" && first) {
    const after = escalated(change, verdict, onTimeout.escalate, now);
    return { kind: "escalated", sentence: sentences.escalated, after };
  }
  return ended("expired", change, now);
}

function ended(kind: "expired" | "allowed", change: Change, now: Date): TimeOut {
  const after: Change =
    kind === "expired" ? expired(change, now) : { ...change, state: "approved", decidedAt: now };
  return { kind, sentence: sentences[kind], after };
}

/** Others may now decide the steps at hand too, and everybody gets the same time once more. */
function escalated(
  change: Change,
  verdict: Approving,
  others: readonly string[],
  now: Date,
): Change {
  const open = new Set(openSteps(change));
  const steps = verdict.steps.map((step, place) =>
    open.has(place) ? { ...step, from: [...new Set([...step.from, ...others])] } : step,
  );
  const expiresAt = decideBy(change, verdict, now);
  return { ...change, verdict: { ...verdict, steps }, escalatedAt: now, expiresAt };
}

/** The moment after which nobody may decide any more: a pause that would be over by then is not begun. */
export function decideBy({ until }: Pick<Change, "until">, verdict: Approving, from: Date): Date {
  const expiresAt = new Date(from.getTime() + verdict.expiresAfterMs);
  return until && until < expiresAt ? until : expiresAt;
}

/** True from the moment on at which nobody may decide any more. */
export function isPast(change: Pick<Change, "expiresAt" | "until">, now: Date): boolean {
  return (change.expiresAt !== undefined && now >= change.expiresAt) || hasNoTimeLeft(change, now);
}

/** The end by its own words has come before it began. */
function hasNoTimeLeft({ until }: Pick<Change, "until">, now: Date): boolean {
  return until !== undefined && now >= until;
}
