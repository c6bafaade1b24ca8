import type { Change } from "../domain/change.ts";
import type { Q } from "../store/handle.ts";
import { enqueueAll } from "../store/jobs.ts";
import { doneBefore } from "../store/overtaking.ts";
import { redrawJobs } from "./redraw-waiting.ts";

/** So long something done offers Undo; a pause offers Extend until its end. */
const lookBackMs = 24 * 60 * 60 * 1000;

/** Draws the cards that a new change overtakes anew, for they offer to undo or extend what is not theirs any more. */
export async function redrawOvertaken(q: Q, change: Change): Promise<void> {
  const { workspace, askedAt, endedAt: at = askedAt } = change;
  const since = new Date(askedAt.getTime() - lookBackMs);
  const ids = await doneBefore(q, change, since);
  await enqueueAll(q, redrawJobs(workspace, ids, at), at);
}
