import { and, eq } from "drizzle-orm";
import { hashOf, proofOf, workspacesOf } from "./audit.ts";
import type { Store } from "./handle.ts";
import { whoseRecordIsOwed } from "./owed-lines.ts";

/** The lines of these records in all, or the first workspace whose newest line is not the one that was written last. */
export type HeadsVerdict = { ok: true; lines: number } | { ok: false; workspace: string };

/** Proves the newest line of each record, which costs the same however long it is; `verifyAudit` proves them all. */
export async function verifyHeads(
  store: Store,
  workspace?: string | undefined,
): Promise<HeadsVerdict> {
  let lines = 0;
  const owed = await whoseRecordIsOwed(store, workspace);
  for (const each of new Set([...(await workspacesOf(store, workspace)), ...owed.keys()])) {
    const seq = await provedSeq(store, each);
    if (seq === undefined || (seq === 0 && owed.has(each))) return { ok: false, workspace: each };
    lines += seq;
  }
  return { ok: true, lines };
}

/** How many lines a record has; undefined where its newest one does not hold. */
async function provedSeq(store: Store, workspace: string): Promise<number | undefined> {
  const key = store.keys.audit;
  if (!key) throw new Error("the audit key is not open");
  const { audit, head, line } = await store.read(async (q) => {
    const { audit, auditHeads } = q.t;
    const [head] = await q.select().from(auditHeads).where(eq(auditHeads.workspace, workspace));
    // The very line that the head names: newer ones may be committed while we look.
    const newest = and(eq(audit.workspace, workspace), eq(audit.seq, head?.seq ?? 0));
    const [line] = await q.select().from(audit).where(newest);
    const count = head ? 1 : await q.$count(audit, eq(audit.workspace, workspace));
    return { audit: count, head, line };
  });
  if (!head) return audit === 0 ? 0 : undefined;
  const isProved = head.proof === proofOf(key, workspace, head.seq, head.hash);
  const isWritten = line?.hash === head.hash && hashOf(key, line) === head.hash;
  return isProved && isWritten ? head.seq : undefined;
}
