import type { Change, ChangeState } from "../../domain/change.ts";
import { whatStopped } from "../../domain/stopped-by.ts";
import { missingApproval } from "./approval-words.ts";
import { resultOf, soFar, untouched } from "./change-result.ts";
import { faceOfChange } from "./faces.ts";
import { type Mrkdwn, mrkdwn } from "./text.ts";

/** Where the change stands, without names of people, for the line that notifications and screen readers get. */
export function spokenOutcome(change: Change): Mrkdwn {
  const words = {
    waiting: (it) => `waiting for ${missingApproval(it)?.count ?? "approval"}.`,
    approved: () => "approved, about to start.",
    running: (it) => `working… ${soFar(it)}`,
    done: (it) => (faceOfChange(it).word === "Done" ? `done. ${resultOf(it)}` : resultOf(it)),
    partly: (it) => `partly done. ${resultOf(it)}`,
    failed: (it) => `failed. ${resultOf(it)}`,
    needs_attention: (it) => `needs a look. ${resultOf(it)}`,
    denied: (it) => `denied. ${untouched(it)}`,
    expired: (it) => `expired. ${untouched(it)}`,
    withdrawn: (it) => `withdrawn. ${untouched(it)}`,
    superseded: (it) => whatStopped(it) ?? `superseded. ${untouched(it)}`,
  } satisfies Record<ChangeState, (change: Change) => string>;
  return mrkdwn`${words[change.state](change)}`;
}
