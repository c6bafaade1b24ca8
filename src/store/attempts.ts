import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Action } from "../domain/campaign.ts";
import type { Q } from "./handle.ts";
import { filled } from "./rows.ts";

/** One call to a vendor that could have changed something; open until its answer is on record. */
export interface Attempt {
  workspace: string;
  id: string;
  targetId: string;
  /** 1, 2, 3 … within the target. */
  number: number;
  action: Action;
  startedAt: Date;
  endedAt?: Date;
  /** What came of the call, in one word: "accepted", "refused", "unclear" … */
  result?: string;
  detail?: string;
}

/** To be committed before the call leaves. */
export async function openAttempt(
  q: Q,
  attempt: Omit<Attempt, "endedAt" | "result" | "detail">,
): Promise<void> {
  await q.insert(q.t.attempts).values(attempt);
}

/** False if it was closed already. */
export async function closeAttempt(
  q: Q,
  workspace: string,
  id: string,
  end: { endedAt: Date; result: string; detail?: string | undefined },
): Promise<boolean> {
  const { attempts } = q.t;
  const closed = await q
    .update(attempts)
    .set({ ...end, detail: end.detail ?? null })
    .where(and(eq(attempts.workspace, workspace), eq(attempts.id, id), isNull(attempts.endedAt)))
    .returning({ id: attempts.id });
  return closed.length === 1;
}

/** Every attempt of a change, oldest first. */
export async function attemptsOf(q: Q, workspace: string, changeId: string): Promise<Attempt[]> {
  const { attempts, targets } = q.t;
  const theirs = q
    .select({ id: targets.id })
    .from(targets)
    .where(and(eq(targets.workspace, workspace), eq(targets.changeId, changeId)));
  const rows = await q
    .select()
    .from(attempts)
    .where(and(eq(attempts.workspace, workspace), inArray(attempts.targetId, theirs)))
    .orderBy(asc(attempts.startedAt), asc(attempts.number));
  return rows.map(({ endedAt, result, detail, ...rest }) => ({
    ...rest,
    ...filled({ endedAt, result, detail }),
  }));
}
