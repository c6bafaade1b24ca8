import { eq } from "drizzle-orm";
import { type ChainedLine, genesis, hashOf, linesOf, proofOf, workspacesOf } from "./audit.ts";
import type { Store } from "./handle.ts";
import { changeWithoutLine, whoseRecordIsOwed } from "./owed-lines.ts";

export type AuditVerdict =
  | { ok: true; lines: number }
  /** `seq` is the first that is wrong or missing; left out where there is no record at all, and nothing that wants one. */
  | { ok: false; workspace: string; seq?: number; sentence: string };

/** A line as somebody outside the database remembers it. */
export type KnownLine = Pick<ChainedLine, "workspace" | "seq" | "hash">;

/**
 * Walks the chain of one workspace, or of all that have a record or must have one: any altered, missing or added line is
 * found, and what is kept although its line is not there. An end that was cut off together with its own proof and all
 * that came with it is found by a line `known` from elsewhere.
 */
export async function verifyAudit(
  store: Store,
  workspace?: string | undefined,
  known?: KnownLine | undefined,
): Promise<AuditVerdict> {
  let lines = 0;
  const owed = await whoseRecordIsOwed(store, workspace);
  for (const each of new Set([...(await workspacesOf(store, workspace)), ...owed.keys()])) {
    const its = known?.workspace === each ? known : undefined;
    const chain = await verifyChain(store, openKey(store), each, its);
    const verdict = chain.ok ? await verifyKept(store, each, chain.lines, owed.get(each)) : chain;
    if (!verdict.ok) return verdict;
    lines += verdict.lines;
  }
  return { ok: true, lines };
}

function openKey(store: Store): Uint8Array {
  if (!store.keys.audit) throw new Error("the audit key is not open");
  return store.keys.audit;
}

/** Whether all that is kept of a workspace has its line in a record that is whole in itself. */
async function verifyKept(
  store: Store,
  workspace: string,
  lines: number,
  kept: readonly string[] | undefined,
): Promise<AuditVerdict> {
  const said = (sentence: string) => `${workspace}: ${sentence}`;
  // Asked once more: it may have been removed, record and all, while we were reading.
  if (lines === 0 && kept && (await whoseRecordIsOwed(store, workspace)).size > 0) {
    const sentence = said(`no line of its record is left, though there are ${kept.join(", ")}.`);
    return { ok: false, workspace, seq: 1, sentence };
  }
  if (lines === 0)
    return { ok: false, workspace, sentence: said("no record of this workspace is kept here.") };
  const bare = kept && (await changeWithoutLine(store, workspace));
  if (!bare) return { ok: true, lines };
  const sentence = said(
    `there is no line about the change ${bare}, so lines behind line ${lines} are missing.`,
  );
  return { ok: false, workspace, seq: lines + 1, sentence };
}

async function verifyChain(
  store: Store,
  key: Uint8Array,
  workspace: string,
  known: KnownLine | undefined,
): Promise<AuditVerdict> {
  let seq = 0;
  let hash = genesis;
  const broken = (at: number, sentence: string): AuditVerdict => ({
    ok: false,
    workspace,
    seq: at,
    sentence: `${workspace}: ${sentence}`,
  });
  for await (const line of linesOf(store, workspace, 0)) {
    const problem = problemOf(key, line, seq, hash);
    if (problem) return broken(seq + 1, problem);
    seq = line.seq;
    hash = line.hash;
    if (known?.seq === seq && known.hash !== hash)
      return broken(seq, `line ${seq} is not the one that is known from elsewhere.`);
  }
  const head = await headOf(store, workspace);
  if (!head) {
    if (seq > 0) return broken(seq, "the record of the last line is gone.");
    return known
      ? broken(1, `line ${known.seq} is known from elsewhere, and is missing.`)
      : { ok: true, lines: 0 };
  }
  if (head.proof !== proofOf(key, workspace, head.seq, head.hash)) {
    return broken(seq, "the record of the last line has been altered.");
  }
  // Lines committed while we were reading are after ours; the next run will see them.
  if (head.seq > seq && (await hasLine(store, workspace, seq, head.seq))) {
    return verifyChain(store, key, workspace, known);
  }
  if (head.seq > seq) return broken(seq + 1, `lines ${seq + 1} to ${head.seq} are missing.`);
  if (head.seq < seq) return broken(head.seq + 1, `line ${head.seq + 1} was added by other hands.`);
  if (head.hash !== hash) return broken(seq, `line ${seq} is not the one that was written last.`);
  if (known && known.seq > seq)
    return broken(seq + 1, `line ${known.seq} is known from elsewhere, and is missing.`);
  return { ok: true, lines: seq };
}

function problemOf(
  key: Uint8Array,
  line: ChainedLine,
  seq: number,
  hash: string,
): string | undefined {
  if (line.seq !== seq + 1) return `line ${seq + 1} is missing.`;
  if (line.previousHash !== hash) return `line ${line.seq} does not follow line ${seq}.`;
  if (line.hash !== hashOf(key, line)) return `line ${line.seq} has been altered.`;
  return undefined;
}

async function headOf(store: Store, workspace: string) {
  const [head] = await store.read((q) =>
    q.select().from(q.t.auditHeads).where(eq(q.t.auditHeads.workspace, workspace)),
  );
  return head;
}

async function hasLine(
  store: Store,
  workspace: string,
  after: number,
  upTo: number,
): Promise<boolean> {
  for await (const line of linesOf(store, workspace, after)) return line.seq <= upTo;
  return false;
}
