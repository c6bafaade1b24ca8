import type { Change } from "../domain/change.ts";
import { looksAlike } from "../domain/looks-alike.ts";
import { mayMove } from "../domain/settle.ts";
import type { AuditLine } from "../store/audit.ts";
import { takeStep } from "../store/commit.ts";
import type { Q } from "../store/handle.ts";
import type { NewJob } from "../store/jobs.ts";
import type { World } from "../world.ts";
import { showJob } from "./change-jobs.ts";

/** A change is named by its workspace and its id, so that no other workspace's id ever finds it. */
export interface ChangeKey {
  workspace: string;
  changeId: string;
}

/** What a decision comes to: a result, and, unless nothing moves, the change as it shall be. */
export interface Move<R> {
  result: R;
  after?: Change;
  audit?: readonly AuditLine[];
  jobs?: readonly NewJob[];
  also?: (q: Q) => Promise<unknown>;
}

/** Loads, decides, commits; decides again if somebody was faster. Undefined: no such change here. */
export async function moveChange<R>(
  world: World,
  key: ChangeKey,
  actor: string,
  decide: (change: Change) => Move<R>,
): Promise<R | undefined> {
  const moved = await takeStep(world.store, key.workspace, key.changeId, (before) => {
    const { result, after, audit = [], jobs = [], also } = decide(before);
    if (!after) return { result };
    if (after.state !== before.state && !mayMove(before.state, after.state)) {
      throw new Error(`a change may not go from ${before.state} to ${after.state}`);
    }
    const step = {
      workspace: key.workspace,
      at: world.now(),
      actor,
      change: { before, after },
      also,
      audit,
      jobs: looksAlike(before, after) ? jobs : [...jobs, showJob(key, before.version + 1)],
    };
    return { result, step };
  });
  world.wake();
  return moved;
}
