import type { Change } from "../domain/change.ts";
import { undo } from "../domain/undo.ts";
import { askedAfter, type Other } from "../store/overtaking.ts";
import type { World } from "../world.ts";
import { whatExtends } from "./extend-pause.ts";

/** What a card of something done may offer at this moment, and the change that has put off its planned end. */
export interface MayFollow {
  undo?: true;
  extend?: true;
  extendedBy?: string;
}

export async function whatMayFollow(world: World, change: Change): Promise<MayFollow> {
  if (change.state !== "done") return {};
  const newer = await world.store.read((q) => askedAfter(q, change));
  const extension = newer.findLast((one) => isExtension(one, change));
  const extend = (await whatExtends(world, change)).kind === "extendable";
  return {
    ...(undo(change, newer, world.now()).kind === "possible" && { undo: true }),
    ...(extend && { extend }),
    ...(extension && { extendedBy: extension.id }),
  };
}

/** Trying a pause again follows it too, but keeps its end. */
function isExtension({ action, state, follows, until }: Other, change: Change): boolean {
  const done = action === "pause" && (state === "done" || state === "partly");
  return done && follows === change.id && until !== undefined && until > (change.until ?? until);
}
