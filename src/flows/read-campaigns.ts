import type { Campaign, VendorName } from "../domain/campaign.ts";
import type { Connection } from "../store/connections.ts";
import { listConnections } from "../store/connections.ts";
import { explain } from "../vendors/explain.ts";
import { VendorFailure } from "../vendors/failure.ts";
import type { World } from "../world.ts";
import { openAccount } from "./open-connection.ts";

/** One connection's campaigns, or why they could not be read. */
export interface Listing {
  connection: { id: string; name: string; vendor: VendorName };
  campaigns?: readonly Campaign[];
  unreadable?: string;
}

const freshForMs = 10_000;

/** Every campaign of every connection (or of those named), all connections at once. */
export async function readCampaigns(
  world: World,
  workspace: string,
  options: { connectionId?: string; withinMs?: number } = {},
): Promise<Listing[]> {
  const all = await world.store.read((q) => listConnections(q, workspace));
  const wanted = all.filter(({ id }) => !options.connectionId || id === options.connectionId);
  return Promise.all(wanted.map((connection) => listing(world, connection, options.withinMs)));
}

async function listing(world: World, connection: Connection, withinMs?: number): Promise<Listing> {
  const { id, name, vendor } = connection;
  const read = recentOrRead(world, connection);
  const inTime = withinMs === undefined ? read : Promise.race([read, tooSlow(withinMs)]);
  return { connection: { id, name, vendor }, ...(await inTime) };
}

type Reading = Pick<Listing, "campaigns" | "unreadable">;

/** A list read a moment ago serves a type-ahead well enough; nothing is ever decided on it. */
function recentOrRead(world: World, connection: Connection): Promise<Reading> {
  const key = `${connection.id}:${connection.version}`;
  const now = world.now().getTime();
  const recent = world.recentLists.get(key);
  if (recent && Math.abs(now - recent.at) < freshForMs) return recent.reading;
  const reading = readNow(world, connection);
  world.recentLists.set(key, { at: now, reading });
  reading.then(
    ({ campaigns }) => campaigns ?? world.recentLists.delete(key),
    () => {},
  );
  return reading;
}

async function readNow(world: World, connection: Connection): Promise<Reading> {
  const opened = await openAccount(world, connection);
  if (opened.kind !== "open") return { unreadable: opened.sentence };
  try {
    return { campaigns: await opened.account.list() };
  } catch (error) {
    if (!(error instanceof VendorFailure)) throw error;
    return { unreadable: explain(error.facts, { changing: false }).sentence };
  }
}

function tooSlow(ms: number): Promise<Reading> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ unreadable: "It took too long to answer." }), ms).unref();
  });
}
