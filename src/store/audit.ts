import { createHmac } from "node:crypto";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Q, Store } from "./handle.ts";

/** What is to be remembered for good. */
export interface AuditLine {
  /** Past tense, e.g. "change.approved". */
  event: string;
  /** Id of what it happened to. */
  subject: string;
  /** Facts worth proving later; never a secret. */
  detail?: Readonly<Record<string, unknown>> | undefined;
}

/** A line as it stands in the chain. `hash` covers every other column and the line before. */
export interface ChainedLine {
  workspace: string;
  seq: number;
  at: Date;
  actor: string;
  event: string;
  subject: string;
  /** JSON text. */
  detail: string;
  previousHash: string;
  hash: string;
}

export interface AuditEntry {
  workspace: string;
  at: Date;
  actor: string;
  lines: readonly AuditLine[];
}

/** Adds lines to the end of a workspace's chain; whoever comes second waits for the first to commit. */
export async function appendAudit(q: Q, entry: AuditEntry): Promise<void> {
  if (entry.lines.length === 0) return;
  const key = q.auditKey();
  const head = await lockHead(q, entry.workspace);
  let { seq, hash } = head;
  const rows: ChainedLine[] = entry.lines.map((line) => {
    seq += 1;
    const unsigned = {
      workspace: entry.workspace,
      seq,
      at: entry.at,
      actor: entry.actor,
      event: line.event,
      subject: line.subject,
      detail: JSON.stringify(line.detail ?? {}),
      previousHash: hash,
    };
    hash = hashOf(key, unsigned);
    return { ...unsigned, hash };
  });
  await q.insert(q.t.audit).values(rows);
  await q
    .update(q.t.auditHeads)
    .set({ seq, hash, proof: proofOf(key, entry.workspace, seq, hash) })
    .where(eq(q.t.auditHeads.workspace, entry.workspace));
}

/** The lines about one subject, oldest first. */
export async function auditOf(q: Q, workspace: string, subject: string): Promise<ChainedLine[]> {
  const { audit } = q.t;
  return q
    .select()
    .from(audit)
    .where(and(eq(audit.workspace, workspace), eq(audit.subject, subject)))
    .orderBy(asc(audit.seq));
}

/** Every line of one workspace, or of all, in order, a page at a time. */
export async function* exportAudit(
  store: Store,
  workspace?: string | undefined,
): AsyncGenerator<ChainedLine> {
  for (const each of await workspacesOf(store, workspace)) yield* linesOf(store, each, 0);
}

export async function workspacesOf(store: Store, only?: string | undefined): Promise<string[]> {
  if (only !== undefined) return [only];
  const found = await store.read(async (q) => [
    ...(await q.selectDistinct({ workspace: q.t.audit.workspace }).from(q.t.audit)),
    ...(await q.select({ workspace: q.t.auditHeads.workspace }).from(q.t.auditHeads)),
  ]);
  return [...new Set(found.map((row) => row.workspace))].sort();
}

/** The last line of every workspace's record. */
export async function everyHead(
  store: Store,
): Promise<Pick<ChainedLine, "workspace" | "seq" | "hash">[]> {
  return store.read((q) => {
    const { workspace, seq, hash } = q.t.auditHeads;
    return q.select({ workspace, seq, hash }).from(q.t.auditHeads);
  });
}

const pageSize = 1000;

export async function* linesOf(
  store: Store,
  workspace: string,
  after: number,
): AsyncGenerator<ChainedLine> {
  let seen = after;
  for (;;) {
    const page = await store.read((q) =>
      q
        .select()
        .from(q.t.audit)
        .where(and(eq(q.t.audit.workspace, workspace), gt(q.t.audit.seq, seen)))
        .orderBy(asc(q.t.audit.seq))
        .limit(pageSize),
    );
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    seen = last.seq;
  }
}

/** What stands before the first line. */
export const genesis = "0".repeat(64);

export function hashOf(key: Uint8Array, line: Omit<ChainedLine, "hash">): string {
  return mac(key, [
    "line",
    line.workspace,
    line.seq,
    line.at.getTime(),
    line.actor,
    line.event,
    line.subject,
    line.detail,
    line.previousHash,
  ]);
}

export function proofOf(key: Uint8Array, workspace: string, seq: number, hash: string): string {
  return mac(key, ["head", workspace, seq, hash]);
}

function mac(key: Uint8Array, parts: readonly (string | number)[]): string {
  return createHmac("sha256", key).update(JSON.stringify(parts)).digest("hex");
}

async function lockHead(q: Q, workspace: string): Promise<{ seq: number; hash: string }> {
  const { auditHeads } = q.t;
  const lock = () =>
    q
      .update(auditHeads)
      .set({ seq: sql`${auditHeads.seq}` })
      .where(eq(auditHeads.workspace, workspace))
      .returning({ seq: auditHeads.seq, hash: auditHeads.hash });
  const [head] = await lock();
  if (head) return head;
  await q
    .insert(auditHeads)
    .values({ workspace, seq: 0, hash: genesis, proof: "" })
    .onConflictDoNothing();
  const [fresh] = await lock();
  if (!fresh) throw new Error("the audit head is gone in the middle of a write");
  return fresh;
}
