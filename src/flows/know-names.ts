import type { Asked } from "../domain/judge.ts";
import { dependsOnName } from "../domain/judge-one.ts";
import type { Policy } from "../domain/policy.ts";
import type { World } from "../world.ts";
import { campaignKey } from "./find-exact.ts";
import type { FoundTarget } from "./find-wished.ts";
import { readTargets } from "./read-targets.ts";

/** How long starting or ending something waits for a name that a rule depends on. */
const namesWithinMs = 12_000;

/**
 * The campaigns of a wish with every name that judging it takes: the one it was asked about by, the one its platform
 * has just shown, and one that nobody has read yet where a rule depends on it. What cannot be read stays unread.
 */
export async function knowNames(
  world: World,
  workspace: string,
  policy: Policy,
  { targets, ...asked }: Asked & { targets: readonly FoundTarget[] },
): Promise<FoundTarget[]> {
  const known = targets.map(asSeen);
  const occasion = { ...asked, count: targets.length };
  const missing = known.filter((one) => dependsOnName(policy, occasion, asked.by, one));
  if (missing.length === 0) return known;
  const read = await readTargets(world, workspace, missing, {
    withinMs: namesWithinMs,
    patient: true,
  });
  return known.map((one) => {
    const seen = one.seen ?? read.get(campaignKey(one.connectionId, one.campaign.id));
    return seen ? asSeen({ ...one, seen }) : one;
  });
}

/** A name that has been read takes the place of an id, and stands beside another name. */
function asSeen(target: FoundTarget): FoundTarget {
  const { seen, campaign, unread, calledNow: _earlier, ...rest } = target;
  if (!seen) return target;
  const { id, name } = seen;
  if (unread || campaign.name === name) return { ...rest, campaign: { id, name }, seen };
  return { ...rest, campaign, seen, calledNow: name };
}
