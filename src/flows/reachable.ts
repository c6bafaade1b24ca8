import type { Target } from "../domain/change.ts";
import { listConnections } from "../store/connections.ts";
import type { World } from "../world.ts";
import type { FoundTarget } from "./find-wished.ts";

/** Those whose connection is still there, as they stand on record: none of them is searched for by its name. */
export async function reachable(
  world: World,
  workspace: string,
  targets: readonly Target[],
): Promise<FoundTarget[]> {
  const connections = await world.store.read((q) => listConnections(q, workspace));
  return targets.flatMap(({ connectionId, vendor, campaign }) => {
    const now = connections.find(({ id }) => id === connectionId);
    if (!now) return [];
    const { name: connection, version: connectionVersion, baseUrl } = now;
    return [{ connectionId, connection, vendor, campaign, connectionVersion, baseUrl }];
  });
}
