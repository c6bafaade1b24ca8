import type { Change } from "../../domain/change.ts";
import { awayAt } from "../../store/absences.ts";
import type { World } from "../../world.ts";
import { namedIn } from "../cards/approval-words.ts";
import type { ChangeCardContext } from "../cards/change-card.ts";
import type { NameBook } from "../names.ts";
import { cautionsOf } from "./cautions.ts";

/** What a card says beside its change: what holds at the vendor, how people are called, who is away. */
export async function cardContext(
  world: World,
  names: NameBook,
  change: Change,
): Promise<ChangeCardContext> {
  return {
    cautions: cautionsOf(world, change),
    names: await names.of(change.workspace, namedIn(change)),
    away: await awayNow(world, change),
    details: true,
  };
}

async function awayNow(world: World, { workspace, votes }: Change): Promise<Record<string, Date>> {
  if (votes.every(({ instead }) => instead === undefined)) return {};
  const rows = await world.store.read((q) => awayAt(q, workspace, world.now()));
  return Object.fromEntries(rows.map(({ person, until }) => [person, until]));
}
