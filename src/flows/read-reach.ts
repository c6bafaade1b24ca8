import type { Progress } from "../domain/campaign.ts";
import type { Reach, Target } from "../domain/change.ts";
import { loadChange } from "../store/changes.ts";
import { VendorFailure } from "../vendors/failure.ts";
import { inTime } from "../waiting.ts";
import type { World } from "../world.ts";
import { type ChangeKey, moveChange } from "./move-change.ts";
import { openConnection } from "./open-connection.ts";

const mostTargets = 20;
const readWithinMs = 5_000;

/** Reads how many contacts a waiting change is about, as far as its platforms tell it in five seconds. */
export async function readReach(world: World, key: ChangeKey): Promise<void> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (change?.state !== "waiting") return;
  const read = await Promise.all(
    change.targets.slice(0, mostTargets).map(async (target) => {
      const progress = await inTime(progressOf(world, key.workspace, target), readWithinMs);
      return [target.id, progress] as const;
    }),
  );
  const at = world.now();
  const known = new Map(
    read.flatMap(([id, progress]): [string, Reach][] =>
      progress ? [[id, { ...progress, at }]] : [],
    ),
  );
  if (known.size > 0) await record(world, key, known);
}

async function record(
  world: World,
  key: ChangeKey,
  known: ReadonlyMap<string, Reach>,
): Promise<void> {
  await moveChange(world, key, "fermata", (change) => {
    if (change.state !== "waiting") return { result: undefined };
    const targets = change.targets.map((target) => {
      const reach = known.get(target.id);
      return reach ? { ...target, reach } : target;
    });
    return { result: undefined, after: { ...change, targets } };
  });
}

async function progressOf(
  world: World,
  workspace: string,
  { connectionId, campaign }: Target,
): Promise<Progress | undefined> {
  const opened = await openConnection(world, workspace, connectionId);
  if (opened.kind !== "open") return undefined;
  try {
    return await opened.account.progress?.(campaign.id);
  } catch (error) {
    if (error instanceof VendorFailure) return undefined;
    throw error;
  }
}
