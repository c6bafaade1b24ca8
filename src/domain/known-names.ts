import type { CampaignRef } from "./campaign.ts";

/**
 * The campaign once for each name that a rule may know it by: the one it was asked about by, and the one it has now.
 * A name that nobody has read is no name, and gives way to one that is.
 */
export function underEachName(target: CampaignRef): CampaignRef[] {
  const { campaign, calledNow, unread } = target;
  if (calledNow === undefined) return [target];
  const now = { ...target, campaign: { ...campaign, name: calledNow }, unread: false };
  return unread || calledNow === campaign.name ? [now] : [target, now];
}
