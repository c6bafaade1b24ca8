import { type Action, vendorTitles } from "../domain/campaign.ts";
import { tooMany } from "../domain/how-many.ts";
import { nextMove } from "../domain/next-move.ts";
import type { World } from "../world.ts";
import type { FoundTarget } from "./find-wished.ts";
import { outcomeWords, sightOf } from "./outcome-words.ts";

/** Why this cannot be asked of these campaigns at all, in a sentence. */
export function whyImpossible(
  world: World,
  action: Action,
  targets: readonly FoundTarget[],
  most: number,
): string | undefined {
  const crowd = tooMany(action, targets.length, most);
  if (crowd) return `${crowd} Nothing was changed.`;
  for (const { vendor } of targets) {
    const capability = world.vendors[vendor].capabilities[action];
    if ("cannot" in capability) return capability.cannot;
  }
  return undefined;
}

/** Nobody is asked to approve what cannot work or is so already. */
export function whyPointless(
  world: World,
  action: Action,
  targets: readonly FoundTarget[],
): string | undefined {
  for (const target of targets) {
    const capability = world.vendors[target.vendor].capabilities[action];
    if (!target.seen || "cannot" in capability) continue;
    const fresh = { ...target, attempts: 0 };
    const move = nextMove(capability, target.seen, fresh);
    if (move.kind === "refused") {
      const sight = sightOf(capability, target.seen);
      // Whoever is refused for its start time wants to know when that is.
      const cause = target.seen.phase === "timed" ? target.seen.note : undefined;
      return outcomeWords({ action, target: fresh, rule: capability, sight, why: move.why, cause });
    }
    if (move.kind === "already" && targets.length === 1) {
      const title = vendorTitles[target.vendor];
      return `${title} already shows “${target.campaign.name}” as ${target.seen.word}. There is nothing to ask for.`;
    }
  }
  return undefined;
}
