import { and, eq } from "drizzle-orm";
import type { Q } from "./handle.ts";

/** Something that one person is at work on and has not saved; kept for a day, beside the choices. */
export interface Draft {
  workspace: string;
  id: string;
  person: string;
  content: unknown;
  createdAt: Date;
}

const setOf = (person: string) => `policy_draft:${person}`;

/** The person's one draft of this workspace's policy. */
export async function draftOf(q: Q, workspace: string, person: string): Promise<Draft | undefined> {
  const { choices } = q.t;
  const [row] = await q
    .select()
    .from(choices)
    .where(and(eq(choices.workspace, workspace), eq(choices.setId, setOf(person))));
  return row && { ...row, content: row.wish };
}

/** Keeps a new one in place of whatever the person had. */
export async function keepDraft(q: Q, { content, ...draft }: Draft): Promise<void> {
  await dropDraft(q, draft.workspace, draft.person);
  await q.insert(q.t.choices).values({ ...draft, setId: setOf(draft.person), wish: content });
}

export async function changeDraft(q: Q, draft: Draft): Promise<void> {
  const { choices } = q.t;
  await q
    .update(choices)
    .set({ wish: draft.content, createdAt: draft.createdAt })
    .where(and(eq(choices.workspace, draft.workspace), eq(choices.id, draft.id)));
}

export async function dropDraft(q: Q, workspace: string, person: string): Promise<void> {
  const { choices } = q.t;
  await q
    .delete(choices)
    .where(and(eq(choices.workspace, workspace), eq(choices.setId, setOf(person))));
}
