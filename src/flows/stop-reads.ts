import type { Phase } from "../domain/campaign.ts";
import type { Reached } from "../domain/stop-scope.ts";
import type { Connection } from "../store/connections.ts";
import type { World } from "../world.ts";
import { foundIn } from "./find-exact.ts";
import type { FoundTarget } from "./find-wished.ts";
import { lastKnown } from "./last-list.ts";
import { readCampaigns } from "./read-campaigns.ts";

/** How long a connection may take to say what runs, before what is on record of it is stopped instead. */
const listWithinMs = 8_000;

/** What a pause may be sent to at one connection, as it was read or, where it could not be, as it is on record. */
export interface StopRead {
  connection: Connection;
  targets: readonly FoundTarget[];
  /** What has to be said of a connection that could not be read. */
  reached: Pick<Reached, "unread">;
}

export async function readForStop(world: World, connection: Connection): Promise<StopRead> {
  const phases = pausable(world, connection);
  const options = { connectionId: connection.id, withinMs: listWithinMs / world.haste };
  const [listing] = await readCampaigns(world, connection.workspace, options);
  // It was removed meanwhile, or has nothing that could be paused.
  if (!listing || phases.length === 0) return { connection, targets: [], reached: {} };
  if (listing.campaigns) {
    const running = listing.campaigns.filter(({ phase }) => phases.includes(phase));
    const targets = running.map((seen) =>
      foundIn(connection, { id: seen.id, name: seen.name }, seen),
    );
    return { connection, targets, reached: {} };
  }
  const { campaigns, since } = await lastKnown(world, connection, phases);
  const targets = campaigns.map(({ id, name }) => foundIn(connection, { id, name }));
  const unread = {
    connection: connection.name,
    known: targets.length,
    ...(since && { since: since.toISOString() }),
  };
  return { connection, targets, reached: { unread: [unread] } };
}

/** Where a pause may be sent now or in a moment. */
function pausable(world: World, { vendor }: Connection): readonly Phase[] {
  const rule = world.vendors[vendor].capabilities.pause;
  return "cannot" in rule ? [] : [...rule.from, ...(rule.waitOn ?? [])];
}
