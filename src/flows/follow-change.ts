import type { Change, Target } from "../domain/change.ts";
import type { Person } from "../domain/person.ts";
import { loadChange } from "../store/changes.ts";
import type { World } from "../world.ts";
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
  const nobodyDecided = change.state === "expired";
  const left = change.targets.filter(
    ({ state, watch }) =>
      nobodyDecided ||
      state === "failed" ||
      state === "refused" ||
      state === "needs_attention" ||
      watch === "changed",
  );
  if (change.endedAt === undefined || left.length === 0) {
    return {
      kind: "nothing_to_do",
      sentence: "There is nothing to try again here. Nothing was changed.",
    };
  }
  if (change.until && change.until <= world.now()) {
    return {
      kind: "nothing_to_do",
      sentence:
        "The time until which this was to last is over. Nothing was changed. Type the command with another time if it is still wanted.",
    };
  }
  return submitChange(world, { ...wishAgain(change, left), by, requestKey });
}

/** The same wish for these campaigns of it, as one that follows from it. */
export function wishAgain(change: Change, targets: readonly Target[]) {
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
