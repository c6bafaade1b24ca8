import type { Change } from "../../domain/change.ts";
import { missingApproval } from "./approval-words.ts";
import { section } from "./blocks.ts";
import { fitted, type Message } from "./message.ts";
import { joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { titleOf, when, who } from "./words.ts";

/** Why people are called: it has just been asked, it still waits, or those before them have not decided. */
export type Calling = "asked" | "waiting" | "escalated";

/** A line for the card's thread that calls these people, and nobody else. */
export function approvalCall(change: Change, calling: Calling, called: readonly string[]): Message {
  const start = called.length > 0 ? mrkdwn`${joined(called.map(who), " ")} ` : mrkdwn``;
  const text = mrkdwn`${start}${titleOf(change)}: ${reasons[calling]} ${rest(change)}`;
  return fitted(text, [section(text)]);
}

const reasons: Record<Calling, string> = {
  asked: "your decision is asked for.",
  waiting: "this still waits for a decision.",
  escalated: "nobody decided in time, so you are asked now.",
};

function rest(change: Change): Mrkdwn {
  const missing = missingApproval(change)?.count ?? "a decision";
  return change.expiresAt
    ? mrkdwn`${missing} needed by ${when(change.expiresAt)}. Nothing has been changed yet.`
    : mrkdwn`${missing} needed. Nothing has been changed yet.`;
}
