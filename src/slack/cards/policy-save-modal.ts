import type { KnownBlock } from "@slack/types";
import type { PolicyDifference } from "../../domain/policy-edit.ts";
import { context, section } from "./blocks.ts";
import { callbackIds } from "./ids.ts";
import { type Modal, modal } from "./modal-blocks.ts";
import { type PolicyPlace, placeText } from "./policy-place.ts";
import { ruleWords, withNames } from "./policy-rule-words.ts";
import { type Mrkdwn, mrkdwn } from "./text.ts";
import { person, when } from "./words.ts";

/** Somebody who saved another version since the draft was begun. */
export interface Overtaken {
  version: number;
  by: string;
  at: Date;
}

const mostShown = 90;
const mostNotes = 5;

/** What a save would change; the form's one button saves it. */
export function policySaveModal(look: {
  place: PolicyPlace;
  version: number;
  difference: PolicyDifference;
  overtaken?: Overtaken;
  /** What of it does nothing now. */
  notes?: readonly string[];
}): Modal {
  const { place, version, difference, overtaken, notes = [] } = look;
  const lines = linesOf(difference);
  const hidden = lines.length - mostShown;
  const blocks: KnownBlock[] = [
    ...(overtaken ? [section(overtakenWords(overtaken))] : []),
    section(mrkdwn`*This becomes version ${version + 1} and holds from then on:*`),
    ...lines.slice(0, mostShown).map((line) => section(line)),
    ...(hidden > 0 ? [context(mrkdwn`And ${hidden} more.`)] : []),
    ...noteBlocks(notes),
    context(
      mrkdwn`What waits for approval keeps what it asked for. Only people whom both policies let decide may still do so.`,
    ),
  ];
  return modal({
    callbackId: callbackIds.policySave,
    title: "Save the policy",
    submit: "Save",
    metadata: placeText(place),
    blocks,
  });
}

/** Whoever saves should know it; it keeps nobody from saving. */
function noteBlocks(notes: readonly string[]): KnownBlock[] {
  const shown = notes.slice(0, mostNotes).map((note) => context(mrkdwn`⚠️ ${note}`));
  const more = notes.length - shown.length;
  return more > 0 ? [...shown, context(mrkdwn`And ${more} more of this kind.`)] : shown;
}

function overtakenWords({ version, by, at }: Overtaken): Mrkdwn {
  return mrkdwn`*${person(by)} saved version ${version} at ${when(at)}, after you began.* Nothing of yours is lost, and nothing is saved yet. Below is what your draft would change about that version; it would undo what it does not hold.`;
}

function linesOf({
  added,
  removed,
  changed,
  reordered,
  channel,
  admins,
}: PolicyDifference): Mrkdwn[] {
  return [
    ...added.map((rule) => mrkdwn`*Added:* ${ruleWords(rule)}`),
    ...removed.map((rule) => mrkdwn`*Removed:* ${ruleWords(rule)}`),
    ...changed.flatMap(({ was, now }) => [
      mrkdwn`*Changed:* ${ruleWords(now)}`,
      mrkdwn`*It was:* ${ruleWords(was)}`,
    ]),
    ...(reordered ? [mrkdwn`*Order:* rules stand in another order.`] : []),
    ...(channel ? [mrkdwn`*Channel:* cards go to another place.`] : []),
    ...(admins ? [mrkdwn`*Admins:* the list of admins is another one.`] : []),
  ];
}

/** Rules that too few people could decide, and who is not there any more. */
export function policyShortModal(sentences: readonly string[]): Modal {
  const ids = sentences.flatMap((one) => one.match(/\b[UWS][A-Z0-9]{6,}\b/g) ?? []);
  return modal({
    callbackId: "policy_short_modal",
    title: "Not saved",
    blocks: [
      section(
        mrkdwn`*Nothing was saved.* Too few people could decide what the policy asks them to:`,
      ),
      ...sentences.slice(0, mostShown).map((one) => section(withNames(one, ids))),
      section(mrkdwn`Go back, name others or ask for fewer, and save again. Your draft is kept.`),
    ],
  });
}
