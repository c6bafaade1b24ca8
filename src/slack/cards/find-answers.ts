import { type Action, type CampaignRef, vendorTitles } from "../../domain/campaign.ts";
import { button, context, section } from "./blocks.ts";
import { actionIds, numbered } from "./ids.ts";
import { fitted, type Message, says } from "./message.ts";
import { code, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { doubtfulNames, listed, nameOf, verbs } from "./words.ts";

interface Near {
  /** Opaque: what the press hands back. Nothing is to be pressed without it. */
  choiceId?: string;
  campaign: CampaignRef;
}

export interface Candidate extends Near {
  choiceId: string;
  /** How it stands there now, as the platform says it. */
  word: string;
}

const mostChoices = 20;

/**
 * Several campaigns match, or one does and others may where nobody could look: each with a button of its own. Nothing happens
 * until one is pressed.
 */
export function chooserAnswer(choice: {
  text: string;
  action?: Action;
  candidates: readonly Candidate[];
  unread?: readonly string[];
}): Message {
  const { text, action, candidates, unread = [] } = choice;
  const intro =
    candidates.length === 1 && unread.length > 0
      ? mrkdwn`One campaign matches “${text}”. ${mayBeThere(unread, "there may be another one there")} Is this the one? Nothing has been changed yet.`
      : mrkdwn`${candidates.length} campaigns match “${text}”. ${unread.length > 0 ? `${mayBeThere(unread, "there may be more there")} ` : ""}Which one? Nothing has been changed yet.`;
  const rows = candidates.slice(0, mostChoices).map((candidate, place) => {
    const { campaign, word } = candidate;
    const words = joined(
      [
        mrkdwn`*${nameOf(campaign.campaign)}*`,
        mrkdwn`${whereIs(campaign)}, shows ${code(word, 40)}`,
        ...doubtfulNames([campaign.campaign]),
      ],
      "\n",
    );
    return rowOf(words, candidate, place, action);
  });
  const more = candidates.length - rows.length;
  const rest =
    more > 0 ? [context(mrkdwn`and ${more} more: type more of the name to narrow it down.`)] : [];
  return fitted(intro, [section(intro), ...rows, ...rest]);
}

function rowOf(words: Mrkdwn, { choiceId, campaign }: Near, place: number, action?: Action) {
  if (choiceId === undefined) return section(words);
  const label = action ? verbs[action].ask : "Choose";
  const choose = button({
    label,
    actionId: numbered(actionIds.choose, place + 1),
    value: choiceId,
    spoken: `${label} ${nameOf(campaign.campaign, 50)}`,
  });
  return section(words, choose);
}

/** Nothing matches: the nearest ones, each with a button if something is to be done, and what could not be looked through. */
export function noMatchAnswer(miss: {
  text: string;
  /** Names were not looked at, for it is an id. */
  asId?: boolean;
  action?: Action;
  nearest: readonly Near[];
  unread?: readonly string[];
}): Message {
  const { text, asId, action, nearest, unread = [] } = miss;
  const none = asId
    ? mrkdwn`No campaign there has the id “${text}”. Nothing was changed.`
    : mrkdwn`No campaign matches “${text}”. Nothing was changed.`;
  const gap = unread.length > 0 ? [mrkdwn`${mayBeThere(unread)}`] : [];
  const next =
    nearest.length > 0
      ? mrkdwn`${nearest.some(({ choiceId }) => choiceId) ? "Press the nearest name that you mean:" : "The nearest names:"}`
      : mrkdwn`${code("/campaign list")} shows them all.`;
  const intro = joined([none, ...gap, next], "\n");
  const rows = nearest.slice(0, 5).map((near, place) => {
    const { campaign } = near.campaign;
    const name = mrkdwn`${nameOf(campaign)}, ${whereIs(near.campaign)}`;
    const words = joined([name, ...doubtfulNames([campaign])], "\n");
    return rowOf(words, near, place, action);
  });
  return fitted(intro, [section(intro), ...rows]);
}

/** "burki could not be read just now, so it may be there." */
export function mayBeThere(unread: readonly string[], may = "it may be there"): string {
  return `${listed(unread.slice(0, 10))} could not be read just now, so ${may}.`;
}

/** `name:id` with a connection that does not exist, or a link that leads to none. */
export function unknownConnectionAnswer(
  name: string,
  known: readonly string[],
  isLink = false,
): Message {
  const names = known.slice(0, 20).map((one) => code(one));
  const next =
    names.length > 0
      ? mrkdwn`The connections are ${joined(names, ", ")}.`
      : mrkdwn`None is connected yet.`;
  const none = isLink
    ? mrkdwn`No connection here leads to ${code(name)}, where that link goes.`
    : mrkdwn`There is no connection called “${name}”.`;
  return says(mrkdwn`${none} Nothing was changed. ${next}`);
}

/** "`burki:42` at Burki" */
export function whereIs(ref: CampaignRef): Mrkdwn {
  return mrkdwn`${code(`${ref.connection}:${ref.campaign.id}`)} at ${vendorTitles[ref.vendor]}`;
}
