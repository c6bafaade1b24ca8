import type { CampaignRef } from "../domain/campaign.ts";
import { folded } from "../domain/normal-text.ts";
import type { Chosen } from "../domain/target-text.ts";
import { listConnections } from "../store/connections.ts";
import type { World } from "../world.ts";
import { readCampaigns } from "./read-campaigns.ts";

export interface Suggestion {
  /** `connection id@its version:campaign id`, at most 75 characters. */
  value: string;
  campaign: CampaignRef;
  word: string;
}

const mostSuggestions = 100;
const longestValue = 75;

/** Campaigns whose name, id or connection holds the text; what a slow vendor has is left out. */
export async function campaignOptions(
  world: World,
  workspace: string,
  text: string,
  withinMs: number,
): Promise<Suggestion[]> {
  const wanted = folded(text);
  const listings = await readCampaigns(world, workspace, { withinMs, recent: true });
  const all = listings.flatMap(({ connection, campaigns = [] }) =>
    campaigns.map(({ id, name, word }) => ({
      value: `${connection.id}@${connection.version}:${id}`,
      campaign: {
        connectionId: connection.id,
        connection: connection.name,
        vendor: connection.vendor,
        campaign: { id, name },
      },
      word,
    })),
  );
  return all
    .filter(({ value }) => value.length <= longestValue)
    .filter(({ campaign: ref }) =>
      folded(`${ref.campaign.name} ${ref.connection}:${ref.campaign.id}`).includes(wanted),
    )
    .slice(0, mostSuggestions);
}

/** The campaigns behind chosen suggestions, as they were offered; one whose connection is gone is missing. */
export async function campaignsOf(
  world: World,
  workspace: string,
  values: readonly string[],
): Promise<Chosen[]> {
  const connections = await world.store.read((q) => listConnections(q, workspace));
  return values.flatMap((value) => {
    const [, connectionId, version, id] = /^([^@:]+)(?:@(\d+))?:(.+)$/s.exec(value) ?? [];
    const now = connections.find((one) => one.id === connectionId);
    if (!now || id === undefined) return [];
    const { name: connection, vendor, account } = now;
    const connectionVersion = version === undefined ? now.version : Number(version);
    const campaign = {
      ...{ connectionId: now.id, connection, vendor, connectionVersion },
      ...(account !== undefined && connectionVersion === now.version && { account }),
      campaign: { id, name: id },
    };
    return [{ kind: "campaign", campaign }];
  });
}
