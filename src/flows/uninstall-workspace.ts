import { newJob } from "../queue/kinds.ts";
import { enqueue } from "../store/jobs.ts";
import { purgeWorkspace } from "../store/purge.ts";
import { installFor, removeInstall, servedBy } from "../store/workspaces.ts";
import type { World } from "../world.ts";

/** Slack's word that the app, or its token, has gone. */
export interface Parting {
  /** A workspace "T…" or an organisation "E…". */
  id: string;
  /** In whole seconds, as Slack gives it. */
  at: Date;
  /** Whose tokens ended; left out when the whole app went. */
  botUsers?: readonly string[];
}

type Needed = Pick<World, "store" | "now" | "log" | "memories">;

/**
 * Removes an install and everything that was kept for it, in one transaction. A word that is older than the
 * install, or that is not about its token, removes nothing.
 */
export async function uninstallWorkspace(world: Needed, parting: Parting): Promise<void> {
  const before = new Date(parting.at.getTime() + 1000);
  const removed = await world.store.write(async (q) => {
    const gone = await removeInstall(q, { ...parting, before });
    if (!gone) return [];
    const workspaces = [...new Set([gone.id, ...(await servedBy(q, gone.id))])];
    await remove(q, workspaces, world.now());
    return workspaces;
  });
  await leaveNoTrace(world, removed);
}

/** The same for workspaces that an organisation's install served; those with an install of their own stay. */
export async function leaveWorkspaces(
  world: Needed,
  organisation: string,
  workspaces: readonly string[],
): Promise<void> {
  const removed = await world.store.write(async (q) => {
    const served = await servedBy(q, organisation);
    const left = workspaces.filter((one) => served.includes(one));
    if (left.length > 0) await remove(q, left, world.now());
    return left;
  });
  await leaveNoTrace(world, removed);
}

/** The same for the one workspace whose token the environment holds, which has no install on record. */
export async function forgetWorkspace(world: Needed, workspace: string): Promise<void> {
  await world.store.write((q) => remove(q, [workspace], world.now()));
  await leaveNoTrace(world, [workspace]);
}

/** What was in hand at the moment of the removal may have written once more; this takes that away too. */
export async function sweepRemoved(world: Needed, workspaces: readonly string[]): Promise<void> {
  await world.store.write(
    async (q) => {
      for (const workspace of workspaces) {
        if (!(await installFor(q, workspace))) await purgeWorkspace(q, workspace, world.now());
      }
    },
    { strict: true },
  );
  for (const workspace of workspaces)
    if (!(await world.store.read((q) => installFor(q, workspace))))
      world.memories.forget(workspace);
  await world.store.scrub();
}

/** Longer than any work that was in hand can take. */
const sweepAfterMs = 15 * 60_000;

async function remove(
  q: Parameters<typeof purgeWorkspace>[0],
  workspaces: readonly string[],
  at: Date,
): Promise<void> {
  for (const workspace of workspaces) await purgeWorkspace(q, workspace, at);
  const runAt = new Date(at.getTime() + sweepAfterMs);
  await enqueue(q, newJob("sweep_removed", null, { workspaces: [...workspaces] }, { runAt }), at);
}

async function leaveNoTrace(
  { store, log, memories }: Needed,
  removed: readonly string[],
): Promise<void> {
  if (removed.length === 0) return;
  for (const workspace of removed) memories.forget(workspace);
  log.info("an app was taken out, and all that was kept for it is deleted", {
    count: removed.length,
  });
  await store.scrub();
}
