import type { Campaign } from "../domain/campaign.ts";
import type { Target } from "../domain/change.ts";
import { isReached, mayHaveActed } from "../domain/next-move.ts";
import { mayHaveLeft, VendorFailure } from "../vendors/failure.ts";
import { endReached } from "./end-reached.ts";
import { type After, endTarget, noteTarget } from "./end-target.ts";
import { outcomeWords, sightOf } from "./outcome-words.ts";
import { closeRecord, type OpenAttempt, recordAttempt } from "./record-attempt.ts";
import { readCampaign, type Scene } from "./scene.ts";

export type Sent = After | { kind: "accepted"; scene: Scene };

/** The one place from which a changing call leaves, and never before its attempt is on record. */
export async function sendChange(scene: Scene, campaign: Campaign): Promise<Sent> {
  const { world, key, change, account } = scene;
  const attempt = await recordAttempt(scene, campaign);
  if (!attempt) return { kind: "done" };
  const { target } = attempt;
  try {
    await account.act(change.action, target.campaign.id);
  } catch (error) {
    if (!(error instanceof VendorFailure)) throw error;
    return afterFailure({ ...scene, target }, attempt, error);
  }
  const patch = { lastAttempt: "accepted" as const };
  await closeRecord(world, key, attempt, { patch, result: "accepted" });
  return { kind: "accepted", scene: { ...scene, target: { ...target, ...patch } } };
}

async function afterFailure(
  scene: Scene,
  attempt: OpenAttempt,
  failure: VendorFailure,
): Promise<After> {
  const { world, key, target, wait } = scene;
  const { kind } = failure.facts;
  const detail = failure.message;
  if (kind === "unclear") {
    const patch: Partial<Target> = { lastAttempt: "unclear", state: "unknown" };
    await closeRecord(world, key, attempt, { patch, result: "unclear", detail });
    return { kind: "again", at: wait.soon() };
  }
  const lastAttempt = mayHaveLeft(failure.facts) ? "refused" : "unsent";
  const patch: Partial<Target> = { lastAttempt, stumbles: target.stumbles + 1 };
  await closeRecord(world, key, attempt, { patch, result: lastAttempt, detail });
  if (kind === "held_back") return noteTarget(world, key, {}, wait.heldBack(failure));
  const mayPass = kind === "rate_limited" || kind === "unavailable";
  return mayPass && wait.mayBackOff({ ...target, ...patch })
    ? noteTarget(world, key, {}, wait.backOff(target, failure))
    : endRefused({ ...scene, target: { ...target, ...patch } }, failure);
}

/** A refusal may be the echo of what is already so: the campaign itself has the last word. */
async function endRefused(scene: Scene, failure: VendorFailure): Promise<After> {
  const { world, key, change, target, rule } = scene;
  const read = await readCampaign(scene.account, target.campaign.id);
  const seen =
    read.kind === "campaign" ? { after: read.campaign.word, checkedAt: world.now() } : {};
  if (read.kind === "campaign" && isReached(rule, read.campaign, target)) {
    return endReached(scene, read.campaign, seen, failure);
  }
  const sight =
    read.kind === "campaign" ? sightOf(rule, read.campaign, target) : ({ kind: "none" } as const);
  const refusal = failure.facts;
  const sentence = outcomeWords({ action: change.action, target, rule, sight, refusal });
  const { kind } = refusal;
  // Only an earlier call can have acted; whether it has is then not known.
  const state = mayHaveActed(target)
    ? "needs_attention"
    : kind === "refused" || kind === "conflict"
      ? "refused"
      : "failed";
  return endTarget(world, key, { ...seen, state, sentence }, { failure });
}
