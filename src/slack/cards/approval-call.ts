import type { Change } from "../../domain/change.ts";
import { missingApproval } from "./approval-words.ts";
import { type Message, says } from "./message.ts";
import { joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { titleOf, when, who } from "./words.ts";

/** Why people are called: it has just been asked, it still waits, or those before them have not decided. */
type Calling = "asked" | "waiting" | "escalated";

const minuteMs = 60_000;

/** A line for the card's thread: the only words that call approvers by name, and nobody but these. */
export function approvalCall(
  change: Change,
  { calling, called, now }: { calling: Calling; called: readonly string[]; now: Date },
): Message {
  const start = called.length > 0 ? mrkdwn`${joined(called.map(who), " ")} ` : mrkdwn``;
  const missing = missingApproval(change)?.count ?? "a decision";
  return says(
    mrkdwn`${start}${titleOf(change)}: ${reasons[calling]} ${missing} needed, nothing has been changed yet. Press Approve or Deny on the card.${ends(change, now)}`,
  );
}

const reasons: Record<Calling, string> = {
  asked: "your decision is asked for.",
  waiting: "this still waits for a decision.",
  escalated: "nobody decided in time, so you are asked now.",
};

/** How long is left, and what becomes of it then. */
function ends(change: Change, now: Date): Mrkdwn {
  const { expiresAt, verdict, escalatedAt } = change;
  if (!expiresAt) return mrkdwn``;
  const left = mrkdwn`in ${lengthOf(expiresAt.getTime() - now.getTime())}, ${when(expiresAt)}`;
  const onTimeout = verdict.kind === "approve" ? verdict.onTimeout : undefined;
  if (onTimeout === "allow") return mrkdwn` Without a decision it goes ahead ${left}.`;
  const others = typeof onTimeout === "object" && !escalatedAt;
  return others ? mrkdwn` Others are asked too ${left}.` : mrkdwn` It expires ${left}.`;
}

/** "3 h 40 min"; less than a minute counts as one. */
function lengthOf(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / minuteMs));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(" ");
}
