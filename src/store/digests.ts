import { and, asc, eq, isNull, lt, or } from "drizzle-orm";
import type { Q } from "./handle.ts";
import { filled } from "./rows.ts";
import type { Schema } from "./schema.ts";

/** When and where a workspace gets its digest. */
export interface Digest {
  workspace: string;
  channel: string;
  /** Local time, "09:00". */
  time: string;
  /** IANA zone. */
  zone: string;
  setBy: string;
  setAt: Date;
  /** Local date of the last digest, "2026-11-22". */
  lastDate?: string;
}

export async function everyDigest(q: Q): Promise<Digest[]> {
  const rows = await q.select().from(q.t.digests).orderBy(asc(q.t.digests.workspace));
  return rows.map(digestOf);
}

export async function digestFor(q: Q, workspace: string): Promise<Digest | undefined> {
  const { digests } = q.t;
  const [row] = await q.select().from(digests).where(eq(digests.workspace, workspace));
  return row && digestOf(row);
}

/** Sets or moves it; what was posted already today stays known. */
export async function setDigest(q: Q, digest: Omit<Digest, "lastDate">): Promise<void> {
  const { digests } = q.t;
  const { workspace, ...columns } = digest;
  await q
    .insert(digests)
    .values({ workspace, ...columns })
    .onConflictDoUpdate({ target: digests.workspace, set: columns });
}

/** False if there was none. */
export async function removeDigest(q: Q, workspace: string): Promise<boolean> {
  const { digests } = q.t;
  const gone = await q
    .delete(digests)
    .where(eq(digests.workspace, workspace))
    .returning({ workspace: digests.workspace });
  return gone.length === 1;
}

/** Compare-and-set: false if a digest of this local date, or a later one, is on its way already. */
export async function claimDigest(q: Q, workspace: string, date: string): Promise<boolean> {
  const { digests } = q.t;
  const claimed = await q
    .update(digests)
    .set({ lastDate: date })
    .where(
      and(
        eq(digests.workspace, workspace),
        or(isNull(digests.lastDate), lt(digests.lastDate, date)),
      ),
    )
    .returning({ workspace: digests.workspace });
  return claimed.length === 1;
}

function digestOf({ lastDate, ...row }: Schema["digests"]["$inferSelect"]): Digest {
  return { ...row, ...filled({ lastDate }) };
}
