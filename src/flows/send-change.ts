import type { Campaign } from "../domain/campaign.ts";
import type { Target } from "../domain/change.ts";
import { explain } from "../vendors/explain.ts";
import { VendorFailure } from "../vendors/failure.ts";
import { type After, endTarget, noteTarget } from "./end-target.ts";
import { endWords } from "./outcome-words.ts";
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
  const patch: Partial<Target> = { lastAttempt: "refused", stumbles: target.stumbles + 1 };
  await closeRecord(world, key, attempt, { patch, result: "refused", detail });
  if (kind === "held_back") return noteTarget(world, key, {}, wait.heldBack(failure));
  const mayPass = kind === "rate_limited" || kind === "unavailable";
  return mayPass && wait.mayBackOff({ ...target, ...patch })
    ? noteTarget(world, key, {}, wait.backOff(target, failure))
    : endRefused(scene, failure);
}

/** A refusal may be the echo of what is already so: the campaign itself has the last word. */
async function endRefused(scene: Scene, failure: VendorFailure): Promise<After> {
  const { world, key, change, target, rule } = scene;
  const read = await readCampaign(scene.account, target.campaign.id);
  const after = read.kind === "campaign" ? read.campaign.word : undefined;
  const seen = after === undefined ? {} : { after };
  if (read.kind === "campaign" && rule.reaches.includes(read.campaign.phase)) {
    const sentence = endWords(change.action, target, read.campaign, rule).already;
    return endTarget(world, key, { ...seen, state: "already", sentence }, failure);
  }
  const { kind } = failure.facts;
  const state = kind === "refused" || kind === "conflict" ? "refused" : "failed";
  const sentence = whyRefused(scene, failure);
  return endTarget(world, key, { ...seen, state, sentence }, failure);
}

function whyRefused({ change, target }: Scene, failure: VendorFailure): string {
  const { sentence, next } = explain(failure.facts, {
    action: change.action,
    campaignName: target.campaign.name,
    changing: true,
    // This call was refused; only an earlier one can have acted.
    mayHaveActed: target.attempts > 1,
  });
  return [sentence, next].filter(Boolean).join(" ");
}
