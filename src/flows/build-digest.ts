import { type Digest, digestOf } from "../domain/digest.ts";
import { listChanges, waitingChanges } from "../store/changes.ts";
import { pausedBy } from "../store/paused.ts";
import type { World } from "../world.ts";
import { readCampaigns } from "./read-campaigns.ts";

/** Longer than any change can be open, so that nothing that ended yesterday is missed. */
const lookBackMs = 8 * 24 * 60 * 60 * 1000;
const readWithinMs = 20_000;

/** What the day came to, from the vendors as they are now and from our own record. */
export async function buildDigest(world: World, workspace: string): Promise<Digest> {
  const now = world.now();
  const since = new Date(now.getTime() - lookBackMs);
  const listings = await readCampaigns(world, workspace, { withinMs: readWithinMs });
  return world.store.read(async (q) => {
    const recent = await listChanges(q, { workspace, since, limit: 500 });
    const waiting = await waitingChanges(q, workspace);
    const known = new Set(recent.map(({ id }) => id));
    return digestOf({
      now,
      connections: listings.map(({ connection, campaigns, unreadable }) => ({
        ...connection,
        ...(campaigns && { campaigns }),
        ...(unreadable !== undefined && { unreadable }),
      })),
      pauses: (await pausedBy(q, workspace)).map(({ connectionId, campaign, by, since }) => ({
        connectionId,
        campaignId: campaign.id,
        by,
        since,
      })),
      changes: [...recent, ...waiting.filter(({ id }) => !known.has(id))],
    });
  });
}
