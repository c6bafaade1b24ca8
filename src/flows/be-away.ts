import { mayLeaveTo } from "../domain/away.ts";
import { isCalled, type Person } from "../domain/person.ts";
import { type AwayRow, awayAt, endAway, setAway } from "../store/absences.ts";
import { commit } from "../store/commit.ts";
import type { World } from "../world.ts";
import { redrawWaiting } from "./redraw-waiting.ts";

export type Left =
  /** `standInUntil`: the stand-in is away too, and nobody stands in for both. */
  { kind: "away"; absence: AwayRow; standInUntil?: Date } | { kind: "refused"; sentence: string };

/** Somebody is away until then and has named who decides instead; it takes the place of what they named before. */
export async function beAway(
  world: World,
  wish: { workspace: string; by: Person; standIn: Person; until: Date },
): Promise<Left> {
  const { workspace, by, standIn, until } = wish;
  const leave = mayLeaveTo(by, standIn);
  if (!leave.ok) return { kind: "refused", sentence: leave.sentence };
  const since = world.now();
  const absence = { workspace, person: by.id, standIn: standIn.id, since, until };
  const detail = { standIn: standIn.id, until: until.toISOString() };
  const others = await world.store.write(async (q) => {
    await setAway(q, absence);
    const jobs = await redrawWaiting(q, workspace, since);
    const audit = [{ event: "away", subject: by.id, detail }];
    await commit(q, { workspace, at: since, actor: by.id, audit, jobs });
    return awayAt(q, workspace, since);
  });
  world.wake();
  const theirs = others.find(({ person }) => isCalled(standIn, person));
  return { kind: "away", absence, ...(theirs && { standInUntil: theirs.until }) };
}

/** Ends somebody's absence before its time. Undefined: nobody of these ids is away. */
export async function comeBack(
  world: World,
  { workspace, by, whom }: { workspace: string; by: Person; whom: Pick<Person, "id" | "otherIds"> },
): Promise<AwayRow | undefined> {
  const at = world.now();
  const ended = await world.store.write(async (q) => {
    const away = await awayAt(q, workspace, at);
    const absence = away.find(({ person }) => isCalled(whom, person));
    if (!absence || !(await endAway(q, workspace, absence.person))) return undefined;
    const jobs = await redrawWaiting(q, workspace, at);
    const detail = { standIn: absence.standIn };
    const audit = [{ event: "back", subject: absence.person, detail }];
    await commit(q, { workspace, at, actor: by.id, audit, jobs });
    return absence;
  });
  world.wake();
  return ended;
}
