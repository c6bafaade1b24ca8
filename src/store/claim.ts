import { and, asc, desc, eq, inArray, isNull, lte, notInArray, sql } from "drizzle-orm";
import type { Q, Store } from "./handle.ts";
import type { Job } from "./jobs.ts";
import { holding } from "./locking.ts";
import { type Queue, sharesOf } from "./shares.ts";

export interface Claim {
  token: string;
  count: number;
  leaseMs: number;
  now: Date;
  kinds?: readonly string[] | undefined;
  /** Jobs in this very worker's hands, left alone even if the clock has jumped past their leases. */
  except?: readonly number[] | undefined;
  /** At most so many of one share at once, counted with those of it that are in hand already. */
  share?: { most: number; inHand: ReadonlyMap<string, number> } | undefined;
}

/** The share of the program's own jobs, which belong to no workspace. */
const own = "";

/**
 * Leases what is due: urgent first, then the longest due; where more is due than fits, the shares take turns.
 * A lease that ran out makes a job due again by itself.
 */
export function claim(store: Store, wanted: Claim): Promise<Job[]> {
  return store.write(async (q) => {
    const found = await pick(q, wanted);
    return found.length > 0 ? lease(q, found, wanted) : [];
  });
}

type Due = { id: number; share: string | null };

async function pick(q: Q, wanted: Claim): Promise<Due[]> {
  const { count, share } = wanted;
  const first = await holding(q, due(q, wanted, count), { skipLocked: true });
  if (!share || (first.length < count && fits(first, share))) return first;
  const found: Due[] = [];
  for (const { share: name, places } of sharesOf(await queues(q, wanted), count, share)) {
    const theirs = name === own ? isNull(q.t.jobs.share) : is(q, name);
    found.push(...(await holding(q, due(q, wanted, places, theirs), { skipLocked: true })));
  }
  return found;
}

function fits(found: readonly Due[], { most, inHand }: NonNullable<Claim["share"]>): boolean {
  const counted = new Map(inHand);
  return found.every(({ share }) => {
    const count = (counted.get(share ?? own) ?? 0) + 1;
    counted.set(share ?? own, count);
    return count <= most;
  });
}

/** How much is due in each share, whichever has waited longest first. */
async function queues(q: Q, wanted: Claim): Promise<Queue[]> {
  const { jobs } = q.t;
  const rows = await q
    .select({ share: jobs.share, due: sql<number>`count(*)`.mapWith(Number) })
    .from(jobs)
    .where(isDue(q, wanted))
    .groupBy(jobs.share)
    .orderBy(sql`min(${jobs.runAt})`);
  return rows.map(({ share, due: waiting }) => ({ share: share ?? own, waiting }));
}

function due(q: Q, wanted: Claim, count: number, theirs?: ReturnType<typeof is>) {
  const { jobs } = q.t;
  return q
    .select({ id: jobs.id, share: jobs.share })
    .from(jobs)
    .where(and(isDue(q, wanted), theirs))
    .orderBy(desc(jobs.urgent), asc(jobs.runAt), asc(jobs.id))
    .limit(count);
}

function is(q: Q, share: string) {
  return eq(q.t.jobs.share, share);
}

function isDue(q: Q, { now, kinds, except = [] }: Claim) {
  const { jobs } = q.t;
  return and(
    isNull(jobs.doneAt),
    lte(jobs.runAt, now),
    kinds && inArray(jobs.kind, [...kinds]),
    except.length > 0 ? notInArray(jobs.id, [...except]) : undefined,
  );
}

async function lease(q: Q, found: readonly Due[], { token, now, leaseMs }: Claim): Promise<Job[]> {
  const { jobs } = q.t;
  const ids = found.map(({ id }) => id);
  const claimed = await q
    .update(jobs)
    .set({
      leaseToken: token,
      runAt: new Date(now.getTime() + leaseMs),
      tries: sql`${jobs.tries} + 1`,
    })
    .where(inArray(jobs.id, ids))
    .returning();
  const place = new Map(ids.map((id, index) => [id, index]));
  return claimed.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}
