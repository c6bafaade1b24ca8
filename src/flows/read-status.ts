import type { Campaign, CampaignRef, Progress } from "../domain/campaign.ts";
import { explain } from "../vendors/explain.ts";
import { VendorFailure } from "../vendors/failure.ts";
import type { World } from "../world.ts";
import { openConnection } from "./open-connection.ts";

/** How one campaign stands, as its vendor says just now. */
export interface Status {
  ref: CampaignRef;
  campaign?: Campaign;
  progress?: Progress;
  unreadable?: string;
}

export function readStatus(
  world: World,
  workspace: string,
  refs: readonly CampaignRef[],
): Promise<Status[]> {
  return Promise.all(refs.slice(0, 20).map((ref) => statusOf(world, workspace, ref)));
}

async function statusOf(world: World, workspace: string, ref: CampaignRef): Promise<Status> {
  const opened = await openConnection(world, workspace, ref.connectionId);
  if (opened.kind !== "open") return { ref, unreadable: opened.sentence };
  const { account } = opened;
  try {
    const campaign = await account.get(ref.campaign.id);
    // Counters are a courtesy: a campaign that can be read is shown without them.
    const counted = await account.progress?.(ref.campaign.id).catch(() => undefined);
    const progress = counted ?? campaign.counts;
    return { ref, campaign, ...(progress && { progress }) };
  } catch (error) {
    if (!(error instanceof VendorFailure)) throw error;
    return { ref, unreadable: explain(error.facts, { changing: false }).sentence };
  }
}
