import type { Change, Vote } from "../../domain/change.ts";
import { approvers } from "./approval-words.ts";
import type { ChangeCardContext } from "./change-card.ts";
import { named } from "./names.ts";
import { escaped, type Mrkdwn, mrkdwn } from "./text.ts";
import { clock, person, when } from "./words.ts";

const mostVotes = 20;

/** Who agreed or not, when and why: a line for each, in order. The denial that ended it is the outcome itself. */
export function voteLines(change: Change, about: ChangeCardContext = {}): Mrkdwn[] {
  const shown = change.votes.filter(({ kind }) => kind === "approve" || change.state !== "denied");
  return [
    ...shown.slice(0, mostVotes).map((vote) => voteLine(vote, about)),
    ...escalation(change, about),
  ];
}

function voteLine(vote: Vote, about: ChangeCardContext): Mrkdwn {
  const did = vote.kind === "approve" ? mrkdwn`👍 Approved` : mrkdwn`🚫 Denied`;
  const because = vote.reason ? mrkdwn`: ${escaped(vote.reason, 300)}` : mrkdwn``;
  return mrkdwn`${did} by ${person(vote.by)}${instead(vote, about)}, ${when(vote.at)}${because}`;
}

function instead({ instead: absent }: Vote, { names, away = {} }: ChangeCardContext): Mrkdwn {
  if (absent === undefined) return mrkdwn``;
  const until = Object.hasOwn(away, absent) ? away[absent] : undefined;
  const why = until ? mrkdwn`who is away until ${when(until)}` : mrkdwn`who was away`;
  return mrkdwn` instead of ${named(absent, names)}, ${why}`;
}

/** Others were called when the time to decide was over for the first. */
function escalation({ escalatedAt, verdict }: Change, { names }: ChangeCardContext): Mrkdwn[] {
  if (!escalatedAt || verdict.kind !== "approve" || typeof verdict.onTimeout !== "object")
    return [];
  const others = approvers(verdict.onTimeout.escalate, names);
  return [mrkdwn`⏫ Nobody had decided by ${clock(escalatedAt)}, so ${others} may decide too.`];
}
