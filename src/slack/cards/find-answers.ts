import { type Action, type CampaignRef, vendorTitles } from "../../domain/campaign.ts";
import { button, context, section } from "./blocks.ts";
import { actionIds, numbered } from "./ids.ts";
import { fitted, type Message, says } from "./message.ts";
import { code, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { doubtfulNames, listed, nameOf, verbs } from "./words.ts";

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
      joined(
        [
          mrkdwn`*${nameOf(campaign.campaign)}*`,
          mrkdwn`${whereIs(campaign)}, shows ${code(word, 40)}`,
          ...doubtfulNames([campaign.campaign]),
        ],
        "\n",
      ),
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

/** Nothing matches: the nearest names, in the form in which they can be typed, and what could not be looked through. */
export function noMatchAnswer(
  text: string,
  nearest: readonly CampaignRef[],
  unread: readonly string[] = [],
): Message {
  const shown = nearest.slice(0, 5);
  const near = shown.map((ref) => mrkdwn`• ${nameOf(ref.campaign)}, ${whereIs(ref)}`);
  const gap =
    unread.length > 0
      ? [mrkdwn`${listed(unread.slice(0, 10))} could not be read just now, so it may be there.`]
      : [];
  return says(
    joined(
      [
        mrkdwn`No campaign matches “${text}”. Nothing was changed.`,
        ...gap,
        ...(near.length > 0
          ? [
              mrkdwn`The nearest names:`,
              ...near,
              ...doubtfulNames(shown.map(({ campaign }) => campaign)),
            ]
          : [mrkdwn`${code("/campaign list")} shows them all.`]),
      ],
      "\n",
    ),
  );
}

/** `name:id` with a connection that does not exist. */
export function unknownConnectionAnswer(name: string, known: readonly string[]): Message {
  const names = known.slice(0, 20).map((one) => code(one));
  const next =
    names.length > 0
      ? mrkdwn`The connections are ${joined(names, ", ")}.`
      : mrkdwn`None is connected yet.`;
  return says(mrkdwn`There is no connection called “${name}”. Nothing was changed. ${next}`);
}

/** "`burki:42` at Burki" */
export function whereIs(ref: CampaignRef): Mrkdwn {
  return mrkdwn`${code(`${ref.connection}:${ref.campaign.id}`)} at ${vendorTitles[ref.vendor]}`;
}
