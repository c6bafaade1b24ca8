import type { Policy } from "../domain/policy.ts";
import { type Groups, type Replay, replay } from "../domain/replay.ts";
import { newestChanges } from "../store/newest-changes.ts";
import type { World } from "../world.ts";

const day = 24 * 60 * 60 * 1000;
/** Of more than these only the newest are looked at. */
const mostChanges = 5_000;
const atOnce = 200;

export interface ReplayedDays extends Replay {
  days: number;
  changes: number;
  /** There were more changes than are looked at. */
  more: boolean;
}

/** What a policy would have decided on the changes of the last days, newest first. */
export async function replayPolicy(
  world: World,
  wanted: { workspace: string; policy: Policy; days: number; groups?: Groups },
): Promise<ReplayedDays> {
  const { workspace, policy, days, groups } = wanted;
  const since = new Date(world.now().getTime() - days * day);
  const found = await newestChanges(world.store, { workspace, since, limit: mostChanges + 1 });
  const changes = found.slice(0, mostChanges);
  const parts: Replay[] = [];
  for (let from = 0; from < changes.length; from += atOnce) {
    parts.push(replay(policy, changes.slice(from, from + atOnce), groups));
    // A policy of many rules over many changes must not hold the process up.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const sum = (kind: Exclude<keyof Replay, "otherwise">) =>
    parts.reduce((total, part) => total + part[kind], 0);
  return {
    days,
    changes: changes.length,
    more: found.length > mostChanges,
    allow: sum("allow"),
    approve: sum("approve"),
    ratify: sum("ratify"),
    deny: sum("deny"),
    stuck: sum("stuck"),
    assumed: sum("assumed"),
    otherwise: parts.flatMap(({ otherwise }) => otherwise),
  };
}
