import type { Campaign } from "../domain/campaign.ts";
import type { Target } from "../domain/change.ts";
import { hasCalled, mayHaveActed, nextMove } from "../domain/next-move.ts";
import { isPassing, type VendorFailure } from "../vendors/failure.ts";
import type { World } from "../world.ts";
import { endReached } from "./end-reached.ts";
import { type After, endTarget, noteTarget, type TargetKey } from "./end-target.ts";
import { outcomeWords, sightOf } from "./outcome-words.ts";
import { readCampaign, type Scene, setScene } from "./scene.ts";
import { sendChange } from "./send-change.ts";
import { causeSince } from "./standing-note.ts";

/**
 * One move on one campaign: read, act only if needed, read again. May run twice or late and the end
 * is the same, for the vendor's state decides, never our memory of what we sent.
 */
export async function applyTarget(world: World, key: TargetKey): Promise<After> {
  const scene = await setScene(world, key);
  if (!scene) return { kind: "done" };
  const read = await readCampaign(scene.account, scene.target.campaign.id);
  if (read.kind === "failure") return afterFailedRead(scene, read.failure);
  const next = await afterRead(scene, read.campaign);
  if (next.kind !== "send") return next;
  const sent = await sendChange(scene, read.campaign);
  return sent.kind === "accepted" ? lookAgain(sent.scene) : sent;
}

/** Straight after the vendor's yes: most show the new state at once. */
async function lookAgain(scene: Scene): Promise<After> {
  const read = await readCampaign(scene.account, scene.target.campaign.id);
  const soon = scene.wait.soon();
  if (read.kind === "failure")
    return noteTarget(scene.world, scene.key, { state: "unknown" }, soon);
  const next = await afterRead(scene, read.campaign);
  return next.kind === "send" ? { kind: "again", at: soon } : next;
}

async function afterRead(scene: Scene, campaign: Campaign): Promise<After | { kind: "send" }> {
  const { world, key, change, target, rule, wait } = scene;
  const seen = {
    begunAt: target.begunAt,
    after: campaign.word,
    checkedAt: world.now(),
    before: target.before ?? campaign.word,
    ...named(target, campaign),
  };
  const about = { action: change.action, target, rule, sight: sightOf(rule, campaign) };
  const cause = causeSince(target, campaign);
  const move = nextMove(rule, campaign, target);
  switch (move.kind) {
    case "already":
      return endReached(scene, campaign, seen);
    case "ended": {
      const sight = { kind: "shows", word: campaign.word, as: "ended" } as const;
      const sentence = outcomeWords({ ...about, sight });
      return endTarget(world, key, { ...seen, state: "done", watch: "ended", sentence });
    }
    case "refused": {
      const sentence = outcomeWords({ ...about, why: move.why, cause });
      // What its platform took and then did not keep was not refused.
      const state = hasCalled(target) ? "failed" : "refused";
      return endTarget(world, key, { ...seen, state, sentence });
    }
    case "wait":
      if (wait.outOfTime(target)) {
        const sentence = outcomeWords({ ...about, waited: true });
        return endTarget(world, key, { ...seen, state: "refused", sentence });
      }
      return noteTarget(world, key, { ...seen, state: "trying" }, wait.nextRead(target));
    case "pending":
      return readAgain(scene, seen, outcomeWords({ ...about, cause }));
    case "send":
      if (target.attempts === 0 || wait.mayTryAgain(target, rule)) return { kind: "send" };
      return readAgain(scene, seen, outcomeWords({ ...about, cause }));
  }
}

/** A campaign that was asked for by its id while its platform kept us waiting gets its name now. */
function named(
  { campaign: { id, name } }: Target,
  read: Campaign,
): Pick<Target, "campaign"> | object {
  return name === id ? { campaign: { id, name: read.name } } : {};
}

/** Sent but not (yet) seen: read again while there is time, then say so and ask a person to look. */
function readAgain(scene: Scene, seen: Partial<Target>, sentence: string): Promise<After> {
  const { world, key, target, rule, wait } = scene;
  const patch = { ...seen, reads: target.reads + 1 };
  if (!wait.mayStillRead(target, rule, seen.after)) {
    return endTarget(world, key, { ...patch, state: "needs_attention", sentence });
  }
  return noteTarget(world, key, patch, wait.nextRead(target));
}

async function afterFailedRead(scene: Scene, failure: VendorFailure): Promise<After> {
  const { world, key, change, target, rule, wait } = scene;
  const held = failure.facts.kind === "held_back";
  const patch = { begunAt: target.begunAt, ...(!held && { stumbles: target.stumbles + 1 }) };
  if (isPassing(failure) && !wait.outOfTime(target)) {
    const at = held ? wait.heldBack(failure) : wait.backOff(target, failure);
    return noteTarget(world, key, patch, at);
  }
  // After a changing call an unreadable campaign is unknown, not unchanged.
  const sight = { kind: "unread", facts: failure.facts } as const;
  const sentence = outcomeWords({ action: change.action, target, rule, sight });
  const state = mayHaveActed(target) ? "needs_attention" : "failed";
  return endTarget(world, key, { ...patch, state, sentence }, { failure });
}
