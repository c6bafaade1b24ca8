import type { Action } from "../../src/domain/campaign.ts";
import type { Change } from "../../src/domain/change.ts";
import type { TargetText } from "../../src/domain/target-text.ts";
import { idFrom } from "../../src/flows/ids.ts";
import { readCampaigns } from "../../src/flows/read-campaigns.ts";
import { loadChange } from "../../src/store/changes.ts";
import type { World } from "../../src/world.ts";
import { type Product, product } from "./driver.ts";

/** Something wrong with the program, put in from outside, and the claim that has to break. */
export interface Planted {
  what: string;
  breaks: RegExp;
  product?: Partial<Product>;
  world?: (world: World) => World;
}

export const meant = /whatever is changed is what somebody meant/;

export interface Key {
  workspace: string;
  changeId: string;
}

export function loaded(world: World, { workspace, changeId }: Key): Promise<Change | undefined> {
  return world.store.read((q) => loadChange(q, workspace, changeId));
}

export async function endingPause(
  world: World,
  key: Key,
  personOf: Parameters<Product["endPauseInTime"]>[2],
  textsFor: (change: Change) => Promise<TargetText[]>,
): ReturnType<Product["endPauseInTime"]> {
  const change = await loaded(world, key);
  const targets = change ? await textsFor(change) : [];
  if (!change || targets.length === 0) return undefined;
  const by = await personOf(change.askedBy);
  const requestKey = idFrom("end", change.workspace, change.id);
  const wish = { ...wishOf(change, "resume"), by, requestKey, targets };
  const submitted = await product.submitChange(world, wish);
  return { change, submitted };
}

export function wishOf({ workspace, channel, id: follows }: Change, action: Action) {
  return { workspace, channel, follows, action };
}

export function textsOf({ targets }: Change): TargetText[] {
  return targets.map(({ connection, campaign: { id } }) => ({ kind: "exact", connection, id }));
}

export async function everyCampaign(world: World, workspace: string) {
  const listings = await readCampaigns(world, workspace, { withinMs: 8_000 });
  return listings.flatMap(({ connection, campaigns = [] }) =>
    campaigns.map(({ id, name, phase }) => ({
      name,
      phase,
      text: { kind: "exact" as const, connection: connection.name, id },
    })),
  );
}
