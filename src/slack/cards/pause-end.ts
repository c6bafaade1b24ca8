import type { Change } from "../../domain/change.ts";
import type { Plan } from "../../domain/plan.ts";
import { type Message, says } from "./message.ts";
import { code, type Mrkdwn, mrkdwn } from "./text.ts";
import { person, titleOf, when } from "./words.ts";

/** Why the planned end of a pause does not count any more. */
export type LostEnd = Exclude<Plan, { kind: "stands" }>;

/** On the card of the pause whose end it was. */
export function lostEndWords(lost: LostEnd): Mrkdwn {
  if (lost.kind === "never_ours")
    return mrkdwn`It was paused before this was asked, so this end is void.`;
  const { by } = lost;
  const whose = mrkdwn`${person(by.askedBy)}’s ${by.action} of ${when(by.askedAt)} (${code(by.id)})`;
  if (lost.kind === "put_off")
    return mrkdwn`${whose} holds it until ${when(lost.until)} now; this end is void.`;
  if (lost.kind === "held") return mrkdwn`${whose} without an end holds it now; this end is void.`;
  return by.target.watch === "changed"
    ? mrkdwn`It did not stay paused, so this end is void.`
    : mrkdwn`${whose} came before it; this end is void.`;
}

/** In the card's thread, when the planned end of a pause came and led to nothing. */
export function pauseStaysNotice(change: Change, sentence: string): Message {
  return says(
    mrkdwn`${person(change.askedBy)} ${titleOf(change)}: this was to end now, but nothing was resumed. ${sentence}`,
  );
}
