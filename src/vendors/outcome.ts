import type { Answer } from "./call.ts";
import { type FailureKind, isPassing, VendorFailure } from "./failure.ts";

/** What became of a call. */
export type Outcome = { answer: Answer } | { failure: VendorFailure };

export async function outcomeOf(sending: Promise<Answer>): Promise<Outcome> {
  try {
    return { answer: await sending };
  } catch (error) {
    if (error instanceof VendorFailure) return { failure: error };
    throw error;
  }
}

/** As a word of few. */
export function wordFor(outcome: Outcome): FailureKind | "ok" {
  return "answer" in outcome ? "ok" : outcome.failure.facts.kind;
}

/** The platform had a fault or could not be reached. A refusal is an answer: whoever says no is well. */
export function isSick(outcome: Outcome): boolean {
  if ("answer" in outcome) return false;
  const { kind, status = 599 } = outcome.failure.facts;
  return (kind === "unavailable" || kind === "unclear") && (status >= 500 || status === 408);
}

/** The same call may well be made again soon. */
export function failedForNow(outcome: Outcome): boolean {
  return "failure" in outcome && isPassing(outcome.failure);
}
