import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, Target } from "../../domain/change.ts";
import { missingApproval } from "./approval-words.ts";
import { actions, button } from "./blocks.ts";
import { actionIds } from "./ids.ts";
import { type Message, says } from "./message.ts";
import type { Names } from "./names.ts";
import { code, escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { clock, nameOf, titleOf } from "./words.ts";

/** To whoever pressed Approve: it is not as it was when it was asked, so they are asked once more. */
export function movedAnswer(
  changeId: string,
  moved: readonly { target: Target; word?: string; name?: string; at: Date }[],
): Message {
  const lines = moved.slice(0, mostMoved).map(movedLine);
  const more = moved.length - lines.length;
  const rest = more > 0 ? [mrkdwn`and ${more} more campaigns that are not as they were.`] : [];
  const text = joined(
    [...lines, ...rest, mrkdwn`Your press was not counted yet. Press Approve anyway or Deny.`],
    "\n",
  );
  return says(text, choices(changeId, "approveAnyway"));
}

const mostMoved = 10;

function movedLine({
  target,
  word,
  name,
  at,
}: {
  target: Target;
  word?: string;
  name?: string;
  at: Date;
}): Mrkdwn {
  const where = `${nameOf(target.campaign)} on ${vendorTitles[target.vendor]}`;
  const then = code(target.before ?? "?", 40);
  const called = name === undefined ? [] : [mrkdwn`is now called “${escaped(name, 80)}”`];
  const shows = word === undefined ? [] : [mrkdwn`shows ${code(word, 40)} and no longer ${then}`];
  const what = joined([...called, ...shows], " and ");
  return mrkdwn`⚠️ Since this was asked, ${where} ${what} (checked ${clock(at)}).`;
}

/** To somebody who called us in the thread of a card and may decide: the same buttons, and why. */
export function mayDecideAnswer(change: Change, why: Mrkdwn, names: Names): Message {
  const missing = missingApproval(change, names);
  const waits = missing ? mrkdwn` waits for ${missing.count} from ${missing.from}.` : mrkdwn``;
  return says(
    mrkdwn`${titleOf(change)}${waits} You can decide because ${why}. Press Approve or Deny.`,
    choices(change.id, "approve"),
  );
}

function choices(changeId: string, approving: "approve" | "approveAnyway") {
  const label = approving === "approve" ? "Approve" : "Approve anyway";
  return actions(
    [
      button({ label, actionId: actionIds[approving], value: changeId, style: "primary" }),
      button({ label: "Deny", actionId: actionIds.deny, value: changeId }),
    ],
    `whisper:${changeId}`,
  );
}
