import type { ActionRule } from "../domain/action-rule.ts";
import type { Campaign } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import type { WatchRule } from "../domain/watch.ts";
import { newJob } from "../queue/kinds.ts";
import type { Q } from "../store/handle.ts";
import { enqueueAll, type NewJob } from "../store/jobs.ts";
import { takenOverBy } from "../store/of-campaign.ts";
import type { World } from "../world.ts";
import type { TargetKey } from "./end-target.ts";

const second = 1000;
/** So long a card of something that is not watched still says that it was overtaken. */
const lookBackMs = 24 * 60 * 60 * second;
/** While something is seen that could undo it: often at first, then every minute. */
const waiting = { soon: 15 * second, soonFor: 120 * second, later: 60 * second };

type Clock = Pick<World, "now" | "haste">;

/** A success that is watched from now on; nothing where its platform is not known to undo any. */
export function watchFrom(
  { now, haste }: Clock,
  rule: ActionRule,
  { unsettled }: Pick<Campaign, "unsettled"> = {},
): Pick<Target, "watch" | "watchSince" | "watchUntil" | "watchFor"> {
  if (!rule.watch) return {};
  const at = now();
  return {
    watch: "watching",
    watchSince: at,
    watchUntil: new Date(at.getTime() + (rule.watch.atMost * second) / haste),
    ...(unsettled !== undefined && { watchFor: unsettled }),
  };
}

/** The first look at a watched success; the job then comes back by itself until there is no more to see. */
export function watchJobs(
  clock: Clock,
  { workspace, changeId, targetId }: TargetKey,
  rule: WatchRule,
): NewJob[] {
  const at = clock.now();
  const key = `watch:${workspace}:${targetId}:${at.getTime()}`;
  const runAt = nextLook(clock, rule, { watchSince: at }) ?? at;
  return [newJob("watch_target", workspace, { changeId, targetId }, { key, runAt })];
}

/** How long nothing has been seen that could undo it, at the platform's own pace. */
export function quietMs({ now, haste }: Clock, since: Date | undefined): number {
  return since ? (now().getTime() - since.getTime()) * haste : 0;
}

/** When it is looked at next; undefined after the last look. */
export function nextLook(
  clock: Clock,
  rule: WatchRule,
  { watchSince, watchUntil, watchFor }: Pick<Target, "watchSince" | "watchUntil" | "watchFor">,
): Date | undefined {
  const in_ = (ms: number) => new Date(clock.now().getTime() + ms / clock.haste);
  if (watchFor !== undefined && watchUntil) {
    const left = (watchUntil.getTime() - clock.now().getTime()) * clock.haste;
    const passed = rule.atMost * second - left;
    const wait = passed < waiting.soonFor ? waiting.soon : waiting.later;
    return in_(Math.max(0, Math.min(wait, left)));
  }
  const quiet = quietMs(clock, watchSince);
  const next = rule.looks.find((seconds) => seconds * second > quiet);
  return next === undefined ? undefined : in_(next * second - quiet);
}

/** Says aloud, once, that it did not stay as it was asked for, or that nobody can say whether it did. */
export function newsJobs(
  { workspace, changeId, targetId }: TargetKey,
  news: "changed" | "unconfirmed",
): NewJob[] {
  // One line for all that cannot be read: mostly it is the same key.
  const key =
    news === "changed"
      ? `changed:${workspace}:${targetId}`
      : `unconfirmed:${workspace}:${changeId}`;
  return [newJob("tell_changed", workspace, { changeId, targetId }, { key })];
}

/**
 * Has the cards of earlier successes say at once that this change has taken their campaign over, or where its call got no
 * clear answer, that it may have.
 */
export async function wakeTakenOver(
  q: Q,
  change: Change,
  target: Target,
  at: Date,
  how: "done" | "unclear" = "done",
): Promise<void> {
  const { workspace } = change;
  const since = new Date(at.getTime() - lookBackMs);
  const taken = await takenOverBy(q, change, target, since);
  const jobs = taken.map(({ changeId, targetId }) =>
    newJob(
      "watch_target",
      workspace,
      { changeId, targetId },
      { key: `${how === "done" ? "overtaken" : how}:${workspace}:${targetId}:${target.id}` },
    ),
  );
  await enqueueAll(q, jobs, at);
}
