import { newJob } from "../queue/kinds.ts";
import type { NewJob } from "../store/jobs.ts";
import type { World } from "../world.ts";
import type { TargetKey } from "./end-target.ts";
import { patience } from "./patience.ts";

/** The n-th look at a success that its platform may still undo; none after the last. */
export function watchJobs(world: World, key: TargetKey, look: number): NewJob[] {
  const { workspace, changeId, targetId } = key;
  const runAt = patience(world).look(look);
  if (!runAt) return [];
  const when = { key: `watch:${workspace}:${targetId}:${look}`, runAt };
  return [newJob("watch_target", workspace, { changeId, targetId, look }, when)];
}

/** Says aloud, once, that it did not stay as it was asked for. */
export function changedJobs({ workspace, changeId, targetId }: TargetKey): NewJob[] {
  const when = { key: `changed:${workspace}:${targetId}` };
  return [newJob("tell_changed", workspace, { changeId, targetId }, when)];
}
