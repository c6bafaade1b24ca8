import { and, asc, eq, gte, isNull, lt } from "drizzle-orm";
import type { Person } from "../domain/person.ts";
import type { Q } from "./handle.ts";

/** An emergency stop as it was heard, whatever came of it. */
export interface HeardStop {
  workspace: string;
  /** The id of the change that it becomes, if anything runs. */
  id: string;
  at: Date;
  askedBy: Person;
  /** Its scope, and every connection of the same accounts. */
  connectionIds: readonly string[];
  /** Their accounts, which go on when a connection is made anew. */
  accounts?: readonly string[] | null;
}

/** Whoever reads for a stop has given up or died after so long. */
const mostReadingMs = 15 * 60_000;

/** False where an earlier run of the same request has written it down. */
export async function writeStop(q: Q, stop: HeardStop): Promise<boolean> {
  const { stops } = q.t;
  const [before] = await q
    .select({ id: stops.id })
    .from(stops)
    .where(and(eq(stops.workspace, stop.workspace), eq(stops.id, stop.id)));
  if (before) return false;
  await q.insert(stops).values(stop);
  return true;
}

/** Nothing that was asked for before a stop of yesterday is still on its way. */
export async function forgetStops(q: Q, before: Date): Promise<void> {
  const { stops } = q.t;
  await q.delete(stops).where(lt(stops.at, before));
}

/** Everything in its scope has been read, and what runs there is on record. */
export async function stopIsRead(q: Q, workspace: string, id: string, readAt: Date): Promise<void> {
  const { stops } = q.t;
  await q
    .update(stops)
    .set({ readAt })
    .where(and(eq(stops.workspace, workspace), eq(stops.id, id), isNull(stops.readAt)));
}

/** Those heard at this moment or after it, oldest first. */
export async function stopsSince(q: Q, workspace: string, since: Date): Promise<HeardStop[]> {
  const { stops } = q.t;
  return q
    .select()
    .from(stops)
    .where(and(eq(stops.workspace, workspace), gte(stops.at, since)))
    .orderBy(asc(stops.at));
}

/** When the oldest stop was heard that is still reading what runs. */
export async function readingSince(q: Q, workspace: string, now: Date): Promise<Date | undefined> {
  const { stops } = q.t;
  const [oldest] = await q
    .select({ at: stops.at })
    .from(stops)
    .where(
      and(
        eq(stops.workspace, workspace),
        gte(stops.at, new Date(now.getTime() - mostReadingMs)),
        isNull(stops.readAt),
      ),
    )
    .orderBy(asc(stops.at))
    .limit(1);
  return oldest?.at;
}
