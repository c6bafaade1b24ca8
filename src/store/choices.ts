import { and, eq, lt } from "drizzle-orm";
import type { Q } from "./handle.ts";

/** A wish behind one button of a chooser; the buttons of one question share a set. */
export interface Choice {
  workspace: string;
  id: string;
  /** Only this person may press it. */
  person: string;
  setId: string;
  wish: unknown;
  createdAt: Date;
}

export async function rememberChoices(q: Q, choices: readonly Choice[]): Promise<void> {
  if (choices.length > 0) await q.insert(q.t.choices).values([...choices]);
}

/** Gives the choice and forgets its whole set, so that a question is answered once. */
export async function takeChoice(
  q: Q,
  workspace: string,
  person: string,
  id: string,
): Promise<Choice | undefined> {
  const { choices } = q.t;
  const [choice] = await q
    .delete(choices)
    .where(and(eq(choices.workspace, workspace), eq(choices.id, id), eq(choices.person, person)))
    .returning();
  if (!choice) return undefined;
  await q
    .delete(choices)
    .where(and(eq(choices.workspace, workspace), eq(choices.setId, choice.setId)));
  return choice;
}

export async function forgetChoices(q: Q, before: Date): Promise<void> {
  await q.delete(q.t.choices).where(lt(q.t.choices.createdAt, before));
}
