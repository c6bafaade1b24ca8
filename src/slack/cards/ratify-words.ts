import type { Change } from "../../domain/change.ts";
import { isOwed } from "../../domain/ratify.ts";
import { approvers } from "./approval-words.ts";
import { type Message, says } from "./message.ts";
import type { Names } from "./names.ts";
import { joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { clock, person, titleOf, verbs, when, who } from "./words.ts";

/** What acted first says who has to answer for it, or who did; nothing where nobody has to. */
export function ratifyLines(change: Change, names?: Names): Mrkdwn[] {
  const { verdict, ratified } = change;
  if (verdict.kind !== "ratify") return [];
  const first = mrkdwn`${actedFirst(change)}.`;
  if (ratified) return [mrkdwn`${first} ${answered(change, ratified)}`];
  return isOwed(change) ? [mrkdwn`${first} ${owed(change, names)}`] : [];
}

function owed({ verdict, ratifyBy }: Change, names?: Names): Mrkdwn {
  const from = verdict.kind === "ratify" ? approvers(verdict.from, names) : mrkdwn`somebody`;
  const before = ratifyBy ? mrkdwn` before ${when(ratifyBy)}` : mrkdwn``;
  return mrkdwn`It has to be ratified or reversed${before} by ${from}, not by the asker.`;
}

function actedFirst(change: Change): Mrkdwn {
  return mrkdwn`${change.stop ? "Emergency stop" : verbs[change.action].ask} ${unasked(change)}`;
}

function unasked({ askedBy, askedAt }: Change): Mrkdwn {
  return mrkdwn`by ${person(askedBy)} at ${clock(askedAt)}, no approval asked`;
}

function answered(
  { ratifyBy }: Change,
  { kind, by, at, nothing }: NonNullable<Change["ratified"]>,
): Mrkdwn {
  const whoDid = by ? mrkdwn` by ${person(by)}` : mrkdwn``;
  const late = ratifyBy ? mrkdwn` by ${when(ratifyBy)}` : mrkdwn` in time`;
  const resumed = nothing === undefined ? mrkdwn`is being resumed` : mrkdwn`was to be resumed`;
  const then = nothing === undefined ? mrkdwn`` : mrkdwn` Nothing was resumed. ${nothing}`;
  const words = {
    ratified: mrkdwn`Ratified${whoDid} at ${clock(at)}.`,
    reversed: mrkdwn`Reversed${whoDid} at ${clock(at)}: what it paused ${resumed}.${then}`,
    kept: mrkdwn`Nobody ratified it${late}. It is kept as it is.`,
    reverted: mrkdwn`Nobody ratified it${late}, so what it paused ${resumed}.${then}`,
  };
  return words[kind];
}

/** In the thread as soon as it has acted, to those whom its rule wants to know of it. */
export function actedFirstNotice(change: Change, names?: Names): Message {
  const { verdict } = change;
  const called = verdict.kind === "ratify" ? (verdict.notify ?? []).map(who) : [];
  return says(
    mrkdwn`${joined(called, " ")} ${titleOf(change)}, ${unasked(change)}. ${owed(change, names)}`,
  );
}

/** In the thread when nobody has answered for it in time. */
export function unansweredNotice(change: Change): Message {
  const { verdict, ratified } = change;
  const notify = verdict.kind === "ratify" ? (verdict.notify ?? []).map(who) : [];
  const called = notify.length > 0 ? notify : [person(change.askedBy)];
  const then = ratified ? answered(change, ratified) : mrkdwn``;
  return says(mrkdwn`⚠️ ${joined(called, " ")} ${titleOf(change)}: ${then}`);
}

/** In the thread when taking it back led to nothing. */
export function notReversedNotice(change: Change, sentence: string): Message {
  return says(
    mrkdwn`${person(change.ratified?.by ?? change.askedBy)} ${titleOf(change)}: nothing was resumed. ${sentence}`,
  );
}
