import { and, eq, gt, lte } from "drizzle-orm";
import type { Q } from "./handle.ts";

/** Somebody who is away until a date, and who decides instead. */
export interface AwayRow {
  workspace: string;
  person: string;
  standIn: string;
  since: Date;
  until: Date;
}

/** Puts somebody's absence in place of an earlier one. */
export async function setAway(q: Q, row: AwayRow): Promise<void> {
  const { absences } = q.t;
  const { standIn, since, until } = row;
  await q
    .insert(absences)
    .values(row)
    .onConflictDoUpdate({
      target: [absences.workspace, absences.person],
      set: { standIn, since, until },
    });
}

/** False if the person was not away. */
export async function endAway(q: Q, workspace: string, person: string): Promise<boolean> {
  const { absences } = q.t;
  const ended = await q
    .delete(absences)
    .where(and(eq(absences.workspace, workspace), eq(absences.person, person)))
    .returning({ person: absences.person });
  return ended.length === 1;
}

/** Everybody who is away at that moment. */
export async function awayAt(q: Q, workspace: string, at: Date): Promise<AwayRow[]> {
  const { absences } = q.t;
  return q
    .select()
    .from(absences)
    .where(and(eq(absences.workspace, workspace), gt(absences.until, at)));
}

/** Forgets absences that are over. */
export async function forgetAbsences(q: Q, at: Date): Promise<void> {
  const { absences } = q.t;
  await q.delete(absences).where(lte(absences.until, at));
}
