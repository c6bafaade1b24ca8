import type { Change } from "../domain/change.ts";
import { type Attempt, attemptsOf } from "../store/attempts.ts";
import { auditOf, type ChainedLine } from "../store/audit.ts";
import { loadChange } from "../store/changes.ts";
import { inTime } from "../waiting.ts";
import type { World } from "../world.ts";
import type { ChangeKey } from "./move-change.ts";
import { readStatus, type Status } from "./read-status.ts";

/** A change, all that is on record about it, and how its campaigns stand at this moment. */
export interface Story {
  change: Change;
  attempts: readonly Attempt[];
  audit: readonly ChainedLine[];
  live: readonly Status[];
  readAt: Date;
}

const readWithinMs = 8_000;
const mostTargets = 20;

/** Undefined: no such change in this workspace. A campaign that is not read in time is said to be unreadable. */
export async function changeStory(
  world: World,
  { workspace, changeId }: ChangeKey,
): Promise<Story | undefined> {
  const kept = await world.store.read(async (q) => {
    const change = await loadChange(q, workspace, changeId);
    if (!change) return undefined;
    const attempts = await attemptsOf(q, workspace, changeId);
    return { change, attempts, audit: await auditOf(q, workspace, changeId) };
  });
  if (!kept) return undefined;
  const live = await Promise.all(
    kept.change.targets.slice(0, mostTargets).map(async (ref): Promise<Status> => {
      const read = await inTime(readStatus(world, workspace, [ref]), readWithinMs);
      return read?.[0] ?? { ref, unreadable: "It took too long to answer." };
    }),
  );
  return { ...kept, live, readAt: world.now() };
}
