import { and, eq, lt } from "drizzle-orm";
import type { Person } from "../domain/person.ts";
import type { Q } from "./handle.ts";

/** Facts about somebody, with when each user group was read. */
export interface Facts extends Person {
  readAt?: Readonly<Record<string, number>>;
}

/** Who somebody was when Slack last said it. */
export interface KnownPerson {
  person: Facts;
  seenAt: Date;
}

/** Puts what Slack has just said of somebody in place of what it said before, under each of their ids. */
export async function rememberPerson(
  q: Q,
  workspace: string,
  { person, seenAt }: KnownPerson,
): Promise<void> {
  const { people } = q.t;
  for (const id of [person.id, ...(person.otherIds ?? [])])
    await q
      .insert(people)
      .values({ workspace, id, facts: person, seenAt })
      .onConflictDoUpdate({
        target: [people.workspace, people.id],
        set: { facts: person, seenAt },
      });
}

export async function knownPerson(
  q: Q,
  workspace: string,
  id: string,
): Promise<KnownPerson | undefined> {
  const { people } = q.t;
  const [row] = await q
    .select()
    .from(people)
    .where(and(eq(people.workspace, workspace), eq(people.id, id)));
  return row && { person: row.facts, seenAt: row.seenAt };
}

/** There is nobody of that id any more. */
export async function forgetPerson(q: Q, workspace: string, id: string): Promise<void> {
  const { people } = q.t;
  await q.delete(people).where(and(eq(people.workspace, workspace), eq(people.id, id)));
}

export async function forgetPeople(q: Q, before: Date): Promise<void> {
  const { people } = q.t;
  await q.delete(people).where(lt(people.seenAt, before));
}
