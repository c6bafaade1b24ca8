import type { CampaignRef } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import { isUntouched, superseded } from "../domain/change-steps.ts";
import { judge } from "../domain/judge.ts";
import type { Person } from "../domain/person.ts";
import { lapses } from "../domain/ratify.ts";
import { changeStateOf, isTargetOpen } from "../domain/settle.ts";
import { stoppedBy } from "../domain/stopped-by.ts";
import { newJob } from "../queue/kinds.ts";
import { openChangesAt } from "../store/changes.ts";
import { commit } from "../store/commit.ts";
import { type Connection, listConnections } from "../store/connections.ts";
import { enqueue } from "../store/jobs.ts";
import { lapsingOf } from "../store/lapsing.ts";
import { pausedBy } from "../store/paused.ts";
import { type HeardStop, writeStop } from "../store/stops.ts";
import type { World } from "../world.ts";
import { endJobs, tellJob } from "./change-jobs.ts";
import { campaignKey, foundIn } from "./find-exact.ts";
import type { FoundTarget } from "./find-wished.ts";
import { idFrom } from "./ids.ts";
import { loadPolicy } from "./load-policy.ts";
import { moveChange } from "./move-change.ts";

/** Who stops, and as what it goes on record. */
interface Stopping {
  workspace: string;
  requestKey: string;
  by: Person;
  channel: string;
  reason: string;
}

/** What an emergency stop has found beside what runs. */
export interface Swept {
  /** Stands paused until a planned end or until nobody has answered for it, or was to be resumed: part of the stop, so that its hold is the one that counts. */
  held: readonly FoundTarget[];
  /** Is being resumed at this moment: paused as soon as that has ended. */
  busy: readonly CampaignRef[];
}

/**
 * What an emergency stop ends at once, before any platform is read: every resume in its scope that has not left yet.
 * What it may only do with an approval, and what is under way, is done afterwards by a job of its own.
 */
export async function sweepForStop(
  world: World,
  stopping: Stopping,
  connections: readonly Connection[],
): Promise<Swept> {
  const { workspace, by } = stopping;
  const { policy } = await loadPolicy(world, workspace);
  const known = await world.store.read((q) => listConnections(q, workspace));
  const ids = known.filter((one) => connections.some((other) => isSame(one, other))).map(idOf);
  const stopId = idFrom("chg", workspace, stopping.requestKey);
  const accounts = connections.flatMap(({ account }) => account ?? []);
  await putStopOnRecord(world, stopping, { stopId, connectionIds: ids, accounts });
  const [open, planned] = await world.store.read(async (q) => {
    const paused = await pausedBy(q, workspace);
    const lapsing = await lapsingOf(
      q,
      workspace,
      paused.map(({ changeId }) => changeId),
    );
    return [
      await openChangesAt(q, workspace, ids),
      paused.filter(({ until, changeId }) => until !== undefined || lapsing.has(changeId)),
    ];
  });
  const inScope = ({ connectionId }: CampaignRef) => ids.includes(connectionId);
  const verdictOf = (targets: readonly CampaignRef[]) =>
    judge(policy, { action: "stop", by, targets, at: world.now() }).kind;
  const held: CampaignRef[] = [];
  const busy: CampaignRef[] = [];
  const gated: CampaignRef[] = [];
  const ending: CampaignRef[] = [];
  for (const resume of open.filter(({ action }) => action === "resume")) {
    const targets = resume.targets.filter(inScope);
    const verdict = verdictOf(targets);
    if (verdict === "deny") continue;
    if (verdict === "approve") gated.push(...targets);
    else {
      const begun = await endResume(world, resume, { stopId, by: by.id, connectionIds: ids });
      busy.push(...targets.filter((one) => begun.includes(one.id)));
      held.push(...targets.filter((one) => !begun.includes(one.id)));
    }
  }
  for (const one of planned.filter(inScope)) {
    const verdict = verdictOf([one]);
    if (verdict === "approve") gated.push(one);
    else if (verdict !== "deny") held.push(one);
  }
  // A pause under way is left to itself, and not its end, which would let go of what is stopped.
  for (const pause of open.filter(isPauseThatEnds)) {
    const targets = pause.targets.filter((one) => inScope(one) && isTargetOpen(one.state));
    const verdict = verdictOf(targets);
    if (verdict === "approve") gated.push(...targets);
    else if (verdict !== "deny") ending.push(...targets);
  }
  await planTheRest(world, stopping, { stopId, now: [...busy, ...ending], gated });
  return { held: foundAt(world, { known, connections }, held, busy), busy };
}

/** Before anything is looked for: what goes on record after this knows of the stop, and what was there is found. */
async function putStopOnRecord(
  world: World,
  { workspace, by: askedBy, reason }: Stopping,
  { stopId: id, ...scope }: { stopId: string } & Pick<HeardStop, "connectionIds" | "accounts">,
): Promise<void> {
  const at = world.now();
  await world.store.write(async (q) => {
    if (!(await writeStop(q, { workspace, id, at, askedBy, ...scope }))) return;
    const detail = { connections: scope.connectionIds, reason };
    const audit = [{ event: "stop_heard", subject: id, detail }];
    await commit(q, { workspace, at, actor: askedBy.id, audit });
  });
}

/** By its own end, or unless somebody answers for it. */
function isPauseThatEnds(change: Change): boolean {
  return change.action === "pause" && (change.until !== undefined || lapses(change));
}

/** Ends a resume as far as no call has left for it; gives the targets of which one has. */
export async function endResume(
  world: World,
  { workspace, id: changeId }: Pick<Change, "workspace" | "id">,
  { stopId, by, connectionIds }: { stopId: string; by: string; connectionIds: readonly string[] },
): Promise<readonly string[]> {
  const key = { workspace, changeId };
  const sentence = stoppedBy(stopId);
  const begun = await moveChange<readonly string[]>(world, key, by, (change) => {
    const now = world.now();
    const detail = { stop: stopId };
    if (change.state === "waiting" || (change.state === "approved" && isUntouched(change))) {
      return {
        result: [],
        after: superseded(change, sentence, now),
        audit: [{ event: "superseded", subject: changeId, detail }],
        jobs: [tellJob(key)],
      };
    }
    if (change.endedAt) return { result: [] };
    const isEnded = (one: Target) =>
      isTargetOpen(one.state) && one.attempts === 0 && connectionIds.includes(one.connectionId);
    const targets = change.targets.map((one) =>
      isEnded(one) ? { ...one, state: "refused" as const, sentence, checkedAt: now } : one,
    );
    const result = targets.flatMap(({ id, state }) => (isTargetOpen(state) ? [id] : []));
    if (targets.every((one, place) => one === change.targets[place])) return { result };
    const state = changeStateOf(targets);
    const after = { ...change, targets, state, ...(state !== "running" && { endedAt: now }) };
    return {
      result,
      after,
      audit: [{ event: "stopped", subject: changeId, detail }],
      jobs: after.endedAt ? endJobs(after) : [],
    };
  });
  return begun ?? [];
}

async function planTheRest(
  world: World,
  { workspace, by, channel, reason }: Stopping,
  { stopId, now, gated }: { stopId: string; now: CampaignRef[]; gated: CampaignRef[] },
): Promise<void> {
  const { id, kind, admin, groups } = by;
  const wish = { stopId, by: { id, kind, admin, groups: [...groups] }, channel, reason };
  const at = world.now();
  for (const [waits, refs] of [[false, now] as const, [true, gated] as const]) {
    if (refs.length === 0) continue;
    const campaigns = refs.map(({ connectionId, campaign }): [string, string] => [
      connectionId,
      campaign.id,
    ]);
    const payload = { ...wish, waits, askedAt: at.toISOString(), campaigns };
    const key = idFrom("rest", workspace, stopId, String(waits));
    await world.store.write((q) =>
      enqueue(q, newJob("stop_rest", workspace, payload, { key }), at),
    );
  }
  if (now.length + gated.length > 0) world.wake();
}

function foundAt(
  world: World,
  { known, connections }: Record<"known" | "connections", readonly Connection[]>,
  held: readonly CampaignRef[],
  busy: readonly CampaignRef[],
): FoundTarget[] {
  const seen = new Set(busy.map((one) => campaignKey(one.connectionId, one.campaign.id)));
  return held.flatMap(({ connectionId, vendor, campaign }) => {
    const key = campaignKey(connectionId, campaign.id);
    const then = known.find(({ id }) => id === connectionId);
    const now = then && connections.find((one) => isSame(one, then));
    if (!now || seen.has(key) || "cannot" in world.vendors[vendor].capabilities.pause) return [];
    seen.add(key);
    return [foundIn(now, campaign)];
  });
}

/** The same connection, or another one of the same account. */
function isSame(one: Connection, other: Connection): boolean {
  return one.id === other.id || (one.account !== undefined && one.account === other.account);
}

function idOf({ id }: Connection): string {
  return id;
}
