import type { ActionRule } from "../domain/action-rule.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Change, Overtaken, Target } from "../domain/change.ts";
import { isWatched, type Look, lookAtSuccess, type Newer, takenOver } from "../domain/watch.ts";
import { loadChange } from "../store/changes.ts";
import { askedSince } from "../store/of-campaign.ts";
import { isPassing, type VendorFailure } from "../vendors/failure.ts";
import type { World } from "../world.ts";
import type { After, TargetKey } from "./end-target.ts";
import { moveChange } from "./move-change.ts";
import type { Opened } from "./open-connection.ts";
import { isStranger, openTarget } from "./open-target.ts";
import { patience } from "./patience.ts";
import { readCampaign } from "./scene.ts";
import { causeSince } from "./standing-note.ts";
import { newsJobs, nextLook, quietMs } from "./watch-jobs.ts";
import {
  endedWords,
  notSoWords,
  overtakenWords,
  type Unseen,
  unconfirmedWords,
} from "./watch-words.ts";

const second = 1000;
/** So many looks in a row, over so long, may find nobody to answer. */
const unread = { most: 5, ms: 900 * second };
/** A card that says nothing new says at least so often when it was checked. */
const freshMs = 300 * second;

/** A success that is looked at again. */
interface Watched {
  world: World;
  key: TargetKey;
  change: Change;
  target: Target;
  rule: ActionRule;
  newer: readonly Newer[];
}

/**
 * Looks once more at a success. The change has ended and stays as it ended; what has become of it since is added, and
 * said aloud where it is not what was asked for. The watch ends with what could undo it, or with a newer change of ours
 * that did something else; whatever cannot be read is never called good.
 */
export async function watchTarget(world: World, key: TargetKey): Promise<After> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  const target = change?.targets.find(({ id }) => id === key.targetId);
  if (!change || !target || !mayBeLookedAt(target)) return done;
  const newer = await world.store.read((q) => askedSince(q, change, target));
  const taken = takenOver(change.action, newer);
  if (taken?.kind === "overtaken") return overtake(world, key, target, taken.by);
  if (!isWatched(target)) return done;
  if (taken?.kind === "busy") return doubt(world, key, target);
  const opened = await openTarget(world, key.workspace, target);
  if (opened.kind === "other") {
    const unseen: Unseen = { kind: "other_account", connection: target.connection };
    return lose(world, key, { change, target }, unseen);
  }
  if (opened.kind !== "open") {
    const { why, next } = opened;
    return lose(world, key, { change, target }, { kind: "closed", why, ...(next && { next }) });
  }
  const rule = opened.vendor.capabilities[change.action];
  if ("cannot" in rule || !rule.watch) return done;
  return look({ world, key, change, target, rule, newer }, opened);
}

const done: After = { kind: "done" };

function mayBeLookedAt({ state, watch }: Target): boolean {
  const success = state === "done" || state === "already";
  return success && (watch === undefined || isWatched({ watch }));
}

async function look(
  watched: Watched,
  { account, connection }: Extract<Opened, { kind: "open" }>,
): Promise<After> {
  const { world, key, change, target, rule, newer } = watched;
  const at = world.now();
  const read = await readCampaign(account, target.campaign.id);
  if (read.kind === "failure") return notRead(watched, read.failure);
  const { campaign } = read;
  if (isStranger(target, connection, campaign)) {
    const unseen: Unseen = { kind: "other_account", connection: target.connection };
    return lose(world, key, watched, unseen);
  }
  const isLast = target.watchUntil !== undefined && at >= target.watchUntil;
  const seen = lookAtSuccess({ rule, action: change.action }, campaign, newer, {
    // Quiet begins with the first look that sees it over: what undoes it comes just then.
    quietMs: target.watchFor === undefined ? quietMs(world, watchedSince(target)) : 0,
    isLast,
  });
  return put(watched, campaign, at, seen);
}

async function put(watched: Watched, campaign: Campaign, at: Date, seen: Look): Promise<After> {
  const { world, key, target } = watched;
  switch (seen.kind) {
    case "busy":
      return doubt(world, key, target);
    case "overtaken":
      return overtake(world, key, target, seen.by);
    case "same":
      return goOn(watched, campaign, at, seen);
    case "too_long": {
      const waitsFor = campaign.unsettled ?? "it is not settled yet";
      return lose(world, key, watched, { kind: "too_long", waitsFor });
    }
    case "ended": {
      const sentence = endedWords(target, campaign);
      const patch = { after: campaign.word, checkedAt: at, sentence, watch: "ended" as const };
      await patchTarget(world, key, target, patch);
      return done;
    }
    case "changed":
      return tellChanged(watched, campaign, at);
  }
}

/** Still so: settled if nothing can undo it any more, and looked at again as long as something can. */
async function goOn(
  { world, key, target, rule }: Watched,
  { word, unsettled }: Campaign,
  at: Date,
  { settled }: Extract<Look, { kind: "same" }>,
): Promise<After> {
  const stale = at.getTime() - (target.checkedAt?.getTime() ?? 0) >= freshMs;
  const ends = settled && target.watch === "watching";
  const news = stale || ends || unsettled !== target.watchFor || word !== target.after;
  const { watchFor: _, ...bare } = target;
  const now: Target = {
    ...bare,
    stumbles: 0,
    watchSince: (target.watchFor === undefined ? watchedSince(target) : undefined) ?? at,
    ...(news && { checkedAt: at, after: word }),
    ...(unsettled !== undefined && { watchFor: unsettled, watchSince: at }),
    ...(unsettled !== undefined && target.watch === "settled" && { watch: "watching" as const }),
    ...(ends && { watch: "settled" as const }),
  };
  await replaceTarget(world, key, target, now);
  const next = rule.watch && nextLook(world, rule.watch, now);
  return next ? { kind: "again", at: next } : done;
}

function watchedSince({ watchSince, firstAttemptAt }: Target): Date | undefined {
  return watchSince ?? firstAttemptAt;
}

/** A platform that cannot answer for the moment is asked again for a while; any other refusal is an end. */
async function notRead(watched: Watched, failure: VendorFailure): Promise<After> {
  const { world, key, target } = watched;
  const stumbles = target.stumbles + 1;
  const since = quietMs(world, target.checkedAt);
  const givesUp = stumbles >= unread.most && since >= unread.ms;
  if (!isPassing(failure) || givesUp) {
    return lose(world, key, watched, { kind: "unread", facts: failure.facts });
  }
  await replaceTarget(world, key, target, { ...target, stumbles });
  return { kind: "again", at: patience(world).backOff({ ...target, stumbles: 4 }, failure) };
}

/** A newer change of ours may have undone it just now: nothing is green until that is known. */
async function doubt(world: World, key: TargetKey, target: Target): Promise<After> {
  if (target.watch === "settled") await patchTarget(world, key, target, { watch: "watching" });
  return { kind: "again", at: patience(world).soon() };
}

async function overtake(
  world: World,
  key: TargetKey,
  target: Target,
  by: Overtaken,
): Promise<After> {
  const patch = { watch: "overtaken" as const, overtaken: by, sentence: overtakenWords(by) };
  await patchTarget(world, key, target, patch);
  return done;
}

/** Nobody can say whether it stayed so. */
async function lose(
  world: World,
  key: TargetKey,
  { change, target }: Pick<Watched, "change" | "target">,
  unseen: Unseen,
): Promise<After> {
  const sentence = unconfirmedWords(change.action, target, unseen);
  await moveChange(world, key, "fermata", (current) => ({
    result: undefined,
    ...replaced(current, key, target, { ...target, watch: "unconfirmed", sentence }),
    audit: [
      {
        event: "unconfirmed",
        subject: key.changeId,
        detail: { target: key.targetId, why: unseen.kind },
      },
    ],
    jobs: newsJobs(key, "unconfirmed"),
  }));
  return done;
}

async function tellChanged(
  { world, key, change, target }: Watched,
  campaign: Campaign,
  at: Date,
): Promise<After> {
  const { word } = campaign;
  const sentence = notSoWords(change.action, target, campaign, causeSince(target, campaign));
  const now: Target = { ...target, after: word, checkedAt: at, sentence, watch: "changed" };
  await moveChange(world, key, "fermata", (current) => ({
    result: undefined,
    ...replaced(current, key, target, now),
    audit: [
      {
        event: "state_changed",
        subject: key.changeId,
        detail: { target: key.targetId, shows: word },
      },
    ],
    jobs: newsJobs(key, "changed"),
  }));
  return done;
}

async function patchTarget(
  world: World,
  key: TargetKey,
  target: Target,
  patch: Partial<Target>,
): Promise<void> {
  await replaceTarget(world, key, target, { ...target, ...patch });
}

async function replaceTarget(
  world: World,
  key: TargetKey,
  target: Target,
  now: Target,
): Promise<void> {
  await moveChange(world, key, "fermata", (current) => ({
    result: undefined,
    ...replaced(current, key, target, now),
  }));
}

/** Nothing, if somebody was faster: another look, or Check again. */
function replaced(
  change: Change,
  { targetId }: TargetKey,
  was: Target,
  now: Target,
): { after?: Change } {
  const current = change.targets.find(({ id }) => id === targetId);
  const same =
    current?.watch === was.watch && current?.checkedAt?.getTime() === was.checkedAt?.getTime();
  if (!same || JSON.stringify(current) === JSON.stringify(now)) return {};
  return {
    after: { ...change, targets: change.targets.map((one) => (one.id === targetId ? now : one)) },
  };
}
