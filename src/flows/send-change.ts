import type { Campaign } from "../domain/campaign.ts";
import type { Target } from "../domain/change.ts";
import { closeAttempt, openAttempt } from "../store/attempts.ts";
import { explain } from "../vendors/explain.ts";
import { VendorFailure } from "../vendors/failure.ts";
import { type After, endTarget, noteTarget } from "./end-target.ts";
import { moveChange, withTarget } from "./move-change.ts";
import { endWords } from "./outcome-words.ts";
import { backOff, outOfTime } from "./patience.ts";
import { readCampaign, type Scene } from "./scene.ts";

export type Sent = After | { kind: "accepted"; scene: Scene };

/** The one place from which a changing call leaves, and never before its attempt is on record. */
export async function sendChange(scene: Scene, campaign: Campaign): Promise<Sent> {
  const attemptId = scene.world.newId("att");
  const target = await recordAttempt(scene, campaign, attemptId);
  if (!target) return { kind: "done" };
  const sent = { ...scene, target };
  try {
    await scene.account.act(scene.change.action, target.campaign.id);
  } catch (error) {
    if (!(error instanceof VendorFailure)) throw error;
    return afterFailure(sent, attemptId, error);
  }
  await closeRecord(sent, attemptId, { lastAttempt: "accepted" }, "accepted");
  return { kind: "accepted", scene: { ...sent, target: { ...target, lastAttempt: "accepted" } } };
}

async function recordAttempt(
  scene: Scene,
  campaign: Campaign,
  attemptId: string,
): Promise<Target | undefined> {
  const { world, key, change } = scene;
  const now = world.now();
  return moveChange<Target | undefined>(world, key, "fermata", (current) => {
    const target = current.targets.find(({ id }) => id === key.targetId);
    // Somebody else's run of this job has moved on: the call is theirs to make.
    if (!target || target.attempts !== scene.target.attempts) return { result: undefined };
    const attempts = target.attempts + 1;
    const patch: Partial<Target> = {
      state: "trying",
      attempts,
      firstAttemptAt: target.firstAttemptAt ?? now,
      lastAttempt: "open",
      reads: 0,
      before: target.attempts === 0 ? campaign.word : (target.before ?? campaign.word),
      after: campaign.word,
    };
    return {
      result: { ...target, ...patch },
      after: withTarget(current, key.targetId, patch, now),
      audit: [
        {
          event: "attempt",
          subject: key.changeId,
          detail: { target: key.targetId, number: attempts },
        },
      ],
      also: (q) =>
        openAttempt(q, {
          workspace: key.workspace,
          id: attemptId,
          targetId: key.targetId,
          number: attempts,
          action: change.action,
          startedAt: now,
        }),
    };
  });
}

async function closeRecord(
  scene: Scene,
  attemptId: string,
  patch: Partial<Target>,
  result: string,
  detail?: string,
) {
  const { world, key } = scene;
  await moveChange(world, key, "fermata", (change) => ({
    result: undefined,
    after: withTarget(change, key.targetId, patch, world.now()),
    audit: [
      {
        event: "attempt_answered",
        subject: key.changeId,
        detail: { target: key.targetId, result },
      },
    ],
    also: (q) =>
      closeAttempt(q, key.workspace, attemptId, { endedAt: world.now(), result, detail }),
  }));
}

async function afterFailure(
  scene: Scene,
  attemptId: string,
  failure: VendorFailure,
): Promise<After> {
  const { world, key, change, target } = scene;
  const { kind } = failure.facts;
  const now = world.now();
  if (kind === "unclear") {
    await closeRecord(
      scene,
      attemptId,
      { lastAttempt: "unclear", state: "unknown" },
      "unclear",
      failure.message,
    );
    return { kind: "again", at: new Date(now.getTime() + 1000) };
  }
  const refused: Partial<Target> = { lastAttempt: "refused", stumbles: target.stumbles + 1 };
  await closeRecord(scene, attemptId, refused, "refused", failure.message);
  if (kind === "rate_limited" || kind === "unavailable") {
    if (!outOfTime(change, { ...target, ...refused }, now) && target.stumbles < 4) {
      return noteTarget(world, key, {}, backOff(target, failure, now, world.random()));
    }
  }
  return endRefused(scene, failure);
}

/** A refusal may be the echo of what is already so: the campaign itself has the last word. */
async function endRefused(scene: Scene, failure: VendorFailure): Promise<After> {
  const { world, key, change, target, rule } = scene;
  const read = await readCampaign(scene.account, target.campaign.id);
  if (read.kind === "campaign" && rule.reaches.includes(read.campaign.phase)) {
    const sentence = endWords(change.action, target, read.campaign, rule).already;
    return endTarget(
      world,
      key,
      { state: "already", after: read.campaign.word, sentence },
      failure,
    );
  }
  const { sentence, next } = explain(failure.facts, {
    action: change.action,
    campaignName: target.campaign.name,
    changing: true,
    // The first call was refused; only an earlier one can have acted.
    mayHaveActed: target.attempts > 1,
  });
  const seen = read.kind === "campaign" ? { after: read.campaign.word } : {};
  const state =
    failure.facts.kind === "refused" || failure.facts.kind === "conflict" ? "refused" : "failed";
  return endTarget(
    world,
    key,
    { ...seen, state, sentence: [sentence, next].filter(Boolean).join(" ") },
    failure,
  );
}
