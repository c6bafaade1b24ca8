import type { Person } from "../domain/person.ts";
import { loadChange, newestTargetOf, openChangeFor } from "../store/changes.ts";
import { connectionById } from "../store/connections.ts";
import type { World } from "../world.ts";
import type { After } from "./end-target.ts";
import { idFrom } from "./ids.ts";
import { submitFound } from "./submit-change.ts";
import { endResume } from "./sweep-stop.ts";

/**
 * What an emergency stop could not do at once: campaigns that were being resumed, or paused for a time, or that wait for
 * its approval.
 */
interface Rest {
  stopId: string;
  by: Pick<Person, "id" | "kind" | "admin" | "groups">;
  channel: string;
  reason: string;
  askedAt: string;
  /** The stop itself has to be approved first. */
  waits: boolean;
  /** Connection and campaign id of each. */
  campaigns: readonly (readonly [string, string])[];
}

const lookAgainMs = 1_000;

/** Pauses what an emergency stop found in other hands, as soon as it is free; comes back until all of it is. */
export async function stopTheRest(world: World, workspace: string, rest: Rest): Promise<After> {
  const again: After = { kind: "again", at: new Date(world.now().getTime() + lookAgainMs) };
  if (rest.waits) {
    const stop = await world.store.read((q) => loadChange(q, workspace, rest.stopId));
    if (stop?.state === "waiting") return again;
    if (!stop || ["denied", "expired", "withdrawn", "superseded"].includes(stop.state))
      return { kind: "done" };
  }
  const free = await Promise.all(
    rest.campaigns.map(([connectionId, campaignId]) =>
      stopOne(world, workspace, rest, { connectionId, campaignId }),
    ),
  );
  return free.every(Boolean) ? { kind: "done" } : again;
}

/** False while something else still holds it. */
async function stopOne(
  world: World,
  workspace: string,
  { stopId, by, channel, reason, askedAt }: Rest,
  { connectionId, campaignId }: { connectionId: string; campaignId: string },
): Promise<boolean> {
  const { store } = world;
  const open = await store.read((q) => openChangeFor(q, workspace, connectionId, campaignId));
  // Whoever asks for something after a stop means it.
  if (open && open.askedAt > new Date(askedAt)) return true;
  // A pause that is to end holds it no longer than that.
  if (open?.action === "pause" && open.until) return false;
  if (open && open.action !== "resume") return true;
  if (open) {
    const stopping = { stopId, by: by.id, connectionIds: [connectionId] };
    if ((await endResume(world, open, stopping)).length > 0) return false;
  }
  const now = await store.read((q) => connectionById(q, workspace, connectionId));
  const target = await store.read((q) => newestTargetOf(q, workspace, connectionId, campaignId));
  if (!now || !target) return true;
  const { name: connection, version: connectionVersion, baseUrl, vendor } = now;
  const campaign = { id: campaignId, name: target.campaignName };
  const found = { connectionId, connection, vendor, campaign, connectionVersion, baseUrl };
  const stop = await store.read((q) => loadChange(q, workspace, stopId));
  const submitted = await submitFound(
    world,
    {
      ...{ workspace, channel, reason, action: "pause", stop: true },
      by: { ...by, zone: "UTC" },
      requestKey: idFrom("rest", stopId, connectionId, campaignId),
      leave: `emergency stop ${stopId}`,
      ...(stop && { follows: stopId }),
    },
    [found],
  );
  if (submitted.kind === "submitted") return true;
  return !(await store.read((q) => openChangeFor(q, workspace, connectionId, campaignId)));
}
