import type { Campaign } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import { withTarget } from "../domain/change-steps.ts";
import { isTargetOpen } from "../domain/settle.ts";
import { closeAttempt, openAttempt } from "../store/attempts.ts";
import type { World } from "../world.ts";
import type { TargetKey } from "./end-target.ts";
import { moveChange } from "./move-change.ts";
import type { BegunTarget, Scene } from "./scene.ts";
import { wakeTakenOver } from "./watch-jobs.ts";

/** A changing call on record; open until its answer is. */
export interface OpenAttempt {
  id: string;
  /** The target as it stands with this call. */
  target: BegunTarget;
}

/** Puts a call on record before it leaves. Undefined: another run of the same job has moved on, and the call is not ours to make. */
export async function recordAttempt(
  { world, key, change, target: seen }: Scene,
  campaign: Campaign,
): Promise<OpenAttempt | undefined> {
  const id = world.newId("att");
  const startedAt = world.now();
  const { workspace, targetId } = key;
  return moveChange<OpenAttempt | undefined>(world, key, "fermata", (current) => {
    const target = openTarget(current, key, seen.attempts);
    if (!target) return { result: undefined };
    const number = target.attempts + 1;
    const begun = withCall(target, campaign, startedAt);
    const attempt = { workspace, id, targetId, number, action: change.action, startedAt };
    return {
      result: { id, target: begun },
      after: withTarget(current, targetId, begun, startedAt),
      audit: [{ event: "attempt", subject: key.changeId, detail: { target: targetId, number } }],
      also: (q) => openAttempt(q, attempt),
    };
  });
}

function withCall(target: Target, { word }: Campaign, at: Date): BegunTarget {
  return {
    ...target,
    state: "trying",
    begunAt: target.begunAt ?? at,
    attempts: target.attempts + 1,
    firstAttemptAt: target.firstAttemptAt ?? at,
    lastAttempt: "open",
    reads: 0,
    before: target.attempts === 0 ? word : (target.before ?? word),
    after: word,
  };
}

/** Puts the answer on record. The target takes it only if no other run has ended it or called again meanwhile. */
export async function closeRecord(
  world: World,
  key: TargetKey,
  attempt: OpenAttempt,
  answer: { patch: Partial<Target>; result: string; detail?: string },
): Promise<void> {
  const { patch, result, detail } = answer;
  await moveChange(world, key, "fermata", (change) => {
    const now = world.now();
    const target = openTarget(change, key, attempt.target.attempts);
    return {
      result: undefined,
      after: target ? withTarget(change, key.targetId, patch, now) : change,
      audit: [
        {
          event: "attempt_answered",
          subject: key.changeId,
          detail: { target: key.targetId, result },
        },
      ],
      async also(q) {
        await closeAttempt(q, key.workspace, attempt.id, { endedAt: now, result, detail });
        if (result === "unclear") await wakeTakenOver(q, change, attempt.target, now, "unclear");
      },
    };
  });
}

function openTarget(change: Change, key: TargetKey, attempts: number): Target | undefined {
  if (change.state !== "approved" && change.state !== "running") return undefined;
  const target = change.targets.find(({ id }) => id === key.targetId);
  return target && isTargetOpen(target.state) && target.attempts === attempts ? target : undefined;
}
