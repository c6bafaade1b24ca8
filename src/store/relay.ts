import { and, eq, gt, inArray, isNotNull, isNull, like, lt, notInArray, or } from "drizzle-orm";
import type { Q, Store } from "./handle.ts";
import type { Job } from "./jobs.ts";

export interface Back {
  now: Date;
  /** How far the clock was put back, in milliseconds. */
  byMs: number;
  /** Kinds that wait for their turn and for no moment of the calendar. */
  kinds: readonly string[];
  leaseMs: number;
}

/**
 * After the clock was put back: waits and leases that were laid while it was ahead would last as long as it was. Gives
 * how many were laid anew.
 */
export function relayJobs(store: Store, { now, byMs, kinds, leaseMs }: Back): Promise<number> {
  return store.write(async (q) => {
    const { jobs } = q.t;
    const open = and(isNull(jobs.doneAt), gt(jobs.runAt, now));
    const waits = await q
      .select({ id: jobs.id, runAt: jobs.runAt })
      .from(jobs)
      .where(
        and(open, isNull(jobs.leaseToken), or(inArray(jobs.kind, [...kinds]), gt(jobs.tries, 0))),
      );
    for (const { id, runAt } of waits) {
      const at = new Date(Math.max(now.getTime(), runAt.getTime() - byMs));
      await q
        .update(jobs)
        .set({ runAt: at })
        .where(and(eq(jobs.id, id), isNull(jobs.leaseToken)));
    }
    const leaseEnd = new Date(now.getTime() + leaseMs);
    const leases = await q
      .update(jobs)
      .set({ runAt: leaseEnd })
      .where(and(isNull(jobs.doneAt), isNotNull(jobs.leaseToken), gt(jobs.runAt, leaseEnd)))
      .returning({ id: jobs.id });
    // What ended then is forgotten a day from now, and not a day from then.
    await q
      .update(jobs)
      .set({ doneAt: now })
      .where(and(isNotNull(jobs.doneAt), gt(jobs.doneAt, now)));
    return waits.length + leases.length;
  });
}

/** A digest of a day that has not come yet was sent by a clock that was ahead: that day gets its own all the same. */
export async function relayDigest(
  q: Q,
  workspace: string,
  { lastDate, today }: { lastDate: string; today: string },
): Promise<void> {
  const { digests, jobs } = q.t;
  await q
    .update(digests)
    .set({ lastDate: today })
    .where(and(eq(digests.workspace, workspace), eq(digests.lastDate, lastDate)));
  await q
    .delete(jobs)
    .where(
      and(
        eq(jobs.kind, "show_digest"),
        isNotNull(jobs.doneAt),
        like(jobs.key, `digest:${workspace}:%`),
        gt(jobs.key, `digest:${workspace}:${today}`),
      ),
    );
}

/** Open changes that say of themselves that something happened later than now. */
export async function changesAhead(
  q: Q,
  now: Date,
): Promise<{ workspace: string; changeId: string }[]> {
  const { changes, targets } = q.t;
  const rows = await q
    .selectDistinct({ workspace: changes.workspace, changeId: changes.id })
    .from(changes)
    .innerJoin(
      targets,
      and(eq(targets.workspace, changes.workspace), eq(targets.changeId, changes.id)),
    )
    .where(
      and(
        inArray(changes.state, ["waiting", "approved", "running"]),
        or(
          gt(changes.askedAt, now),
          gt(changes.decidedAt, now),
          gt(targets.begunAt, now),
          gt(targets.firstAttemptAt, now),
        ),
      ),
    );
  return rows;
}

/** Jobs of kinds that this program does not know, due since before that moment. */
export async function overdueOfOtherKinds(
  q: Q,
  kinds: readonly string[],
  before: Date,
): Promise<Job[]> {
  const { jobs } = q.t;
  return q
    .select()
    .from(jobs)
    .where(and(isNull(jobs.doneAt), lt(jobs.runAt, before), notInArray(jobs.kind, [...kinds])))
    .limit(100);
}

export async function endUnknown(q: Q, id: number, at: Date): Promise<void> {
  const { jobs } = q.t;
  const end = { doneAt: at, failed: true, payload: {}, leaseToken: null, lastError: "UnknownKind" };
  await q
    .update(jobs)
    .set(end)
    .where(and(eq(jobs.id, id), isNull(jobs.doneAt)));
}
