import { callWords } from "../domain/call-words.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Target } from "../domain/change.ts";
import { hasCalled, mayHaveActed, nextMove } from "../domain/next-move.ts";
import { isPassing, type VendorFailure } from "../vendors/failure.ts";
import type { World } from "../world.ts";
import { changedSince, tooLate } from "./agreed.ts";
import type { WhoIs } from "./asker-now.ts";
import { endLapsed } from "./end-lapsed.ts";
import { endReached } from "./end-reached.ts";
import { type After, endTarget, noteTarget, type TargetKey } from "./end-target.ts";
import { hearAgain } from "./hear-again.ts";
import { isStranger } from "./open-target.ts";
import { outcomeWords, sightOf } from "./outcome-words.ts";
import { isLate } from "./patience.ts";
import { readCampaign, type Scene, setScene } from "./scene.ts";
import { sendChange } from "./send-change.ts";
import { causeSince } from "./standing-note.ts";

/**
 * One move on one campaign: read, act only if needed, read again. May run twice or late and the end
 * is the same, for the vendor's state decides, never our memory of what we sent.
 */
export async function applyTarget(world: World, key: TargetKey, whoIs?: WhoIs): Promise<After> {
  const scene = await setScene(world, key, whoIs);
  if (!scene) return { kind: "done" };
  const read = await readCampaign(scene.account, scene.target.campaign.id);
  if (read.kind === "failure") return afterFailedRead(scene, read.failure);
  if (isStranger(scene.target, scene.connection, read.campaign)) {
    if (scene.target.attempts > 0) return anotherCampaign(scene);
    await endLapsed(world, key, changedSince(scene.target));
    return { kind: "done" };
  }
  const unheard = scene.target.unread && (await hearAgain(scene, read.campaign));
  if (unheard) return endUnheard(scene, read.campaign, unheard);
  const next = await afterRead(scene, read.campaign);
  if (next.kind !== "send") return next;
  const why = await hearAgain(scene, read.campaign);
  if (why) return endUnheard(scene, read.campaign, why);
  if (await isTooLateBy(scene)) return { kind: "done" };
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

/** The read may have taken its time. */
async function isTooLateBy({ world, key, change, target }: Scene): Promise<boolean> {
  const late = target.attempts === 0 ? tooLate(change, world.now()) : undefined;
  if (late) await endLapsed(world, key, late);
  return late !== undefined;
}

async function afterRead(scene: Scene, campaign: Campaign): Promise<After | { kind: "send" }> {
  const { world, key, change, target, rule, wait, readOnly } = scene;
  const seen = {
    begunAt: target.begunAt,
    after: campaign.word,
    checkedAt: world.now(),
    before: target.before ?? campaign.word,
    ...(campaign.note !== undefined && { noted: campaign.note }),
    ...named(target, campaign),
  };
  const about = { action: change.action, target, rule, sight: sightOf(rule, campaign, target) };
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
    case "send": {
      const late = isLate(change, world.now());
      const stops = change.action === "pause";
      const may = target.attempts === 0 || wait.mayTryAgain(target, rule, { late, stops });
      if (may && !readOnly) return { kind: "send" };
      const sentence = outcomeWords({ ...about, cause });
      return target.attempts > 0 && !mayHaveActed(target)
        ? endTarget(world, key, {
            ...seen,
            state: "failed",
            sentence: `${sentence} ${readOnly ? connectionChanged : tooLateAgain}`,
          })
        : readAgain(scene, seen, sentence);
    }
  }
}

const connectionChanged =
  "Its connection was changed since, so the call is not made again. Ask again if it is still wanted.";
const tooLateAgain = "It is too late to make the call again. Ask again if it is still wanted.";

/** The policy of this moment does not let the call leave. After an unclear one it is for a person to look. */
function endUnheard(scene: Scene, campaign: Campaign, why: string): Promise<After> {
  const { world, key, target } = scene;
  const { word } = campaign;
  const { begunAt, before = word } = target;
  const seen = { begunAt, before, after: word, checkedAt: world.now() };
  const more = hasCalled(target) ? "Nothing more was sent." : "Nothing was sent.";
  const left = mayHaveActed(target);
  return endTarget(world, key, {
    ...seen,
    ...named(target, campaign),
    state: left ? "needs_attention" : "refused",
    sentence: left
      ? `${why} ${more} What became of the first call is not known.`
      : `${why} ${more}`,
  });
}

/** The connection leads to another account by now, so nothing it shows tells what came of our call. */
function anotherCampaign({ world, key, target }: Scene): Promise<After> {
  const { connection, campaign } = target;
  const sentence = `The connection ${connection} was changed since and does not show “${campaign.name}” under this id any more. ${callWords(target)}`;
  return endTarget(world, key, { state: "needs_attention", sentence });
}

/** A campaign that was asked for by its id while its platform kept us waiting gets its name now. */
function named({ campaign, unread }: Target, { id, name }: Campaign): Partial<Target> {
  if (unread) return { campaign: { id, name }, unread: false };
  return campaign.name === name ? {} : { calledNow: name };
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
  const { world, key, change, target, rule, wait, readOnly } = scene;
  if (readOnly && failure.facts.kind === "not_found") return anotherCampaign(scene);
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
