import { and, eq, inArray } from "drizzle-orm";
import { lapses } from "../domain/ratify.ts";
import type { Q } from "./handle.ts";

/** Which of these changes are taken back by themselves unless somebody answers for them. */
export async function lapsingOf(
  q: Q,
  workspace: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { changes } = q.t;
  const rows = await q
    .select({ id: changes.id, verdict: changes.verdict, ratified: changes.ratified })
    .from(changes)
    .where(and(eq(changes.workspace, workspace), inArray(changes.id, [...new Set(ids)])));
  return new Set(rows.filter(lapses).map(({ id }) => id));
}
