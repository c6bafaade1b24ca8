import type { Change } from "../domain/change.ts";
import type { Plan } from "../domain/plan.ts";
import { undo } from "../domain/undo.ts";
import { askedAfter, type Other } from "../store/overtaking.ts";
import type { World } from "../world.ts";
import { plansOf } from "./end-pause.ts";
import { whatExtends } from "./extend-pause.ts";

/** What a card of something done may offer at this moment, and what has become of its planned end. */
export interface MayFollow {
  undo?: true;
  extend?: true;
  /** The change that has put off its end. */
  extendedBy?: string;
  /** Why its end does not count any more. */
  lostEnd?: Exclude<Plan, { kind: "stands" }>;
}

export async function whatMayFollow(world: World, change: Change): Promise<MayFollow> {
  if (change.state !== "done" && change.state !== "partly") return {};
  const newer = await world.store.read((q) => askedAfter(q, change));
  const extension = newer.findLast((one) => isExtension(one, change));
  const extend = (await whatExtends(world, change)).kind === "extendable";
  const lostEnd = extension ? undefined : await whyNoEnd(world, change);
  return {
    ...(undo(change, newer, world.now()).kind === "possible" && { undo: true }),
    ...(extend && { extend }),
    ...(extension && { extendedBy: extension.id }),
    ...(lostEnd && { lostEnd }),
  };
}

/** Trying a pause again follows it too, but keeps its end. */
function isExtension({ action, state, follows, until }: Other, change: Change): boolean {
  const done = action === "pause" && (state === "done" || state === "partly");
  return done && follows === change.id && until !== undefined && until > (change.until ?? until);
}

/** Undefined: it stands for one campaign at least, or it came in its time. */
async function whyNoEnd(world: World, change: Change): Promise<MayFollow["lostEnd"]> {
  const { action, until } = change;
  if (action !== "pause" || !until) return undefined;
  const plans = (await plansOf(world, change)).map(({ plan }) => plan);
  const lost = plans.flatMap((plan) => (plan.kind === "stands" ? [] : [plan]));
  const [first] = lost;
  if (!first || lost.length < plans.length) return undefined;
  return "by" in first && first.by.askedAt >= until ? undefined : first;
}
