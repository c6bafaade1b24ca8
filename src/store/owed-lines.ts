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

/** What is kept of a workspace although the line that must have come with it is not there; undefined if nothing is. */
export async function rowWithoutLine(store: Store, workspace: string): Promise<string | undefined> {
  return store.read(async (q) => {
    const { audit, changes, connections, policies } = q.t;
    for (const [word, table] of [
      ["change", changes],
      ["connection", connections],
    ] as const) {
      const line = q
        .select({ one: sql`1` })
        .from(audit)
        .where(and(eq(audit.workspace, workspace), eq(audit.subject, table.id)));
      const [bare] = await q
        .select({ id: table.id })
        .from(table)
        .where(and(eq(table.workspace, workspace), notExists(line)))
        .limit(1);
      if (bare) return `the ${word} ${bare.id}`;
    }
    const versions = await q.$count(policies, eq(policies.workspace, workspace));
    const saved = and(eq(audit.workspace, workspace), eq(audit.event, "policy_saved"));
    return versions > (await q.$count(audit, saved)) ? "a version of the policy" : undefined;
  });
}
