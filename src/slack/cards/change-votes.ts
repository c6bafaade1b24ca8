import type { Change, Vote } from "../../domain/change.ts";
import { escaped, type Mrkdwn, mrkdwn } from "./text.ts";
import { person, when } from "./words.ts";

const mostVotes = 20;

/** Who decided what, when and why: one line for each, in the order in which they came. */
export function voteLines(change: Change): Mrkdwn[] {
  return change.votes.slice(0, mostVotes).map(voteLine);
}

function voteLine(vote: Vote): Mrkdwn {
  const did = vote.kind === "approve" ? mrkdwn`👍 Approved` : mrkdwn`🚫 Denied`;
  const because = vote.reason ? mrkdwn`: ${escaped(vote.reason, 300)}` : mrkdwn``;
  return mrkdwn`${did} by ${person(vote.by)}, ${when(vote.at)}${because}`;
}
