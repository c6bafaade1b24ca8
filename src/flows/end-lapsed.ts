import type { Change } from "../domain/change.ts";
import { begunTooLate, isUntouched, superseded } from "../domain/change-steps.ts";
import type { World } from "../world.ts";
import type { Lapsed } from "./agreed.ts";
import { tellJob } from "./change-jobs.ts";
import { endTarget, type TargetKey } from "./end-target.ts";
import { moveChange } from "./move-change.ts";

/**
 * Ends what must not be begun any more. The whole change ends with it where that is right for all of it and nothing has
 * begun; else only this campaign does, and the others go on.
 */
export async function endLapsed(world: World, key: TargetKey, lapsed: Lapsed): Promise<void> {
  const { state, sentence } = lapsed;
  const ended = await moveChange(world, key, "fermata", (change) => {
    if (change.state !== "approved" || !isUntouched(change) || !isForAll(change, key, lapsed))
      return { result: false };
    const end = state === "superseded" ? superseded : begunTooLate;
    return {
      result: true,
      after: end(change, sentence, world.now()),
      audit: [{ event: state, subject: key.changeId, detail: { target: key.targetId } }],
      jobs: [tellJob(key)],
    };
  });
  if (!ended) await endTarget(world, key, { state: "refused", sentence });
}

/**
 * Every campaign of a change is equally late. A connection that was changed ends what was agreed to as one thing: a
 * resume or a cancel that somebody approved. A pause goes on wherever it can, an emergency stop above all.
 */
function isForAll({ action, verdict, targets }: Change, { targetId }: TargetKey, lapsed: Lapsed) {
  if (lapsed.state === "expired") return true;
  if (action !== "pause" && verdict.kind === "approve") return true;
  const mine = targets.find(({ id }) => id === targetId);
  return targets.every(({ connectionId }) => connectionId === mine?.connectionId);
}
