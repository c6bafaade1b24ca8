import type { Change } from "./change.ts";
import { isCalled, type Person } from "./person.ts";
import { expiredSentence, isPast } from "./review.ts";

export type Withdrawal =
  | { kind: "withdrawn" }
  | { kind: "expired"; sentence: string }
  | { kind: "not_withdrawn"; sentence: string };

/** The asker takes a waiting change back. */
export function withdraw(
  change: Change,
  by: Pick<Person, "id" | "otherIds">,
  now: Date,
): Withdrawal {
  if (!isCalled(by, change.askedBy)) {
    return {
      kind: "not_withdrawn",
      sentence: "Only the person who asked can withdraw this. Nothing was changed.",
    };
  }
  if (change.state !== "waiting") {
    return {
      kind: "not_withdrawn",
      sentence: "This is already decided, so it can no longer be withdrawn.",
    };
  }
  return isPast(change, now)
    ? { kind: "expired", sentence: expiredSentence }
    : { kind: "withdrawn" };
}

export type Expiry =
  | { kind: "expired"; sentence: string }
  | { kind: "not_due" }
  | { kind: "decided" };

/** What the clock does to a change that is still waiting. */
export function expire(change: Change, now: Date): Expiry {
  if (change.state !== "waiting") return { kind: "decided" };
  return isPast(change, now) ? { kind: "expired", sentence: expiredSentence } : { kind: "not_due" };
}
