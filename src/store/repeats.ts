import { createHash } from "node:crypto";
import { and, eq, lt, sql } from "drizzle-orm";
import { type AuditLine, appendAudit } from "./audit.ts";
import type { Q } from "./handle.ts";

/** Lines that say the same within so long are counted in one. */
const withinMs = 3_600_000;

interface Repeatable {
  workspace: string;
  at: Date;
  actor: string;
  line: AuditLine;
}

/**
 * A line of the record that somebody can cause as often as they like, and that nobody can ever take out again. The
 * first is written at once; its equals of the next hour are counted, and become one line when that is over.
 */
export async function appendOnce(q: Q, { workspace, at, actor, line }: Repeatable): Promise<void> {
  const { repeats } = q.t;
  const { event, subject, detail = {} } = line;
  const key = createHash("sha256")
    .update(JSON.stringify([actor, event, subject, detail]))
    .digest("base64url");
  const mine = and(eq(repeats.workspace, workspace), eq(repeats.key, key));
  const count = async () => {
    const [open] = await q
      .update(repeats)
      .set({ times: sql`${repeats.times} + 1` })
      .where(mine)
      .returning({ since: repeats.since });
    return open;
  };
  const open = await count();
  if (open && Math.abs(at.getTime() - open.since.getTime()) < withinMs) return;
  if (open) await closeOne(q, workspace, key, at, 1);
  const first = await q
    .insert(repeats)
    .values({ workspace, key, actor, event, subject, detail, since: at, times: 0 })
    .onConflictDoNothing()
    .returning({ key: repeats.key });
  // Somebody else was the first at this very moment.
  if (first.length === 0) return void (await count());
  await appendAudit(q, { workspace, at, actor, lines: [line] });
}

/** Writes the counts of all hours that are over. */
export async function closeRepeats(q: Q, at: Date): Promise<void> {
  const { repeats } = q.t;
  const over = await q
    .select()
    .from(repeats)
    .where(lt(repeats.since, new Date(at.getTime() - withinMs)));
  for (const { workspace, key } of over) await closeOne(q, workspace, key, at, 0);
}

/** `besides` counts what is no part of that hour any more. */
async function closeOne(
  q: Q,
  workspace: string,
  key: string,
  at: Date,
  besides: number,
): Promise<void> {
  const { repeats } = q.t;
  const [gone] = await q
    .delete(repeats)
    .where(and(eq(repeats.workspace, workspace), eq(repeats.key, key)))
    .returning();
  const times = (gone?.times ?? 0) - besides;
  if (!gone || times <= 0) return;
  const { actor, event, subject, since } = gone;
  const detail = { ...gone.detail, again: times, since: since.toISOString() };
  await appendAudit(q, { workspace, at, actor, lines: [{ event, subject, detail }] });
}
