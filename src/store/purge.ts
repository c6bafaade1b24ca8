import { and, eq, like } from "drizzle-orm";
import type { Q } from "./handle.ts";

/**
 * Removes everything that is kept of one workspace, its audit and its jobs included. What stays are the keys of
 * requests that were seen, which are hashes, so that no old request is taken for a new one.
 */
export async function purgeWorkspace(q: Q, workspace: string, at: Date): Promise<void> {
  const { t } = q;
  await q.insert(t.purges).values({ workspace, at }).onConflictDoNothing();
  // Rows that refer to others go first.
  for (const table of [t.attempts, t.votes, t.posts, t.targets, t.changes])
    await q.delete(table).where(eq(table.workspace, workspace));
  await q
    .update(t.jobs)
    .set({ ...seen, doneAt: at })
    .where(and(eq(t.jobs.workspace, workspace), like(t.jobs.key, "slack:%")));
  for (const table of [
    t.jobs,
    t.connections,
    t.lastLists,
    t.stops,
    t.policies,
    t.absences,
    t.people,
    t.choices,
    t.digests,
    t.orgWorkspaces,
    t.audit,
    t.auditHeads,
    t.repeats,
  ])
    await q.delete(table).where(eq(table.workspace, workspace));
  await q.delete(t.workspaces).where(eq(t.workspaces.id, workspace));
  await q.delete(t.purges).where(eq(t.purges.workspace, workspace));
}

const seen = {
  kind: "seen",
  workspace: null,
  share: null,
  payload: {},
  leaseToken: null,
  lastError: null,
  failed: false,
};
