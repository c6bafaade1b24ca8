import type { Campaign, CampaignRef } from "./campaign.ts";
import { folded } from "./glob.ts";

/** Exactly one campaign of exactly one account, as it was when somebody meant it. Nothing that follows searches for it again. */
export interface Identity extends CampaignRef {
  /** The connection's version then: it rises when the secret, base URL or options change. */
  connectionVersion: number;
  /** The account behind the connection then, as far as it could be told. */
  account?: string;
  /** When the campaign was made, as its vendor tells. */
  mark?: string;
}

/** `own:` is what the vendor calls the account itself, `key:` only the key that opens it: another key may open the same. */
export const accountKinds = { own: "own:", key: "key:" } as const;

export type Sameness = "same" | "other" | "unproven";

/** Whether a connection still leads to the account that was meant. Unproven: its campaigns have to be looked at. */
export function sameAccount(
  asked: Pick<Identity, "connectionVersion" | "account">,
  now: { version: number; account?: string },
): Sameness {
  if (now.version === asked.connectionVersion) return "same";
  if (asked.account === undefined || now.account === undefined) return "unproven";
  if (asked.account === now.account) return "same";
  return [asked.account, now.account].every((one) => one.startsWith(accountKinds.own))
    ? "other"
    : "unproven";
}

/** Whether what is shown under the same id is recognisably the campaign that was meant: its name and, where told, when it was made. */
export function isRecognised(
  {
    campaign,
    mark,
    unread,
    calledNow,
  }: Pick<Identity, "campaign" | "mark" | "unread" | "calledNow">,
  shown: Pick<Campaign, "name" | "mark">,
): boolean {
  const bothTell = mark !== undefined && shown.mark !== undefined;
  // Its name was never read: then its id stands for it, which proves nothing.
  if (unread) return bothTell && mark === shown.mark;
  const names = [campaign.name, calledNow ?? campaign.name].map(folded);
  return names.includes(folded(shown.name)) && (!bothTell || mark === shown.mark);
}

/** The same campaign counts once, through whichever connection to its account it was meant. */
export function once<One extends Identity>(targets: readonly One[]): One[] {
  const seen = new Set<string>();
  return targets.filter(({ connectionId, account, campaign }) => {
    const keys = [connectionId, ...(account === undefined ? [] : [account])].map((owner) =>
      JSON.stringify([owner, campaign.id]),
    );
    const isNew = keys.every((key) => !seen.has(key));
    for (const key of keys) seen.add(key);
    return isNew;
  });
}
