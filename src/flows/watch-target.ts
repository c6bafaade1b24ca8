import { type Campaign, vendorTitles } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import { withTarget } from "../domain/change-steps.ts";
import { loadChange, newestChangeOf } from "../store/changes.ts";
import { isPassing } from "../vendors/failure.ts";
import type { World } from "../world.ts";
import type { After, TargetKey } from "./end-target.ts";
import { moveChange } from "./move-change.ts";
import { openTarget } from "./open-target.ts";
import { patience, settlesAt } from "./patience.ts";
import { readCampaign } from "./scene.ts";
import { changedJobs, watchJobs } from "./watch-jobs.ts";

/** What a look found: still so, or what is said of it instead. */
type Seen =
  | { kind: "same" }
  | { kind: "over"; patch: Partial<Target> }
  | { kind: "changed"; patch: Partial<Target> };

/**
 * Looks once more at a success that its platform may still undo. The change has ended and stays as it ended; what
 * the platform shows by now is added to it, and said aloud where it is not what was asked for.
 */
export async function watchTarget(world: World, key: TargetKey, look: number): Promise<After> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  const target = change?.targets.find(({ id }) => id === key.targetId);
  if (!change || !target?.watch || target.watch === "changed") return { kind: "done" };
  if (await isOvertaken(world, change, target)) return settle(world, key, target, {});
  const opened = await openTarget(world, key.workspace, target);
  if (opened.kind !== "open") return settle(world, key, target, unseen(target));
  const read = await readCampaign(opened.account, target.campaign.id);
  if (read.kind === "failure") {
    const wait = patience(world);
    if (isPassing(read.failure) && wait.mayWatchOn(target)) {
      return { kind: "again", at: wait.backOff({ ...target, stumbles: 4 }, read.failure) };
    }
    return settle(world, key, target, unseen(target));
  }
  const rule = opened.vendor.capabilities[change.action];
  const reached = "reaches" in rule && rule.reaches.includes(read.campaign.phase);
  const seen = reached ? { kind: "same" as const } : notSo(world, target, read.campaign);
  return put(world, key, target, look, seen);
}

/** A newer change of ours has taken the campaign over: what it shows now is that one's doing. */
async function isOvertaken(world: World, change: Change, target: Target): Promise<boolean> {
  const { workspace, id } = change;
  const newest = await world.store.read((q) =>
    newestChangeOf(q, workspace, target.connectionId, target.campaign.id),
  );
  return newest !== undefined && newest !== id;
}

/** It ran out by itself, which starts nothing again; anything else is news that somebody must hear. */
function notSo(world: World, target: Target, { phase, word }: Campaign): Seen {
  const title = vendorTitles[target.vendor];
  const at = { after: word, checkedAt: world.now() };
  if (phase === "completed" || phase === "cancelled") {
    return {
      kind: "over",
      patch: {
        ...at,
        sentence: `${target.sentence ?? ""} Since then ${title} shows ${word}.`.trim(),
      },
    };
  }
  const sentence = `It did not stay so: ${title} showed ${target.after ?? "it"}, and now shows ${word}. ${title} may have undone it, or somebody changed it there.`;
  return { kind: "changed", patch: { ...at, sentence } };
}

function unseen(target: Target): Partial<Target> {
  const title = vendorTitles[target.vendor];
  return {
    sentence: `${target.sentence ?? ""} ${title} could not be read again to make sure.`.trim(),
  };
}

async function put(
  world: World,
  key: TargetKey,
  target: Target,
  look: number,
  seen: Seen,
): Promise<After> {
  if (seen.kind === "changed") return tellChanged(world, key, seen.patch);
  if (seen.kind === "over") return settle(world, key, target, seen.patch);
  const patch = { checkedAt: world.now(), ...(settlesAt(look) && { watch: "settled" as const }) };
  await moveChange(world, key, "fermata", (change) => ({
    result: undefined,
    after: withTarget(change, key.targetId, patch, world.now()),
    jobs: watchJobs(world, key, look + 1),
  }));
  return { kind: "done" };
}

async function settle(
  world: World,
  key: TargetKey,
  target: Target,
  patch: Partial<Target>,
): Promise<After> {
  if (target.watch === "settled" && Object.keys(patch).length === 0) return { kind: "done" };
  await moveChange(world, key, "fermata", (change) => ({
    result: undefined,
    after: withTarget(change, key.targetId, { ...patch, watch: "settled" }, world.now()),
  }));
  return { kind: "done" };
}

async function tellChanged(world: World, key: TargetKey, patch: Partial<Target>): Promise<After> {
  await moveChange(world, key, "fermata", (change) => ({
    result: undefined,
    after: withTarget(change, key.targetId, { ...patch, watch: "changed" }, world.now()),
    audit: [
      {
        event: "state_changed",
        subject: key.changeId,
        detail: { target: key.targetId, shows: patch.after },
      },
    ],
    jobs: changedJobs(key),
  }));
  return { kind: "done" };
}
