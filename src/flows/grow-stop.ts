import type { Change } from "../domain/change.ts";
import { grown } from "../domain/change-steps.ts";
import { mostAtStop } from "../domain/how-many.ts";
import { judge } from "../domain/judge.ts";
import type { Person } from "../domain/person.ts";
import type { Verdict } from "../domain/policy.ts";
import { isEnded } from "../domain/settle.ts";
import {
  isGrowing,
  leavesOut,
  type Reached,
  type StopScope,
  withReached,
} from "../domain/stop-scope.ts";
import { newJob } from "../queue/kinds.ts";
import { loadChange, openCampaigns } from "../store/changes.ts";
import { takeStep } from "../store/commit.ts";
import { connectionById } from "../store/connections.ts";
import { CampaignTaken } from "../store/errors.ts";
import type { NewJob } from "../store/jobs.ts";
import type { World } from "../world.ts";
import { applyJobs, endJobs, showJob } from "./change-jobs.ts";
import { campaignKey } from "./find-exact.ts";
import type { FoundTarget } from "./find-wished.ts";
import { loadPolicy } from "./load-policy.ts";
import type { ChangeKey } from "./move-change.ts";
import { newTarget } from "./new-change.ts";
import { redrawOvertaken } from "./redraw-overtaken.ts";
import { readForStop, type StopRead } from "./stop-reads.ts";
import { submitFound } from "./submit-change.ts";

/** `apart`: the policy asks something else of these campaigns than of the stop, so they need a change of their own. */
export type Grown = { kind: "done" } | { kind: "apart"; read: StopRead };

const done: Grown = { kind: "done" };
const mostTries = 3;

/**
 * Adds to an emergency stop what runs at one more connection. The policy is judged for these campaigns alone: what it
 * denies is left out, in words. May run twice: a connection is added once.
 */
export async function growStop(world: World, key: ChangeKey, read: StopRead): Promise<Grown> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await growOnce(world, key, read);
    } catch (error) {
      // Somebody took one of its campaigns at this very moment: it is left out then, and the rest added.
      if (!(error instanceof CampaignTaken) || tries >= mostTries) throw error;
    }
  }
}

async function growOnce(world: World, key: ChangeKey, read: StopRead): Promise<Grown> {
  const { workspace } = key;
  const { policy } = await loadPolicy(world, workspace);
  const { free, taken } = await sorted(world, workspace, read.targets);
  const grownTo = await takeStep(world.store, workspace, key.changeId, (before) => {
    const { scope } = before;
    if (!scope?.open.some(({ id }) => id === read.connection.id)) return { result: done };
    if (isEnded(before.state)) return { result: afterEnd(before, read) };
    const now = world.now();
    const asked = { action: "stop", by: askerOf(before), targets: free, at: now } as const;
    const verdict = free.length > 0 ? judge(policy, asked) : undefined;
    if (verdict && !belongsTo(before, verdict)) {
      if (verdict.kind !== "deny") return { result: { kind: "apart", read } as const };
    }
    const denied = verdict?.kind === "deny" ? verdict : undefined;
    const room = denied ? 0 : mostAtStop - before.targets.length;
    const fits = free.slice(0, Math.max(0, room));
    const reached: Reached = denied
      ? { denied: [{ connection: read.connection.name, sentence: denied.sentence }] }
      : { ...read.reached, taken: withoutLater(scope, taken), beyond: free.length - fits.length };
    const added = fits.map((one, place) =>
      newTarget(before.id, before.action, one, before.targets.length + place),
    );
    const after = grown(before, added, withReached(scope, read.connection.id, reached), now);
    const names = free.map((one) => `${one.connection}:${one.campaign.id}`);
    const detail = { action: "stop", connection: read.connection.name, campaigns: names };
    const event = denied ? "refused" : "stop_grew";
    const more = denied ? { rule: denied.rule } : {};
    return {
      result: done,
      step: {
        workspace,
        at: now,
        actor: denied ? before.askedBy : "fermata",
        change: { before, after },
        also: (q) => redrawOvertaken(q, { ...after, targets: added }),
        audit: [
          { event, subject: before.id, detail: { ...detail, ...more } },
          ...(after.endedAt
            ? [{ event: "change_ended", subject: before.id, detail: { state: after.state } }]
            : []),
        ],
        jobs: [
          ...applyJobs({ ...after, targets: added }),
          ...(after.endedAt ? endJobs(after) : []),
          ...leftOutJobs(after),
          showJob(key, before.version + 1),
        ],
      },
    };
  });
  world.wake();
  return grownTo ?? done;
}

/** Does the policy let these campaigns begin as the stop itself has? */
function belongsTo({ verdict: { kind } }: Change, verdict: Verdict): boolean {
  return verdict.kind === kind || (verdict.kind === "allow" && kind === "ratify");
}

/** What ended for another reason than somebody's no goes on in a change of its own. */
function afterEnd({ state }: Change, read: StopRead): Grown {
  const isNo = state === "denied" || state === "withdrawn";
  return isNo || read.targets.length === 0 ? done : { kind: "apart", read };
}

/** Puts campaigns that cannot be in the stop itself on record as a stop of their own; `which` tells it from others. */
export async function stopApart(
  world: World,
  stop: Change,
  reads: readonly StopRead[],
  which: string,
): Promise<void> {
  const { workspace, channel, askedIn, reason } = stop;
  const found = reads.flatMap(({ targets }) => targets);
  const { free } = await sorted(world, workspace, found);
  const submission = {
    workspace,
    requestKey: `${stop.id}:${which}`,
    by: askerOf(stop),
    channel: askedIn ?? channel,
    action: "pause" as const,
    stop: true,
    ...(reason !== undefined && { reason }),
  };
  if (free.length > 0) await submitFound(world, submission, free.slice(0, mostAtStop));
  const key = { workspace, changeId: stop.id };
  for (const { connection } of reads) {
    await growStop(world, key, { connection, targets: [], reached: {} });
  }
}

/** The rest of a stop that was cut short: one connection of it that nobody has come back to. */
export async function stopConnection(
  world: World,
  key: ChangeKey,
  connectionId: string,
): Promise<void> {
  const { workspace, changeId } = key;
  const [stop, connection] = await world.store.read(async (q) => [
    await loadChange(q, workspace, changeId),
    await connectionById(q, workspace, connectionId),
  ]);
  if (!stop || !isOpenFor(stop, connectionId)) return;
  if (!connection) return dropGone(world, key, connectionId);
  const grownTo = await growStop(world, key, await readForStop(world, connection));
  if (grownTo.kind === "apart") await stopApart(world, stop, [grownTo.read], connectionId);
}

function isOpenFor({ scope }: Change, connectionId: string): boolean {
  return scope?.open.some(({ id }) => id === connectionId) ?? false;
}

/** The connection was removed before it could be read. */
async function dropGone(world: World, key: ChangeKey, connectionId: string): Promise<void> {
  await takeStep(world.store, key.workspace, key.changeId, (before) => {
    const { scope } = before;
    const gone = scope?.open.find(({ id }) => id === connectionId);
    if (!scope || !gone || isEnded(before.state)) return { result: undefined };
    const now = world.now();
    const unread = [{ connection: gone.name, known: 0 }];
    const after = grown(before, [], withReached(scope, connectionId, { unread }), now);
    const detail = { action: "stop", connection: gone.name, campaigns: [] };
    const jobs = [
      ...(after.endedAt ? endJobs(after) : []),
      ...leftOutJobs(after),
      showJob(key, before.version + 1),
    ];
    const audit = [{ event: "stop_grew", subject: before.id, detail }];
    const step = { workspace: key.workspace, at: now, actor: "fermata", audit, jobs };
    return { result: undefined, step: { ...step, change: { before, after } } };
  });
  world.wake();
}

/** Told once, when the last connection has been read. */
export function leftOutJobs({ workspace, id: changeId, scope }: Change): NewJob[] {
  if (!scope || isGrowing({ scope }) || !leavesOut(scope)) return [];
  const key = `left-out:${workspace}:${changeId}`;
  return [newJob("tell_left_out", workspace, { changeId }, { key })];
}

/** So long after the question nobody reads on in its place any more. */
const cutShortMs = 12_000;

/** Should the process die before it has read them all, each connection is come back to. */
export function restJobs({ workspace, id: changeId, askedAt, scope }: Change): NewJob[] {
  const runAt = new Date(askedAt.getTime() + cutShortMs);
  return (scope?.open ?? []).map(({ id: connectionId }) => {
    const key = `stop-rest:${workspace}:${changeId}:${connectionId}`;
    const share = `${workspace}/${connectionId}`;
    return newJob("stop_connection", workspace, { changeId, connectionId }, { key, share, runAt });
  });
}

/** What is being resumed is paused as soon as that has ended, and not left out. */
export function withoutLater({ later }: StopScope, taken: readonly string[]): string[] {
  return taken.filter((name) => !later.includes(name));
}

/** What another open change holds is left to that one. */
export async function sorted(
  world: World,
  workspace: string,
  targets: readonly FoundTarget[],
): Promise<{ free: FoundTarget[]; taken: string[] }> {
  const open = await world.store.read((q) => openCampaigns(q, workspace));
  const held = new Set(open.map((one) => campaignKey(one.connectionId, one.campaignId)));
  const isHeld = (one: FoundTarget) => held.has(campaignKey(one.connectionId, one.campaign.id));
  return {
    free: targets.filter((one) => !isHeld(one)),
    taken: targets.filter(isHeld).map((one) => `${one.connection}:${one.campaign.id}`),
  };
}

/** As who they were when they asked. */
function askerOf({ askedBy: id, askedAs }: Change): Person {
  return { id, kind: "member", admin: false, groups: [], zone: "UTC", ...askedAs };
}
