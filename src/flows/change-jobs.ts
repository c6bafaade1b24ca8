import type { Change } from "../domain/change.ts";
import { newJob } from "../queue/kinds.ts";
import type { NewJob } from "../store/jobs.ts";
import type { ChangeKey } from "./move-change.ts";

/** Draws the change's cards as the change will be then; one job per version is enough. */
export function showJob({ workspace, changeId }: ChangeKey, version: number): NewJob {
  return newJob(
    "show_change",
    workspace,
    { changeId },
    { key: `show:${workspace}:${changeId}:${version}` },
  );
}

/** Tells the asker, once, how it ended. */
export function tellJob({ workspace, changeId }: ChangeKey): NewJob {
  return newJob("tell_asker", workspace, { changeId }, { key: `tell:${workspace}:${changeId}` });
}

/** What follows from a change as it was asked. */
export function firstJobs(change: Change): NewJob[] {
  if (change.state === "approved") return [...applyJobs(change), ...ratifyJobs(change)];
  const { workspace, id: changeId, askedAt, expiresAt, verdict } = change;
  const when = { key: `expire:${workspace}:${changeId}`, runAt: expiresAt };
  const { notify = [], remindAfterMs = [] } = verdict.kind === "approve" ? verdict : {};
  const calls = [...(notify.length > 0 ? [0] : []), ...remindAfterMs.map((_, place) => place + 1)];
  return [
    newJob("expire_change", workspace, { changeId }, when),
    newJob("read_reach", workspace, { changeId }, { key: `reach:${workspace}:${changeId}` }),
    ...calls.map((n) => {
      const runAt = new Date(askedAt.getTime() + (remindAfterMs[n - 1] ?? 0));
      const key = `remind:${workspace}:${changeId}:${n}`;
      return newJob("remind_approvers", workspace, { changeId, n }, { key, runAt });
    }),
  ];
}

/** What follows once others may decide too: they are called, and the clock starts anew. */
export function escalationJobs({ workspace, id: changeId, expiresAt }: Change): NewJob[] {
  const when = { key: `expire:${workspace}:${changeId}:escalated`, runAt: expiresAt };
  const call = { key: `remind:${workspace}:${changeId}:escalated` };
  return [
    newJob("expire_change", workspace, { changeId }, when),
    newJob("remind_approvers", workspace, { changeId, n: 0, escalated: true }, call),
  ];
}

/** What follows from acting first: a call to those who are to know, and the end of the time to answer for it. */
function ratifyJobs({ workspace, id: changeId, verdict, ratifyBy }: Change): NewJob[] {
  if (verdict.kind !== "ratify") return [];
  const when = { key: `ratify:${workspace}:${changeId}`, runAt: ratifyBy };
  const end = newJob("end_ratify", workspace, { changeId }, when);
  return verdict.notify ? [end, tellRatifyJob({ workspace, changeId }, "start")] : [end];
}

/** Tells those who are to know of what acted first, once at each moment. */
export function tellRatifyJob({ workspace, changeId }: ChangeKey, moment: "start" | "end"): NewJob {
  const key = `ratify-${moment}:${workspace}:${changeId}`;
  return newJob("tell_ratify", workspace, { changeId, moment }, { key });
}

/** Takes back what acted first; once, whoever or whatever asks for it. */
export function reverseJob(
  { workspace, changeId }: ChangeKey,
  from: { by?: string; reason?: string },
): NewJob {
  const key = `reverse:${workspace}:${changeId}`;
  return newJob("reverse_change", workspace, { changeId, ...from }, { key });
}

/** What follows once it may be carried out: one job per campaign. */
export function applyJobs({ workspace, id: changeId, targets }: Change): NewJob[] {
  return targets.map(({ id: targetId, connectionId }) => {
    // A platform that keeps us waiting must not hold up what is for another.
    const share = `${workspace}/${connectionId}`;
    const when = { key: `apply:${workspace}:${targetId}`, share };
    return newJob("apply_target", workspace, { changeId, targetId }, when);
  });
}

/** What follows from its end: the news, and for a pause with a planned end, that. */
export function endJobs(change: Change): NewJob[] {
  const { workspace, id: changeId, action, until } = change;
  const tell = tellJob({ workspace, changeId });
  if (!until || action !== "pause") return [tell];
  // Whatever came of it: it may hold what an earlier pause did, and an unclear outcome may be seen later.
  const when = { key: `end:${workspace}:${changeId}`, runAt: until };
  return [tell, newJob("end_pause", workspace, { changeId }, when)];
}

/** Somebody looks for a change's card: it is put back where it was deleted. Once in a while is enough. */
export function soughtJob({ workspace, changeId }: ChangeKey, now: Date): NewJob {
  const slot = Math.floor(now.getTime() / soughtAgainMs);
  const key = `sought:${workspace}:${changeId}:${slot}`;
  return newJob("show_change", workspace, { changeId, sought: true }, { key });
}

const soughtAgainMs = 10_000;

/** Draws a change's cards although it has not moved: what they say or offer beside it has. */
export function redrawJob({ workspace, changeId }: ChangeKey, runAt?: Date): NewJob {
  return newJob("show_change", workspace, { changeId, anew: true }, runAt ? { runAt } : {});
}
