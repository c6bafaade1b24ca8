import type { Change, Vote } from "../../domain/change.ts";
import { escaped, type Mrkdwn, mrkdwn } from "./text.ts";
import { person, when } from "./words.ts";

const mostVotes = 20;

/** Who agreed or not, when and why: a line for each, in order. The denial that ended it is the outcome itself. */
export function voteLines(change: Change): Mrkdwn[] {
  const shown = change.votes.filter(({ kind }) => kind === "approve" || change.state !== "denied");
  return shown.slice(0, mostVotes).map(voteLine);
}

function voteLine(vote: Vote): Mrkdwn {
  const did = vote.kind === "approve" ? mrkdwn`👍 Approved` : mrkdwn`🚫 Denied`;
  const because = vote.reason ? mrkdwn`: ${escaped(vote.reason, 300)}` : mrkdwn``;
  return mrkdwn`${did} by ${person(vote.by)}, ${when(vote.at)}${because}`;
}
