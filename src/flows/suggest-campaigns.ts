import type { CampaignRef } from "../domain/campaign.ts";
import { folded } from "../domain/normal-text.ts";
import { listConnections } from "../store/connections.ts";
import type { World } from "../world.ts";
import { readCampaigns } from "./read-campaigns.ts";

export interface Suggestion {
  /** `connection id:campaign id`, at most 75 characters. */
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
      value: `${connection.id}:${id}`,
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

/** The targets behind chosen suggestions; one whose connection is gone is missing. */
export async function campaignsOf(world: World, workspace: string, values: readonly string[]) {
  const connections = await world.store.read((q) => listConnections(q, workspace));
  const names = new Map(connections.map(({ id, name }) => [id, name]));
  return values.flatMap((value) => {
    const colon = value.indexOf(":");
    const connection = names.get(value.slice(0, colon));
    return connection === undefined
      ? []
      : [{ kind: "exact" as const, connection, id: value.slice(colon + 1) }];
  });
}
