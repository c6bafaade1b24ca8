import type { CampaignRef } from "../domain/campaign.ts";
import type { World } from "../world.ts";
import { campaignOptions, campaignsOf } from "./suggest-campaigns.ts";

/**
 * The campaigns behind chosen suggestions, with their names as far as they were read a moment ago; one whose
 * connection is gone is missing.
 */
export async function suggestedCampaigns(
  world: World,
  workspace: string,
  values: readonly string[],
  withinMs: number,
): Promise<CampaignRef[]> {
  const exact = await campaignsOf(world, workspace, values);
  const offered = await Promise.all(
    exact.map(({ campaign: { connection, campaign } }) =>
      campaignOptions(world, workspace, `${connection}:${campaign.id}`, withinMs),
    ),
  );
  return offered
    .flatMap((all) =>
      all.filter(({ value }) => values.includes(value)).map(({ campaign }) => campaign),
    )
    .filter((one, at, all) => all.findIndex((other) => isSame(one, other)) === at);
}

function isSame(one: CampaignRef, other: CampaignRef): boolean {
  return one.connectionId === other.connectionId && one.campaign.id === other.campaign.id;
}
