import { type Action, type CampaignRef, vendorTitles } from "../../domain/campaign.ts";
import { button, context, fitted, type Message, says, section } from "./blocks.ts";
import { actionIds, numbered } from "./ids.ts";
import { code, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { nameOf, verbs } from "./words.ts";

export interface Candidate {
  /** Opaque: what the press hands back. */
  choiceId: string;
  campaign: CampaignRef;
  /** How it stands there now, as the platform says it. */
  word: string;
}

const mostChoices = 20;

/** Several campaigns match: each with a button of its own. Nothing happens until one is pressed. */
export function chooserAnswer(choice: {
  text: string;
  action?: Action;
  candidates: readonly Candidate[];
}): Message {
  const { text, action, candidates } = choice;
  const label = action ? verbs[action].ask : "Choose";
  const intro = mrkdwn`${candidates.length} campaigns match “${text}”. Which one? Nothing has been changed yet.`;
  const rows = candidates.slice(0, mostChoices).map(({ choiceId, campaign, word }, place) =>
    section(
      mrkdwn`*${nameOf(campaign.campaign)}*\n${whereIs(campaign)}, shows ${code(word, 40)}`,
      button({
        label,
        actionId: numbered(actionIds.choose, place + 1),
        value: choiceId,
        spoken: `${label} ${nameOf(campaign.campaign, 50)}`,
      }),
    ),
  );
  const more = candidates.length - rows.length;
  const rest =
    more > 0 ? [context(mrkdwn`and ${more} more: type more of the name to narrow it down.`)] : [];
  return fitted(intro, [section(intro), ...rows, ...rest]);
}

/** Nothing matches: the nearest names, in the form in which they can be typed. */
export function noMatchAnswer(text: string, nearest: readonly CampaignRef[]): Message {
  const none = mrkdwn`No campaign matches “${text}”. Nothing was changed.`;
  if (nearest.length === 0) {
    return says(mrkdwn`${none}\n${code("/campaign list")} shows them all.`);
  }
  const lines = nearest
    .slice(0, 5)
    .map((ref) => mrkdwn`• ${nameOf(ref.campaign)}, ${whereIs(ref)}`);
  return says(joined([none, mrkdwn`The nearest names:`, ...lines], "\n"));
}

/** "`burki:42` at Burki" */
export function whereIs(ref: CampaignRef): Mrkdwn {
  return mrkdwn`${code(`${ref.connection}:${ref.campaign.id}`)} at ${vendorTitles[ref.vendor]}`;
}
