import { waitingChanges } from "../store/changes.ts";
import type { Q } from "../store/handle.ts";
import type { NewJob } from "../store/jobs.ts";
import { redrawJob } from "./change-jobs.ts";

/** `chat.update` allows about fifty calls a minute; so many go at once and the others one by one. */
const atOnce = 20;
const apartMs = 1_500;

/** Draws every card that waits for a decision anew: who may decide has changed, and not the changes themselves. */
export async function redrawWaiting(q: Q, workspace: string, now: Date): Promise<NewJob[]> {
  const waiting = await waitingChanges(q, workspace);
  return redrawJobs(
    workspace,
    waiting.map(({ id }) => id),
    now,
  );
}

export function redrawJobs(workspace: string, changeIds: readonly string[], now: Date): NewJob[] {
  return changeIds.map((changeId, place) => {
    const waitMs = Math.max(0, place - atOnce) * apartMs;
    return redrawJob({ workspace, changeId }, new Date(now.getTime() + waitMs));
  });
}
