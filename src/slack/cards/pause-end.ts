import type { Change } from "../../domain/change.ts";
import type { Plan } from "../../domain/plan.ts";
import { type Message, says } from "./message.ts";
import { code, type Mrkdwn, mrkdwn } from "./text.ts";
import { person, titleOf, when } from "./words.ts";

/** Why the planned end of a pause does not count any more. */
export type LostEnd = Exclude<Plan, { kind: "stands" }>;

/** On the card of the pause whose end it was: which end, and why it comes to nothing. */
export function lostEndWords(planned: Date, lost: LostEnd): Mrkdwn {
  return mrkdwn`${when(planned)} was planned, but nothing is resumed then: ${why(lost)}.`;
}

function why(lost: LostEnd): Mrkdwn {
  if (lost.kind === "never_ours") return mrkdwn`it was paused before this was asked`;
  const { by } = lost;
  const whose = mrkdwn`${person(by.askedBy)}’s ${by.action} of ${when(by.askedAt)} (${code(by.id)})`;
  if (lost.kind === "put_off") return mrkdwn`${whose} holds it until ${when(lost.until)}`;
  if (lost.kind === "held") return mrkdwn`${whose} holds it without an end`;
  // What let go of it may be the pause itself, so it is not named.
  if (by.target.watch === "changed") return mrkdwn`it did not stay paused`;
  if (by.target.watch === "ended") return mrkdwn`it has ended by itself`;
  return mrkdwn`${whose} came first`;
}

/** In the card's thread, when the planned end of a pause came and led to nothing. */
export function pauseStaysNotice(change: Change, sentence: string): Message {
  return says(
    mrkdwn`${person(change.askedBy)} ${titleOf(change)}: this was to end now, but nothing was resumed. ${sentence}`,
  );
}
