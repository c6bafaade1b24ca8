import { createHash } from "node:crypto";
import type { Campaign, Phase } from "../domain/campaign.ts";
import type { Memory } from "../domain/memories.ts";
import type { Connection } from "../store/connections.ts";
import { keepLastList, lastListOf, ownDeeds } from "../store/last-lists.ts";
import type { ListedCampaign } from "../store/schema.ts";
import type { World } from "../world.ts";

/** A list that changes all the time is written this often, one that stays the same so often. */
const changedEveryMs = 30_000;
const sameEveryMs = 300_000;
const mostCampaigns = 10_000;
const longestName = 1_000;
const over: readonly Phase[] = ["completed", "cancelled", "failed", "stopped"];

type Place = Pick<Connection, "workspace" | "id">;

type Written = Memory<{ at: number; print: string }>;
const written = new WeakMap<World, Written>();
const mostWritten = 5_000;

/** Puts a list that was just read on record, beside the way of whoever reads it; nobody waits for that. */
export function noteList(world: World, place: Place, campaigns: readonly Campaign[]): void {
  void noted(world, place, campaigns).catch((error) =>
    world.log.warn("a list could not be put on record", { connection: place.id, error }),
  );
}

async function noted(
  world: World,
  { workspace, id }: Place,
  campaigns: readonly Campaign[],
): Promise<void> {
  const readAt = world.now();
  const compact = campaigns
    .filter(({ phase }) => !over.includes(phase))
    .slice(0, mostCampaigns)
    .map((one): ListedCampaign => [one.id, storable(one.name), one.phase]);
  const print = createHash("sha256").update(JSON.stringify(compact)).digest("base64url");
  const mine: Written =
    written.get(world) ?? world.memories.open({ ms: sameEveryMs, most: mostWritten });
  written.set(world, mine);
  const before = mine.get(workspace, id);
  const age = Math.abs(readAt.getTime() - (before?.at ?? 0));
  if (before && age < (before.print === print ? sameEveryMs : changedEveryMs)) return;
  mine.set(workspace, id, { at: readAt.getTime(), print });
  const list = { workspace, connectionId: id, readAt, campaigns: compact };
  try {
    await world.store.write((q) => keepLastList(q, list));
  } catch (error) {
    mine.delete(workspace, id);
    throw error;
  }
}

/** PostgreSQL keeps neither a zero nor half a sign. */
function storable(name: string): string {
  return name.slice(0, longestName).toWellFormed().replaceAll("\u0000", "");
}

/** What is known of a connection that cannot be read: what its last list showed, and what we have done since. */
interface Known {
  /** When its list was read; undefined if it never was. */
  since?: Date;
  campaigns: readonly { id: string; name: string }[];
}

/** The campaigns of a connection that stood in one of these phases when they were last seen. */
export async function lastKnown(
  world: World,
  { workspace, id }: Place,
  phases: readonly Phase[],
): Promise<Known> {
  const [list, deeds] = await world.store.read(async (q) => [
    await lastListOf(q, workspace, id),
    await ownDeeds(q, workspace, id),
  ]);
  const since = list?.readAt;
  const known = new Map<string, { id: string; name: string }>();
  for (const [key, name, phase] of list?.campaigns ?? [])
    if (phases.includes(phase)) known.set(key, { id: key, name });
  const seen = new Set<string>();
  for (const { campaign, action, at } of deeds) {
    const newest = !seen.has(campaign.id);
    seen.add(campaign.id);
    if (newest && action === "resume" && (!since || at >= since)) known.set(campaign.id, campaign);
  }
  return { campaigns: [...known.values()], ...(since && { since }) };
}
