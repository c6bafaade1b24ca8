import type { Change, Target } from "../domain/change.ts";
import type { Person } from "../domain/person.ts";
import { loadChange } from "../store/changes.ts";
import type { World } from "../world.ts";
import { idFrom } from "./ids.ts";
import type { ChangeKey } from "./move-change.ts";
import { type Submitted, submitChange } from "./submit-change.ts";

export type Followed = Submitted | { kind: "nothing_to_do"; sentence: string };

/**
 * What can follow a change that has ended is a new one: the same action on the campaigns where it
 * did not succeed, judged by the policy as it is now. Undefined: no such change in this workspace.
 */
export async function tryAgain(
  world: World,
  key: ChangeKey,
  by: Person,
  requestKey: string,
): Promise<Followed | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (!change) return undefined;
  const left = change.targets.filter(
    ({ state }) => state === "failed" || state === "refused" || state === "needs_attention",
  );
  if (change.endedAt === undefined || left.length === 0) {
    return {
      kind: "nothing_to_do",
      sentence: "There is nothing to try again here. Nothing was changed.",
    };
  }
  return submitChange(world, { ...wishOf(change, left), by, requestKey });
}

/** The planned end of a pause: resuming is asked for in the asker's name and judged like any resume. */
export async function endPause(
  world: World,
  key: ChangeKey,
  personOf: (id: string) => Promise<Person>,
): Promise<Submitted | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (!change) return undefined;
  const paused = change.targets.filter(({ state }) => state === "done");
  const { until: _ended, ...wish } = wishOf({ ...change, action: "resume" }, paused);
  return submitChange(world, {
    ...wish,
    by: await personOf(change.askedBy),
    requestKey: idFrom("end", change.workspace, change.id),
    reason: `The planned end of the pause ${change.id} has come.`,
  });
}

function wishOf(change: Change, targets: readonly Target[]) {
  return {
    workspace: change.workspace,
    channel: change.channel,
    action: change.action,
    targets: targets.map(({ connection, campaign }) => ({
      kind: "exact" as const,
      connection,
      id: campaign.id,
    })),
    follows: change.id,
    ...(change.reason !== undefined && { reason: change.reason }),
    ...(change.until && { until: change.until }),
  };
}
