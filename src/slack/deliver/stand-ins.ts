import type { Change } from "../../domain/change.ts";
import { isCalled, type Person } from "../../domain/person.ts";
import type { Policy } from "../../domain/policy.ts";
import { openSteps, stepsIn } from "../../domain/progress.ts";
import { isOwed } from "../../domain/ratify.ts";
import { isAmong } from "../../domain/rule-match.ts";
import { loadPolicy } from "../../flows/load-policy.ts";
import { type AwayRow, awayAt } from "../../store/absences.ts";
import type { World } from "../../world.ts";
import type { Away } from "../cards/away-answers.ts";
import type { People } from "../people.ts";

/** Those who are away of whom a change waits for now, where whoever stands in may really decide it. */
export async function standInsOf(
  { world, people }: { world: World; people: Pick<People, "know"> },
  change: Change,
): Promise<Away[]> {
  const from = awaited(change);
  if (from.length === 0) return [];
  const { workspace } = change;
  const away = await world.store.read((q) => awayAt(q, workspace, world.now()));
  if (away.length === 0) return [];
  const { policy } = await loadPolicy(world, workspace);
  const known = (id: string) => look(people, workspace, id, { policy, from });
  const couples = await Promise.all(
    away.map(async (row) => ({
      row,
      absent: await known(row.person),
      other: await known(row.standIn),
    })),
  );
  return couples
    .filter(({ absent, other }) => mayBoth(change, { absent, other }))
    .filter(({ absent }) => absent !== undefined && isAmong(from, absent, policy))
    .map(({ row }): AwayRow => row);
}

/** People, groups and roles of the steps at hand, or of those who have to answer for it; nobody once it is decided. */
export function awaited(change: Change): string[] {
  if (change.verdict.kind === "ratify") return isOwed(change) ? [...change.verdict.from] : [];
  if (change.state !== "waiting") return [];
  return openSteps(change).flatMap((place) => stepsIn(change)[place]?.from ?? []);
}

/** Both are full members, neither of them asked for it and neither has decided on it. */
function mayBoth(
  { askedBy, votes }: Change,
  both: { absent: Person | undefined; other: Person | undefined },
): boolean {
  const heard = [askedBy, ...votes.flatMap(({ by, instead }) => [by, instead ?? by])];
  return Object.values(both).every(
    (person) => person?.kind === "member" && !heard.some((id) => isCalled(person, id)),
  );
}

export async function look(
  people: Pick<People, "know">,
  workspace: string,
  id: string,
  { policy, from }: { policy: Policy; from: readonly string[] },
): Promise<Person | undefined> {
  const groups = from.filter((one) => /^S[A-Z0-9]+$/.test(one));
  const known = await people.know(workspace, id, { admins: policy.admins ?? [], groups });
  return known.kind === "person" ? known.person : undefined;
}
