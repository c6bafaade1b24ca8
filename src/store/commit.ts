import type { Change } from "../domain/change.ts";
import { type AuditLine, appendAudit } from "./audit.ts";
import { insertChange, lockChange, updateChange } from "./changes.ts";
import { Conflict } from "./errors.ts";
import type { Q, Store } from "./handle.ts";
import { enqueueAll, type NewJob } from "./jobs.ts";

/** One move: what changes, the lines that prove it and the jobs that follow, committed together or not at all. */
export interface Step {
  workspace: string;
  at: Date;
  /** A person's canonical id, or `fermata` for the program itself. */
  actor: string;
  /** `before` as it was loaded, left out for a new change; `after` as it shall be. `commit` counts the version. */
  change?: { before?: Change | undefined; after: Change } | undefined;
  /** Other rows of the same move: an attempt, a connection, a policy. */
  also?: ((q: Q) => Promise<unknown>) | undefined;
  audit: readonly AuditLine[];
  jobs?: readonly NewJob[] | undefined;
}

/** Writes one step inside the caller's transaction. Throws `Conflict` or `CampaignTaken`: nothing is kept then. */
export async function commit(q: Q, step: Step): Promise<void> {
  const { workspace, at, actor, change } = step;
  if (change?.before) await updateChange(q, change.before, change.after);
  else if (change) await insertChange(q, change.after);
  await step.also?.(q);
  await enqueueAll(q, step.jobs ?? [], at);
  // Last, because it makes the workspace's other writers wait.
  await appendAudit(q, { workspace, at, actor, lines: step.audit });
}

/** What a look at a change leads to: a step and what to say of it, or only the latter. */
export interface Decision<Result> {
  step?: Step | undefined;
  result: Result;
}

const mostTries = 10;

/**
 * Loads a change, decides, commits; decides afresh if somebody else moved the change meanwhile.
 * Undefined if there is no such change. `decide` may await `q` and nothing else.
 */
export async function takeStep<Result>(
  store: Store,
  workspace: string,
  changeId: string,
  decide: (change: Change, q: Q) => Decision<Result> | Promise<Decision<Result>>,
): Promise<Result | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await store.write(async (q) => {
        const change = await lockChange(q, workspace, changeId);
        if (!change) return undefined;
        const { step, result } = await decide(change, q);
        if (step) await commit(q, step);
        return result;
      });
    } catch (error) {
      if (!(error instanceof Conflict) || tries >= mostTries) throw error;
    }
  }
}
