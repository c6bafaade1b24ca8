import type { Campaign, CampaignRef } from "../domain/campaign.ts";
import { findTargets } from "../domain/find-targets.ts";
import type { TargetText } from "../domain/target-text.ts";
import { type Connection, listConnections } from "../store/connections.ts";
import type { World } from "../world.ts";
import { campaignKey, findExact } from "./find-exact.ts";
import { type Listing, readCampaigns } from "./read-campaigns.ts";

/** A campaign someone meant, as it was seen just now, if its vendor answered. */
export interface FoundTarget extends CampaignRef {
  connectionVersion: number;
  /** The connection's address. */
  baseUrl: string;
  seen?: Campaign;
}

export interface Candidate extends CampaignRef {
  word: string;
}

export type NotFound =
  | { kind: "ambiguous"; text: string; candidates: readonly Candidate[] }
  | { kind: "none"; text: string; nearest: readonly Candidate[]; unread: readonly string[] }
  | { kind: "no_connection"; name: string; known: readonly string[] };

export type Wished = { kind: "found"; targets: readonly FoundTarget[] } | NotFound;

/** How long a search by name may wait for a vendor before going on without it. */
const searchMs = 8_000;
/** Finds the campaigns a wish names. `connection:id` needs that one vendor only, and not even its answer. */
export async function findWished(
  world: World,
  workspace: string,
  texts: readonly TargetText[],
): Promise<Wished> {
  const connections = await world.store.read((q) => listConnections(q, workspace));
  const exact = await findExact(world, connections, texts);
  if (exact) return { kind: "found", targets: exact };
  return search(world, workspace, connections, texts);
}

async function search(
  world: World,
  workspace: string,
  connections: readonly Connection[],
  texts: readonly TargetText[],
): Promise<Wished> {
  const listings = await readCampaigns(world, workspace, { withinMs: searchMs });
  const rows = listings.flatMap(({ connection, campaigns = [] }) =>
    campaigns.map((campaign) => ({ connection, campaign })),
  );
  const seen = new Map(
    rows.map((row) => [campaignKey(row.connection.id, row.campaign.id), row.campaign]),
  );
  const accounts = new Map(connections.map((one) => [one.id, one]));
  const withWord = (ref: CampaignRef): Candidate => ({
    ...ref,
    word: seen.get(campaignKey(ref.connectionId, ref.campaign.id))?.word ?? "",
  });
  const found = findTargets(texts, rows, connections);
  switch (found.kind) {
    case "found":
      return { kind: "found", targets: found.found.map((ref) => withSeen(ref, accounts, seen)) };
    case "ambiguous":
      return { ...found, candidates: found.candidates.map(withWord) };
    case "none":
      return { ...found, nearest: found.nearest.map(withWord), unread: unreadOf(listings) };
    case "no_connection":
      return found;
  }
}

function withSeen(
  ref: CampaignRef,
  accounts: ReadonlyMap<string, Connection>,
  seen: ReadonlyMap<string, Campaign>,
): FoundTarget {
  const campaign = seen.get(campaignKey(ref.connectionId, ref.campaign.id));
  return {
    ...ref,
    connectionVersion: accounts.get(ref.connectionId)?.version ?? 0,
    baseUrl: accounts.get(ref.connectionId)?.baseUrl ?? "",
    ...(campaign && { seen: campaign }),
  };
}

function unreadOf(listings: readonly Listing[]): string[] {
  return listings.filter(({ unreadable }) => unreadable).map(({ connection }) => connection.name);
}
