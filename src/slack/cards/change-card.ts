import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, Target } from "../../domain/change.ts";
import { isOwed } from "../../domain/ratify.ts";
import { isEnded } from "../../domain/settle.ts";
import { askedOf } from "./asked-words.ts";
import type { Away } from "./away-answers.ts";
import { actions, context, fields, header, section } from "./blocks.ts";
import { changeButtons } from "./change-buttons.ts";
import { changeFields } from "./change-fields.ts";
import { outcomeOf } from "./change-outcome.ts";
import { targetLines } from "./change-targets.ts";
import { voteLines } from "./change-votes.ts";
import { faceOfChange } from "./faces.ts";
import { scopeLines } from "./left-out.ts";
import { fitted, type Message } from "./message.ts";
import type { Names } from "./names.ts";
import type { LostEnd } from "./pause-end.ts";
import { ratifyLines } from "./ratify-words.ts";
import { spokenOutcome } from "./spoken-outcome.ts";
import { standInLines } from "./stand-in-lines.ts";
import { code, escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { clock, doubtfulNames, nameOf, person, titleOf } from "./words.ts";

/** What a card says beside the change itself. */
export interface ChangeCardContext {
  /** Sentences by target id, true of every success ("Up to 10 calls already handed out may still be placed."). */
  cautions?: Readonly<Record<string, string>>;
  /** How the people and groups in it are called. */
  names?: Names;
  /** Until when those are away for whom somebody else has voted. */
  away?: Readonly<Record<string, Date>>;
  /** Those who are away now of whom it waits for, and who may decide instead. */
  standIns?: readonly Away[];
  /** A copy for one person whom the rule names. */
  copy?: boolean;
  /** Offer Undo on what is done. */
  undo?: boolean;
  /** Offer to put off the planned end of a pause. */
  extend?: boolean;
  /** The change that has put it off. */
  extendedBy?: string;
  /** Why its planned end does not count any more. */
  lostEnd?: LostEnd;
  /** Offer the whole story in a view of its own. */
  details?: boolean;
  /** Let no button say, to a screen reader or in its question, which campaigns it is about. */
  redacted?: boolean;
  /** Call the asker by name at the end: once, in the message that announces it. */
  mentionAsker?: boolean;
}

/** The one card of a change, from asked to ended: a pure function of the record. */
export function changeCard(change: Change, about: ChangeCardContext = {}): Message {
  const title = titleOf(change);
  const lines = targetLines(change, about);
  const doubtful = doubtfulNames(change.targets.map(({ campaign }) => campaign));
  const votes = voteLines(change, about);
  const scope = scopeLines(change);
  const standIns = standInLines(about.standIns, about.names);
  const buttons = changeButtons(change, about);
  const asked = askedOf(change, buttons, about);
  return fitted(mrkdwn`${title}: ${spokenOutcome(change)}${asked}`, [
    header(title),
    section(joined([outcomeOf(change, about), ...ratifyLines(change, about.names)], "\n")),
    fields(changeFields(change, about)),
    ...(lines.length > 0 ? [section(joined(lines, "\n"))] : []),
    ...(doubtful.length > 0 ? [context(joined(doubtful, "\n"))] : []),
    ...(scope.length > 0 ? [context(joined(scope, "\n"))] : []),
    ...(votes.length > 0 ? [context(joined(votes, "\n"))] : []),
    ...(standIns.length > 0 ? [context(joined(standIns, "\n"))] : []),
    ...(buttons.length > 0 ? [actions(buttons, `${change.id}:${change.version}`)] : []),
    ...(about.copy ? [context(copyNote(change))] : []),
    context(footer(change)),
    ...(about.mentionAsker && isEnded(change.state) ? [context(forAsker(change))] : []),
  ]);
}

/** A line for the card's thread at the end: an edited card notifies nobody, a reply does. */
export function endNotice(change: Change): Message {
  const asked = askedOf(change, changeButtons(change, {}));
  const text = mrkdwn`${person(change.askedBy)} ${titleOf(change)}: ${spokenOutcome(change)}${asked}`;
  return fitted(text, [section(text)]);
}

/** A line for the thread when something did not stay as it was asked for, or nobody can say whether it did. */
export function changedNotice(change: Change, target: Target): Message {
  const platform = vendorTitles[target.vendor];
  const what = mrkdwn`${nameOf(target.campaign)} on ${platform}`;
  const unconfirmed = change.targets.filter(({ watch }) => watch === "unconfirmed").length;
  const sentence = target.sentence ?? "";
  const more =
    target.watch === "unconfirmed" && unconfirmed > 1
      ? ` The card names ${unconfirmed - 1} more that could not be confirmed.`
      : "";
  const text = mrkdwn`⚠️ ${person(change.askedBy)} ${what}: ${escaped(sentence, 400)}${whatToDo(target)}${more}`;
  return fitted(text, [section(text)]);
}

/** Most that cannot be read say themselves when to look again. */
function whatToDo({ watch, sentence = "", vendor }: Target): string {
  const platform = vendorTitles[vendor];
  if (watch !== "unconfirmed") return ` Press Try again on the card, or look in ${platform}.`;
  const said = /\b[Cc]heck again|\bLook /.test(sentence);
  return said ? "" : ` Press Check again on the card, or look in ${platform}.`;
}

function footer(change: Change): Mrkdwn {
  const face = faceOfChange(change);
  const checked = change.targets.flatMap(({ checkedAt }) =>
    checkedAt ? [checkedAt.getTime()] : [],
  );
  const parts = [mrkdwn`${face.icon} *${face.word}*`, code(change.id)];
  if (change.follows) parts.push(mrkdwn`follows ${code(change.follows)}`);
  if (checked.length > 0) parts.push(mrkdwn`checked ${clock(new Date(Math.max(...checked)))}`);
  return joined(parts, " · ");
}

/** Why somebody gets it, and, once it is decided, that they need not do anything any more. */
function copyNote(change: Change): Mrkdwn {
  const rule = mrkdwn`You get this because the rule “${change.verdict.rule}” names you.`;
  if (change.state === "waiting" || isOwed(change)) return rule;
  const decided = decisionOn(change);
  if (!decided) return mrkdwn`${rule} Nothing more to do.`;
  const { word, by, at } = decided;
  return mrkdwn`Already ${word} by ${person(by)} at ${clock(at)}. Nothing more to do.`;
}

/** Undefined where nobody decided it. */
function decisionOn(change: Change): { word: string; by: string; at: Date } | undefined {
  const { state, votes, decidedAt, ratified } = change;
  if (ratified) {
    const { kind: word, by, at } = ratified;
    return by === undefined ? undefined : { word, by, at };
  }
  const word = state === "denied" ? "denied" : "approved";
  const vote = votes.findLast(({ kind }) => kind === (state === "denied" ? "deny" : "approve"));
  return decidedAt && vote && { word, by: vote.by, at: vote.at };
}

function forAsker(change: Change): Mrkdwn {
  return mrkdwn`${person(change.askedBy)}, this is finished.`;
}
