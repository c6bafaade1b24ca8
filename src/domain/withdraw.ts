import type { Change } from "./change.ts";
import { isCalled, type Person } from "./person.ts";
import { timedOut } from "./time-out.ts";

export type Withdrawal =
  | { kind: "withdrawn" }
  | { kind: "expired"; sentence: string }
  /** `whoCan` where that is the reason. */
  | { kind: "not_withdrawn"; sentence: string; whoCan?: readonly string[] };

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
      whoCan: [change.askedBy],
    };
  }
  if (change.state !== "waiting") {
    return {
      kind: "not_withdrawn",
      sentence: "This is already decided, so it can no longer be withdrawn.",
    };
  }
  const late = timedOut(change, now);
  return "sentence" in late ? { kind: "expired", sentence: late.sentence } : { kind: "withdrawn" };
}
