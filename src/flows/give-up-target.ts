import { callWords } from "../domain/call-words.ts";
import type { Change } from "../domain/change.ts";
import { expired } from "../domain/change-steps.ts";
import { isTargetOpen } from "../domain/settle.ts";
import { newJob } from "../queue/kinds.ts";
import { loadChange } from "../store/changes.ts";
import type { Job, NewJob } from "../store/jobs.ts";
import type { World } from "../world.ts";
import { tellJob } from "./change-jobs.ts";
import { endTarget, type TargetKey } from "./end-target.ts";
import { type ChangeKey, moveChange } from "./move-change.ts";
import { newsJobs } from "./watch-jobs.ts";
import { unconfirmedWords } from "./watch-words.ts";

const ourFault = "Something went wrong on our side, again and again.";

/** Ends a campaign of which the work was given up, so that nothing is held by it any more, and has admins told. */
export async function giveUpTarget(world: World, key: TargetKey): Promise<void> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  const target = change?.targets.find(({ id }) => id === key.targetId);
  if (!change || !target || change.endedAt || !isTargetOpen(target.state)) return;
  const sentence = `${ourFault} ${callWords(target)}`;
  await endTarget(world, key, { state: "needs_attention", sentence });
  await tellAdmins(world, change, `“${target.campaign.name}”: ${sentence}`);
}

/** A success that nobody watches any more is not known to have stayed so. */
export async function giveUpWatch(world: World, key: TargetKey): Promise<void> {
  const given = await moveChange<Change | undefined>(world, key, "fermata", (now) => {
    const watched = now.targets.find(
      ({ id, watch }) => id === key.targetId && watch === "watching",
    );
    if (!watched) return { result: undefined };
    const sentence = unconfirmedWords(now.action, watched, { kind: "our_fault", what: ourFault });
    const lost = { ...watched, watch: "unconfirmed" as const, sentence };
    const targets = now.targets.map((target) => (target === watched ? lost : target));
    return {
      result: now,
      after: { ...now, targets },
      audit: [
        {
          event: "unconfirmed",
          subject: key.changeId,
          detail: { target: key.targetId, why: "given_up" },
        },
      ],
      jobs: newsJobs(key, "unconfirmed"),
    };
  });
  if (given) await tellAdmins(world, given, `${ourFault} A campaign could not be read again.`);
}

/** Its time to decide is over, whatever kept us from saying so: nobody decides on it any more. */
export async function giveUpExpiry(world: World, key: ChangeKey): Promise<void> {
  await moveChange(world, key, "fermata", (change) => {
    const { expiresAt, state } = change;
    if (state !== "waiting" || !expiresAt || expiresAt > world.now()) return { result: undefined };
    return {
      result: undefined,
      after: expired(change, world.now()),
      audit: [{ event: "expired", subject: change.id, detail: { gaveUp: true } }],
      jobs: [tellJob(key)],
    };
  });
}

/** A planned end that could not be asked for leaves everything paused, and says so. */
export async function giveUpEnd(world: World, key: ChangeKey): Promise<void> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (!change) return;
  const sentence = `${ourFault} Resume it if that is still wanted.`;
  const payload = { changeId: change.id, sentences: [sentence] };
  const when = { key: `end-given-up:${key.workspace}:${change.id}` };
  const job = newJob("tell_not_ended", key.workspace, payload, when);
  await moveChange(world, key, "fermata", (now) => ({
    result: undefined,
    after: now,
    jobs: [job],
  }));
}

/** Of a job that nobody here can read: whatever it names is ended as if its work had been given up. */
export async function giveUpUnread(world: World, job: Job): Promise<void> {
  const { workspace, key } = job;
  const named = job.payload as { changeId?: unknown; targetId?: unknown } | null;
  const targetId = text(named?.targetId) ?? /^apply:[^:]+:(.+)$/.exec(key ?? "")?.[1];
  const changeId = text(named?.changeId) ?? targetId?.replace(/\.\d+$/, "");
  if (workspace && changeId && targetId)
    await giveUpTarget(world, { workspace, changeId, targetId });
  else if (workspace && changeId && job.kind === "expire_change")
    await giveUpExpiry(world, { workspace, changeId });
  else if (workspace && changeId && job.kind === "end_pause")
    await giveUpEnd(world, { workspace, changeId });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

async function tellAdmins(
  world: World,
  { workspace, id: changeId }: Pick<Change, "workspace" | "id">,
  sentence: string,
): Promise<void> {
  const key = `given-up:${workspace}:${changeId}`;
  const job: NewJob = newJob("tell_given_up", workspace, { changeId, sentence }, { key });
  await moveChange(world, { workspace, changeId }, "fermata", (now) => ({
    result: undefined,
    after: now,
    audit: [{ event: "given_up", subject: changeId, detail: {} }],
    jobs: [job],
  }));
}
