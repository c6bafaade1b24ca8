import type { Change } from "../../domain/change.ts";
import type { World } from "../../world.ts";

/** Sentences that hold for every success at a vendor, by target. */
export function cautionsOf(world: Pick<World, "vendors">, change: Change): Record<string, string> {
  const entries = change.targets.flatMap((target) => {
    const capability = world.vendors[target.vendor].capabilities[change.action];
    const caution = "caution" in capability ? capability.caution : undefined;
    return caution === undefined ? [] : [[target.id, caution] as const];
  });
  return Object.fromEntries(entries);
}
