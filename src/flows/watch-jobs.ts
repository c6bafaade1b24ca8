import { newJob } from "../queue/kinds.ts";
import type { NewJob } from "../store/jobs.ts";
import type { World } from "../world.ts";
import type { TargetKey } from "./end-target.ts";
import { patience } from "./patience.ts";

/** The n-th look at a success that its platform may still undo; none after the last. */
export function watchJobs(
  world: World,
  { workspace, changeId, targetId }: TargetKey,
  look: number,
): NewJob[] {
  const runAt = patience(world).look(look);
  if (!runAt) return [];
  const when = { key: `watch:${workspace}:${targetId}:${look}`, runAt };
  return [newJob("watch_target", workspace, { changeId, targetId, look }, when)];
}
