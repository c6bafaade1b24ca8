import type { Change } from "../domain/change.ts";
import { atItsDeadline } from "../domain/silence.ts";
import { isPast, timedOut } from "../domain/time-out.ts";
import type { World } from "../world.ts";
import { applyJobs, escalationJobs, tellJob } from "./change-jobs.ts";
import { loadPolicy } from "./load-policy.ts";
import { type ChangeKey, type Move, moveChange } from "./move-change.ts";

/**
 * The time to decide is over; a job, a late click or a restart may notice it first. Gives the moment at which it is,
 * where that is still to come: the clock may have been put back.
 */
export async function expireChange(world: World, key: ChangeKey): Promise<Date | undefined> {
  const { policy } = await loadPolicy(world, key.workspace);
  return moveChange<Date | undefined>(world, key, "fermata", (change) => {
    const now = world.now();
    const waits = change.state === "waiting" && !isPast(change, now);
    return {
      result: waits ? change.expiresAt : undefined,
      ...runOut(atItsDeadline(change, policy, now), now),
    };
  });
}

/** The move that the clock makes; nothing where its time is not over or somebody was faster. */
export function runOut(change: Change, now: Date): Omit<Move<unknown>, "result"> {
  const timeOut = timedOut(change, now);
  if (!("after" in timeOut)) return {};
  const { kind, after } = timeOut;
  const event = kind === "allowed" ? "allowed_by_timeout" : kind;
  return { after, audit: [{ event, subject: change.id, detail: {} }], jobs: jobsOf(kind, after) };
}

function jobsOf(kind: "expired" | "allowed" | "escalated", after: Change) {
  if (kind === "allowed") return applyJobs(after);
  if (kind === "escalated") return escalationJobs(after);
  return [tellJob({ workspace: after.workspace, changeId: after.id })];
}
