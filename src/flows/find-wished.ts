import type { Campaign, CampaignRef } from "../domain/campaign.ts";
import { findTargets } from "../domain/find-targets.ts";
import type { TargetText } from "../domain/target-text.ts";
import { type Connection, listConnections } from "../store/connections.ts";
import type { World } from "../world.ts";
import { openAccount } from "./open-connection.ts";
import { type Listing, readCampaigns } from "./read-campaigns.ts";
import { readCampaign } from "./scene.ts";

/** A campaign someone meant, as it was seen just now, if its vendor answered. */
export interface FoundTarget extends CampaignRef {
  connectionVersion: number;
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
/** How long a pause of `connection:id` waits to learn the campaign's name. */
const exactMs = 2_000;

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

async function findExact(
  world: World,
  connections: readonly Connection[],
  texts: readonly TargetText[],
): Promise<FoundTarget[] | undefined> {
  const found = await Promise.all(texts.map((text) => readExact(world, connections, text)));
  return found.every((target) => target !== undefined) ? once(found) : undefined;
}

/** A vendor that does not answer is no reason not to try a pause; one that says "no such campaign" is. */
async function readExact(
  world: World,
  connections: readonly Connection[],
  text: TargetText,
): Promise<FoundTarget | undefined> {
  if (text.kind !== "exact") return undefined;
  const wanted = text.connection.toLowerCase();
  const connection = connections.find(({ name }) => name.toLowerCase() === wanted);
  if (!connection || !world.vendors[connection.vendor].campaignId.test(text.id)) return undefined;
  const ref = {
    connectionId: connection.id,
    connection: connection.name,
    vendor: connection.vendor,
    connectionVersion: connection.version,
  };
  const unread = { ...ref, campaign: { id: text.id, name: text.id } };
  const opened = await openAccount(world, connection);
  if (opened.kind !== "open") return unread;
  const read = await Promise.race([readCampaign(opened.account, text.id), silence(exactMs)]);
  if (read.kind === "campaign") {
    return { ...ref, campaign: { id: text.id, name: read.campaign.name }, seen: read.campaign };
  }
  return read.kind === "failure" && read.failure.facts.kind === "not_found" ? undefined : unread;
}

function silence(ms: number): Promise<{ kind: "silence" }> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ kind: "silence" }), ms).unref();
  });
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
    rows.map((row) => [keyOf(row.connection.id, row.campaign.id), row.campaign]),
  );
  const versions = new Map(connections.map(({ id, version }) => [id, version]));
  const withWord = (ref: CampaignRef): Candidate => ({
    ...ref,
    word: seen.get(keyOf(ref.connectionId, ref.campaign.id))?.word ?? "",
  });
  const found = findTargets(texts, rows, connections);
  switch (found.kind) {
    case "found":
      return { kind: "found", targets: found.found.map((ref) => withSeen(ref, versions, seen)) };
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
  versions: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, Campaign>,
): FoundTarget {
  const campaign = seen.get(keyOf(ref.connectionId, ref.campaign.id));
  return {
    ...ref,
    connectionVersion: versions.get(ref.connectionId) ?? 0,
    ...(campaign && { seen: campaign }),
  };
}

function unreadOf(listings: readonly Listing[]): string[] {
  return listings.filter(({ unreadable }) => unreadable).map(({ connection }) => connection.name);
}

function keyOf(connectionId: string, campaignId: string): string {
  return JSON.stringify([connectionId, campaignId]);
}

function once(targets: readonly FoundTarget[]): FoundTarget[] {
  return [
    ...new Map(targets.map((one) => [keyOf(one.connectionId, one.campaign.id), one])).values(),
  ];
}
