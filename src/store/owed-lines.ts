import { and, eq, notExists, sql } from "drizzle-orm";
import type { Q, Store } from "./handle.ts";

/** Workspaces that keep what cannot come to be without a line in their record, and what that is. */
export async function whoseRecordIsOwed(
  store: Store,
  only?: string | undefined,
): Promise<Map<string, string[]>> {
  return store.read(async (q) => {
    const kept = new Map<string, string[]>();
    for (const [words, workspaces] of await keptIn(q)) {
      for (const workspace of workspaces)
        if (only === undefined || only === workspace)
          kept.set(workspace, [...(kept.get(workspace) ?? []), words]);
    }
    return kept;
  });
}

async function keptIn(q: Q): Promise<[string, string[]][]> {
  const { t } = q;
  const tables = [
    ["changes", t.changes],
    ["campaigns of changes", t.targets],
    ["attempts", t.attempts],
    ["votes", t.votes],
    ["connections", t.connections],
    ["a policy", t.policies],
    ["people who are away", t.absences],
    ["a digest", t.digests],
  ] as const;
  const found: [string, string[]][] = [];
  for (const [words, table] of tables) {
    const rows = await q.selectDistinct({ workspace: table.workspace }).from(table);
    found.push([words, rows.map(({ workspace }) => workspace)]);
  }
  const installs = await q.select({ id: t.workspaces.id }).from(t.workspaces);
  return [...found, ["an install", installs.map(({ id }) => id)]];
}

/** A change that is kept although the line which came with it is not there: no change is ever made without one. */
export async function changeWithoutLine(
  store: Store,
  workspace: string,
): Promise<string | undefined> {
  return store.read(async (q) => {
    const { audit, changes } = q.t;
    const line = q
      .select({ one: sql`1` })
      .from(audit)
      .where(and(eq(audit.workspace, workspace), eq(audit.subject, changes.id)));
    const [bare] = await q
      .select({ id: changes.id })
      .from(changes)
      .where(and(eq(changes.workspace, workspace), notExists(line)))
      .limit(1);
    return bare?.id;
  });
}
