import { and, eq, type SQL } from "drizzle-orm";
import type { Change } from "../domain/change.ts";
import type { Q } from "./handle.ts";

/** Where a change stands among those of its workspace. */
export interface Turn extends Pick<Change, "id" | "askedAt"> {
  /** Of the line that it was asked with, in the workspace's record; nothing while it comes on record. */
  place: number | null;
}

/** Joins a change with the line that it was asked with. */
export function lineOfAsking(q: Q): SQL | undefined {
  const { audit, changes } = q.t;
  return and(
    eq(audit.workspace, changes.workspace),
    eq(audit.subject, changes.id),
    eq(audit.event, "asked"),
  );
}

export async function turnOf(
  q: Q,
  { workspace, id, askedAt }: Pick<Change, "workspace" | "id" | "askedAt">,
): Promise<Turn> {
  const { audit } = q.t;
  const [line] = await q
    .select({ place: audit.seq })
    .from(audit)
    .where(and(eq(audit.workspace, workspace), eq(audit.subject, id), eq(audit.event, "asked")));
  return { id, askedAt, place: line?.place ?? null };
}

/**
 * The order in which changes came on record, for a clock may have been put back in between; what is coming on record
 * comes last. A campaign has one open change at a time, so the order of asking is the order of doing.
 */
export function inTurn(a: Turn, b: Turn): number {
  if (a.place !== null && b.place !== null) return a.place - b.place;
  if (a.place !== null || b.place !== null) return a.place === null ? 1 : -1;
  return a.askedAt.getTime() - b.askedAt.getTime() || (a.id < b.id ? -1 : Number(a.id > b.id));
}
