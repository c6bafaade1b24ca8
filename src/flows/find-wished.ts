import type { Campaign, CampaignRef } from "../domain/campaign.ts";
import { findTarget, placesOf, type Searchable } from "../domain/find-targets.ts";
import { type Identity, once } from "../domain/identity.ts";
import type { Chosen, TargetText } from "../domain/target-text.ts";
import { type Connection, listConnections } from "../store/connections.ts";
import type { World } from "../world.ts";
import { exactMs, findExact, foundIn, homeOf } from "./find-exact.ts";
import { openAccount } from "./open-connection.ts";
import { type Listing, readCampaigns } from "./read-campaigns.ts";
import { sameCampaigns } from "./same-campaigns.ts";

/** A campaign someone meant, as it was seen just now, if its vendor answered. */
export interface FoundTarget extends Identity {
  /** The connection's address. */
  baseUrl: string;
  seen?: Campaign;
}

/** Something that may have been meant, with how it stands. */
export interface Candidate extends FoundTarget {
  word: string;
}

/** `unread`: connections that could hold it and could not be read, by name. */
export type NotFound =
  | {
      kind: "ambiguous";
      wanted: TargetText;
      text: string;
      candidates: readonly Candidate[];
      unread: readonly string[];
    }
  | {
      kind: "none";
      wanted: TargetText;
      text: string;
      /** It is an id, so no name was looked at. */
      asId: boolean;
      nearest: readonly Candidate[];
      unread: readonly string[];
    }
  | { kind: "no_connection"; name: string; isLink?: true; known: readonly string[] };

export type Wished =
  | { kind: "found"; targets: readonly FoundTarget[] }
  /** What was chosen is not there any more. */
  | { kind: "gone"; sentence: string }
  | NotFound;

/** How long a search may wait for a vendor before it names it as unread. */
const searchMs = 8_000;

/**
 * Finds the campaigns of a wish, each once; the first part that is not clear decides the answer. `connection:id` needs that
 * one vendor only, and not even its answer; what was chosen is followed by its identity.
 */
export async function findWished(
  world: World,
  workspace: string,
  wanted: readonly (TargetText | Chosen)[],
): Promise<Wished> {
  const stored = await world.store.read((q) => listConnections(q, workspace));
  const connections = await knownAccounts(world, stored);
  const first = await Promise.all(
    wanted.map((one) =>
      one.kind === "campaign"
        ? follow(world, workspace, one.campaign)
        : findExact(world, connections, one),
    ),
  );
  const early = first.map((one) => (one === "missing" ? undefined : one));
  const texts = wanted.filter((one) => one.kind !== "campaign");
  const unclear = texts.filter((one) => !early[wanted.indexOf(one)]);
  const places = await lookThrough(world, workspace, connections, unclear);
  const found: FoundTarget[] = [];
  for (const [at, one] of wanted.entries()) {
    const clear = early[at] ?? (one.kind === "campaign" ? undefined : search(one, places));
    if (!clear) continue;
    if ("kind" in clear) return first[at] === "missing" ? notThere(clear) : clear;
    found.push(clear);
  }
  return { kind: "found", targets: once(found) };
}

/** Its own vendor has said so, whether or not there was a list to name others from. */
function notThere(clear: Gone | NotFound): Gone | NotFound {
  return clear.kind === "none" ? { ...clear, unread: [] } : clear;
}

type Gone = Extract<Wished, { kind: "gone" }>;

async function follow(
  world: World,
  workspace: string,
  campaign: Identity,
): Promise<FoundTarget | Gone> {
  const same = await sameCampaigns(world, workspace, [campaign], { withinMs: exactMs });
  const [there] = same.there;
  const why = same.lost.map(({ sentence }) => sentence).join(" ");
  return there ?? { kind: "gone", sentence: `${why} Nothing was changed.` };
}

async function knownAccounts(
  world: World,
  connections: readonly Connection[],
): Promise<Connection[]> {
  return Promise.all(
    connections.map(async (one) => {
      if (one.account !== undefined) return one;
      const opened = await openAccount(world, one);
      return opened.kind === "open" ? opened.connection : one;
    }),
  );
}

/** A connection with its campaigns, where they had to be and could be read. */
type Place = Searchable & { full: Connection; listing: Listing | undefined };

async function lookThrough(
  world: World,
  workspace: string,
  connections: readonly Connection[],
  texts: readonly TargetText[],
): Promise<Place[]> {
  const empty = connections.map((full): Place => {
    const { id, name, vendor, account } = full;
    const { campaignId } = world.vendors[vendor];
    const connection = { id, name, vendor, ...(account !== undefined && { account }) };
    const isId = (text: string) => campaignId.test(text);
    return { connection, isId, home: homeOf(full), full, listing: undefined };
  });
  const wanted = new Set(texts.flatMap((text) => placesOf(text, empty)));
  const connectionIds = [...wanted].map(({ connection }) => connection.id);
  if (connectionIds.length === 0) return empty;
  const listings = await readCampaigns(world, workspace, { connectionIds, withinMs: searchMs });
  return empty.map((place) => {
    const listing = listings.find(({ connection }) => connection.id === place.connection.id);
    const campaigns = listing?.campaigns;
    return { ...place, listing, ...(campaigns && { campaigns }) };
  });
}

function search(wanted: TargetText, places: readonly Place[]): FoundTarget | NotFound {
  const found = findTarget(wanted, places);
  const seenOf = (ref: CampaignRef) => withSeen(ref, places);
  switch (found.kind) {
    case "found":
      return seenOf(found.found);
    case "ambiguous":
      return { ...found, wanted, candidates: found.candidates.map(seenOf).map(withWord) };
    case "none":
      return { ...found, wanted, nearest: found.nearest.map(seenOf).map(withWord) };
    case "no_connection":
      return found;
  }
}

function withWord(target: FoundTarget): Candidate {
  return { ...target, word: target.seen?.word ?? "" };
}

function withSeen(ref: CampaignRef, places: readonly Place[]): FoundTarget {
  const place = places.find(({ full }) => full.id === ref.connectionId);
  if (!place) throw new Error("a campaign was found in no connection");
  const seen = place.campaigns?.find((one) => one.id === ref.campaign.id);
  return foundIn(place.full, ref.campaign, seen);
}
