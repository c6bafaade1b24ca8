import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Q, Store } from "./handle.ts";
import type { Schema } from "./schema.ts";

/** Work to be done after the commit; `queue/kinds.ts` makes them. */
export interface NewJob {
  kind: string;
  workspace: string | null;
  /** Ids only, for all kinds but the request kept for Slack. */
  payload: unknown;
  /** At once if left out. */
  runAt?: Date | undefined;
  /** A second job of the same key is not taken. */
  key?: string | undefined;
  /** Jobs of one share wait for each other and not for those of others; the workspace if left out. */
  share?: string | undefined;
  /** Before others that are due. */
  urgent?: boolean | undefined;
}

export type Job = Schema["jobs"]["$inferSelect"];

/** A job in the hands of a worker: later writes count only while the lease is still this one. */
export interface Lease {
  id: number;
  token: string;
}

/** True if it was new. */
export async function enqueue(q: Q, job: NewJob, at: Date): Promise<boolean> {
  return (await enqueueAll(q, [job], at)) === 1;
}

/** How many of them were new. */
export async function enqueueAll(q: Q, jobs: readonly NewJob[], at: Date): Promise<number> {
  let taken = 0;
  for (let from = 0; from < jobs.length; from += rowsAtOnce) {
    const rows = jobs.slice(from, from + rowsAtOnce).map((job) => rowOf(job, at));
    const kept = await q
      .insert(q.t.jobs)
      .values(rows)
      .onConflictDoNothing({ target: q.t.jobs.key })
      .returning({ id: q.t.jobs.id });
    taken += kept.length;
  }
  return taken;
}

/** Takes a key as a finished job would hold it, with no work to do; false if it was taken. */
export async function rememberKey(
  q: Q,
  { workspace, key }: { workspace: string; key: string },
  at: Date,
): Promise<boolean> {
  const row = { ...rowOf({ kind: "seen", workspace, payload: {}, key }, at), doneAt: at };
  const kept = await q
    .insert(q.t.jobs)
    .values(row)
    .onConflictDoNothing({ target: q.t.jobs.key })
    .returning({ id: q.t.jobs.id });
  return kept.length === 1;
}

const rowsAtOnce = 500;

function rowOf(job: NewJob, at: Date): Schema["jobs"]["$inferInsert"] {
  return {
    kind: job.kind,
    workspace: job.workspace,
    payload: job.payload,
    runAt: job.runAt ?? at,
    tries: 0,
    urgent: job.urgent ?? false,
    share: job.share ?? job.workspace,
    key: job.key ?? null,
    createdAt: at,
    failed: false,
  };
}

/** Moves the leases' ends; gives the ids that are still ours. */
export function heartbeat(store: Store, leases: readonly Lease[], until: Date): Promise<number[]> {
  return store.write(async (q) => {
    const kept: number[] = [];
    for (const lease of leases) {
      const rows = await q
        .update(q.t.jobs)
        .set({ runAt: until })
        .where(held(q, lease))
        .returning({ id: q.t.jobs.id });
      kept.push(...rows.map((row) => row.id));
    }
    return kept;
  });
}

/** Takes all jobs from whoever had them: for the start of a process that is the only one on this database. */
export function releaseLeases(store: Store, at: Date): Promise<number> {
  return store.write(async (q) => {
    const { jobs } = q.t;
    const released = await q
      .update(jobs)
      .set({ runAt: at, leaseToken: null })
      .where(and(isNull(jobs.doneAt), isNotNull(jobs.leaseToken)))
      .returning({ id: jobs.id });
    return released.length;
  });
}

/** False if the lease was lost. What the job carried is forgotten; its key is remembered until `tidy`. */
export function finish(store: Store, lease: Lease, at: Date): Promise<boolean> {
  return settle(store, lease, { doneAt: at, payload: {}, leaseToken: null });
}

/** News, but not the end: comes back at `at`, before those not begun yet, with its tries counted afresh. */
export function again(store: Store, lease: Lease, at: Date): Promise<boolean> {
  const begun = { urgent: true, tries: 0, lastError: null, troubledAt: null };
  return settle(store, lease, { runAt: at, leaseToken: null, ...begun });
}

/** It was not its turn, which is neither news nor a try: comes back at `at` with everything as it was. */
export function hold(store: Store, lease: Lease, at: Date): Promise<boolean> {
  return store.write((q) => settled(q, lease, { runAt: at, ...unclaimed(q) }));
}

/** Slack keeps it from its work since `troubledAt`: comes back at `at`, one try poorer only where tries are counted. */
export function waitOn(
  store: Store,
  lease: Lease,
  {
    at,
    troubledAt,
    counted,
    error,
  }: { at: Date; troubledAt: Date; counted: boolean; error: string },
): Promise<boolean> {
  const trouble = { runAt: at, troubledAt, lastError: error };
  const given = (q: Q) => (counted ? { leaseToken: null } : unclaimed(q));
  return store.write((q) => settled(q, lease, { ...trouble, ...given(q) }));
}

/** The claim that found it is taken back. */
function unclaimed(q: Q) {
  return { leaseToken: null, tries: sql`${q.t.jobs.tries} - 1` };
}

/** Puts something into what an open job carries, for its next run. */
export async function putInto(
  q: Q,
  key: string,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { jobs } = q.t;
  const open = and(eq(jobs.key, key), isNull(jobs.doneAt));
  const [row] = await q.select({ payload: jobs.payload }).from(jobs).where(open);
  if (!row) return;
  const payload = { ...(row.payload as object), ...more };
  await q.update(jobs).set({ payload }).where(open);
}

/** No news: comes back at `at`, one try poorer. */
export function retry(store: Store, lease: Lease, at: Date, error: string): Promise<boolean> {
  return settle(store, lease, { runAt: at, leaseToken: null, lastError: error });
}

export function giveUp(store: Store, lease: Lease, at: Date, error: string): Promise<boolean> {
  const end = { doneAt: at, failed: true, payload: {}, leaseToken: null, lastError: error };
  return settle(store, lease, end);
}

/** Forgets finished jobs, and with them their keys. */
export async function forgetJobs(q: Q, before: Date): Promise<void> {
  const { jobs } = q.t;
  await q.delete(jobs).where(and(isNotNull(jobs.doneAt), lt(jobs.doneAt, before)));
}

/** Whether the job of that key has not ended yet. */
export async function isOpen(q: Q, key: string): Promise<boolean> {
  const { jobs } = q.t;
  return (await q.$count(jobs, and(eq(jobs.key, key), isNull(jobs.doneAt)))) > 0;
}

/** Jobs not finished yet, by kind. */
export async function openJobs(q: Q): Promise<ReadonlyMap<string, number>> {
  const { jobs } = q.t;
  const rows = await q
    .select({ kind: jobs.kind, count: sql<number>`count(*)`.mapWith(Number) })
    .from(jobs)
    .where(isNull(jobs.doneAt))
    .groupBy(jobs.kind);
  return new Map(rows.map((row) => [row.kind, row.count]));
}

function held(q: Q, lease: Lease) {
  const { jobs } = q.t;
  return and(eq(jobs.id, lease.id), eq(jobs.leaseToken, lease.token), isNull(jobs.doneAt));
}

function settle(
  store: Store,
  lease: Lease,
  columns: Partial<Schema["jobs"]["$inferInsert"]>,
): Promise<boolean> {
  return store.write((q) => settled(q, lease, columns));
}

async function settled(
  q: Q,
  lease: Lease,
  columns: Parameters<ReturnType<typeof updateOf>["set"]>[0],
): Promise<boolean> {
  const rows = await updateOf(q).set(columns).where(held(q, lease)).returning({ id: q.t.jobs.id });
  return rows.length === 1;
}

function updateOf(q: Q) {
  return q.update(q.t.jobs);
}
