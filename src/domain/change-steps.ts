import type { Change, Ratified, Target, Vote } from "./change.ts";
import type { Verdict } from "./policy.ts";
import { changeStateOf, isTargetOpen } from "./settle.ts";
import { isGrowing, type StopScope } from "./stop-scope.ts";

/** Nothing has left for a platform yet and nothing of it has ended. */
export function isUntouched({ targets }: Pick<Change, "targets">): boolean {
  return targets.every(({ attempts, state }) => attempts === 0 && isTargetOpen(state));
}

/** The policy of a vote asked for more than the change did; from now on the change does. */
export function asking(change: Change, verdict: Verdict): Change {
  return { ...change, verdict };
}

/** A vote that decided nothing by itself. */
export function voted(change: Change, vote: Vote): Change {
  return { ...change, votes: [...change.votes, vote] };
}

/** The vote that decided; a denial is an end, also after an approval of which nothing has begun. */
export function decidedBy(change: Change, state: "approved" | "denied", vote: Vote): Change {
  const ended = state === "denied" && { endedAt: vote.at };
  return { ...voted(change, vote), state, decidedAt: vote.at, ...ended };
}

/** The asker took it back. */
export function withdrawn(change: Change, now: Date): Change {
  return { ...change, state: "withdrawn", decidedAt: now, endedAt: now };
}

/** Nobody decided in time, or what was decided was not begun in time. */
export function expired(change: Change, now: Date): Change {
  return { ...change, state: "expired", endedAt: now };
}

/** Somebody answered for what acted first, or the time to do so is over; its own state stays what it is. */
export function answeredFor(change: Change, ratified: Ratified): Change {
  return { ...change, ratified };
}

/** What was agreed to is not there any more as it was; each of its campaigns is told why. */
export function superseded(change: Change, sentence: string, now: Date): Change {
  const targets = change.targets.map((target) => ({ ...target, sentence }));
  return { ...change, targets, state: "superseded", endedAt: now };
}

/** Its time to begin is over for every campaign of it. */
export function begunTooLate(change: Change, sentence: string, now: Date): Change {
  const targets = change.targets.map((target) => ({ ...target, sentence }));
  return expired({ ...change, targets }, now);
}

/** One target moved; the change's own state follows from all its targets. */
export function withTarget(
  change: Change,
  targetId: string,
  patch: Partial<Target>,
  now: Date,
): Change {
  const targets = change.targets.map((target) =>
    target.id === targetId ? { ...target, ...patch } : target,
  );
  if (change.endedAt !== undefined) return { ...change, targets };
  const state = isGrowing(change) ? "running" : changeStateOf(targets);
  return { ...change, targets, state, ...(state !== "running" && { endedAt: now }) };
}

/** An emergency stop has read one more connection; with the last of them it may have come to its end. */
export function grown(
  change: Change,
  added: readonly Target[],
  scope: StopScope,
  now: Date,
): Change {
  const targets = [...change.targets, ...added];
  const after = { ...change, targets, scope };
  if (isGrowing(after) || targets.some(({ state }) => isTargetOpen(state))) return after;
  return { ...after, state: changeStateOf(targets), endedAt: now };
}
