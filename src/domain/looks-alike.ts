import type { Change, Target } from "./change.ts";

/** What only we count by; a card says at most whether a call has left. */
type Inner =
  | "reads"
  | "stumbles"
  | "begunAt"
  | "firstAttemptAt"
  | "lastAttempt"
  | "digest"
  | "noted"
  | "watchSince";

function face(target: Target): Omit<Target, Inner> & Pick<Target, "lastAttempt"> {
  const { reads, stumbles, begunAt, firstAttemptAt, lastAttempt, digest, ...more } = target;
  const { noted, watchSince, ...shown } = more;
  // A card says what came of the last call only while nothing else is known.
  const last = target.state === "unknown" && lastAttempt !== undefined ? { lastAttempt } : {};
  return { ...shown, ...last, attempts: Math.min(1, target.attempts) };
}

/** Whether people see the same on the cards of both, the same change before and after a step. */
export function looksAlike(before: Change, after: Change): boolean {
  const { targets, version, ...shown } = before;
  const { targets: later, version: next, ...then } = after;
  if (!alike(shown, then) || targets.length !== later.length) return false;
  return targets.every((target, place) => {
    const now = later[place];
    return now === target || (now !== undefined && alike(face(target), face(now)));
  });
}

function alike(a: object, b: object): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: object): [string, unknown][] {
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
