import type { Change } from "../../domain/change.ts";
import { whatMayFollow } from "../../flows/what-may-follow.ts";
import { awayAt } from "../../store/absences.ts";
import type { World } from "../../world.ts";
import { namedIn } from "../cards/approval-words.ts";
import type { ChangeCardContext } from "../cards/change-card.ts";
import { cautionsOf } from "./cautions.ts";
import type { Voice } from "./in-thread.ts";
import { standInsOf } from "./stand-ins.ts";

/** What a card says beside its change: what holds at the vendor, how people are called, who decides for whom. */
export async function cardContext(
  { world, names, people }: Pick<Voice, "world" | "names" | "people">,
  change: Change,
): Promise<ChangeCardContext> {
  const standIns = await standInsOf({ world, people }, change);
  const absent = standIns.flatMap(({ person, standIn }) => [person, standIn]);
  return {
    cautions: cautionsOf(world, change),
    names: await names.of(change.workspace, [...namedIn(change), ...absent]),
    away: await awayNow(world, change),
    standIns,
    ...(await whatMayFollow(world, change)),
    details: true,
  };
}

async function awayNow(world: World, { workspace, votes }: Change): Promise<Record<string, Date>> {
  if (votes.every(({ instead }) => instead === undefined)) return {};
  const rows = await world.store.read((q) => awayAt(q, workspace, world.now()));
  return Object.fromEntries(rows.map(({ person, until }) => [person, until]));
}
