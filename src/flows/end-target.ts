import type { Change, Target } from "../domain/change.ts";
import { withTarget } from "../domain/change-steps.ts";
import { isTargetOpen } from "../domain/settle.ts";
import type { NewJob } from "../store/jobs.ts";
import type { VendorFailure } from "../vendors/failure.ts";
import type { World } from "../world.ts";
import { endJobs } from "./change-jobs.ts";
import { type ChangeKey, moveChange } from "./move-change.ts";
import { redrawOvertaken } from "./redraw-overtaken.ts";
import { wakeTakenOver } from "./watch-jobs.ts";

export interface TargetKey extends ChangeKey {
  targetId: string;
}

/** What a job's handler says: finished, or the same job again at a time. */
export type After = { kind: "done" } | { kind: "again"; at: Date };

/** Puts a target's end on record; the change ends with its last target. */
export async function endTarget(
  world: World,
  key: TargetKey,
  patch: Partial<Target>,
  { failure, jobs: more = [] }: { failure?: VendorFailure; jobs?: readonly NewJob[] } = {},
): Promise<After> {
  await moveChange(world, key, "fermata", (change) => {
    const target = change.targets.find(({ id }) => id === key.targetId);
    if (!target || !mayGoOn(change, target)) return { result: undefined };
    const now = world.now();
    const after = withTarget(change, key.targetId, patch, now);
    const detail = {
      target: key.targetId,
      state: patch.state,
      shows: patch.after,
      ...vendorFacts(failure),
    };
    return {
      result: undefined,
      after,
      audit: [
        { event: "target_ended", subject: key.changeId, detail },
        ...(after.endedAt
          ? [{ event: "change_ended", subject: key.changeId, detail: { state: after.state } }]
          : []),
      ],
      also: async (q) => {
        // What the cards before it say of their own ends may not be so any more.
        if (after.endedAt) await redrawOvertaken(q, after);
        if (patch.state === "done") await wakeTakenOver(q, after, target, now);
      },
      jobs: [...(after.endedAt ? endJobs(after) : []), ...more],
    };
  });
  return { kind: "done" };
}

/** A read without an end: kept, and shown only if people would see a difference. */
export async function noteTarget(
  world: World,
  key: TargetKey,
  patch: Partial<Target>,
  at: Date,
): Promise<After> {
  await moveChange(world, key, "fermata", (change) => {
    const target = change.targets.find(({ id }) => id === key.targetId);
    if (!target || !mayGoOn(change, target) || saysNothingNew(target, patch)) {
      return { result: undefined };
    }
    return { result: undefined, after: withTarget(change, key.targetId, patch, world.now()) };
  });
  return { kind: "again", at };
}

function mayGoOn({ state }: Change, target: Target): boolean {
  return (state === "approved" || state === "running") && isTargetOpen(target.state);
}

function saysNothingNew(target: Target, patch: Partial<Target>): boolean {
  return JSON.stringify({ ...target, ...patch }) === JSON.stringify(target);
}

function vendorFacts(failure: VendorFailure | undefined): Record<string, unknown> {
  if (!failure) return {};
  const { kind, status, code } = failure.facts;
  return { failure: kind, status, code };
}
