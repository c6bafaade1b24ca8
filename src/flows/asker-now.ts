import type { Change } from "../domain/change.ts";
import type { Person } from "../domain/person.ts";
import { askerOf } from "../domain/replay.ts";
import { groupsAsking } from "../domain/rights.ts";
import { knownPerson } from "../store/known-people.ts";
import type { World } from "../world.ts";
import type { PolicyInForce } from "./load-policy.ts";

/** Asks who somebody is now, and which of these user groups they are in; undefined where nobody can say. */
export type WhoIs = (id: string, groups: readonly string[]) => Promise<Person | undefined>;

/**
 * Whoever asked, as far as it is known now: asked afresh where that can be, else what was seen last, else what the
 * record says they were. Of a group that none of them speaks of it is not known whether they are in it.
 */
export async function askerNow(
  world: World,
  change: Change,
  { policy, version }: PolicyInForce,
  whoIs: WhoIs | undefined,
): Promise<Person> {
  const groups = groupsAsking(policy, change.stop ? "stop" : change.action);
  const then = askerOf(change);
  // Under the policy that they were judged by, the record speaks of every group that matters.
  const spokenOf = [...(then.notIn ?? []), ...(version === change.policyVersion ? groups : [])];
  const seen = await world.store.read((q) => knownPerson(q, change.workspace, change.askedBy));
  const last = seen && seen.seenAt >= change.askedAt ? seen.person : undefined;
  const later = (await whoIs?.(change.askedBy, groups)) ?? last;
  const isIn = [...new Set([...then.groups, ...(later?.groups ?? [])])].filter(
    (group) => !later?.notIn?.includes(group),
  );
  const known = [...isIn, ...spokenOf, ...(later?.notIn ?? [])];
  const unread = groups.filter((group) => !known.includes(group));
  return { ...(later ?? then), groups: isIn, unread };
}
