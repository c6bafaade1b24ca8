import type { Campaign } from "../domain/campaign.ts";
import type { Connection } from "../store/connections.ts";
import { listConnections } from "../store/connections.ts";
import { explain } from "../vendors/explain.ts";
import { VendorFailure } from "../vendors/failure.ts";
import { inTime } from "../waiting.ts";
import type { World } from "../world.ts";
import { noteList } from "./last-list.ts";
import { openAccount } from "./open-connection.ts";

/** One connection's campaigns, or why they could not be read. */
export interface Listing {
  connection: Pick<Connection, "id" | "name" | "vendor" | "version">;
  campaigns?: readonly Campaign[];
  unreadable?: string;
}

/** Long lists are not kept for nobody. */
export const recentLists = { ms: 10_000, most: 500 } as const;

export interface ReadOptions {
  /** This connection only. */
  connectionId?: string;
  /** These connections only. */
  connectionIds?: readonly string[];
  /** What takes longer is left out, with a sentence. */
  withinMs?: number;
  /** A list read a moment ago will do: for a type-ahead, never for a decision. */
  recent?: boolean;
}

/** Every campaign of every connection, all connections at once. */
export async function readCampaigns(
  world: World,
  workspace: string,
  options: ReadOptions = {},
): Promise<Listing[]> {
  const all = await world.store.read((q) => listConnections(q, workspace));
  const wanted = all.filter(
    ({ id }) =>
      (!options.connectionId || id === options.connectionId) &&
      (options.connectionIds?.includes(id) ?? true),
  );
  return Promise.all(wanted.map((connection) => listing(world, connection, options)));
}

async function listing(
  world: World,
  connection: Connection,
  { withinMs, recent }: ReadOptions,
): Promise<Listing> {
  const { id, name, vendor, version } = connection;
  const read = recent ? recentOrRead(world, connection) : readNow(world, connection);
  const soon = withinMs === undefined ? read : inTime(read, withinMs, tooSlow);
  return { connection: { id, name, vendor, version }, ...(await soon) };
}

type Reading = Pick<Listing, "campaigns" | "unreadable">;

function recentOrRead(world: World, connection: Connection): Promise<Reading> {
  const { workspace, id, version } = connection;
  const key = `${id}:${version}`;
  const recent = world.recentLists.get(workspace, key);
  if (recent) return recent;
  const reading = readNow(world, connection);
  world.recentLists.set(workspace, key, reading);
  const forget = () => world.recentLists.delete(workspace, key);
  reading.then(({ campaigns }) => campaigns ?? forget(), forget);
  return reading;
}

async function readNow(world: World, connection: Connection): Promise<Reading> {
  const opened = await openAccount(world, connection);
  if (opened.kind !== "open") return { unreadable: opened.sentence };
  try {
    const campaigns = await opened.account.list();
    noteList(world, connection, campaigns);
    return { campaigns };
  } catch (error) {
    if (!(error instanceof VendorFailure)) throw error;
    return { unreadable: explain(error.facts, { changing: false }).sentence };
  }
}

const tooSlow: Reading = { unreadable: "It took too long to answer." };
