import leven from "leven";
import type { Campaign } from "./campaign.ts";
import { folded } from "./glob.ts";

const longest = 100;

/** The `most` campaigns whose name or id is spelt most like `wanted`, the best first. */
export function nearestNames<One extends { campaign: Pick<Campaign, "id" | "name"> }>(
  wanted: string,
  campaigns: readonly One[],
  most: number,
): One[] {
  return campaigns
    .map((one) => ({ one, distance: distanceTo(folded(wanted).slice(0, longest), one.campaign) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ one }) => one);
}

/** 0 is the same text, 1 has nothing in common. A shared word counts as half of the way. */
function distanceTo(wanted: string, { id, name }: Pick<Campaign, "id" | "name">): number {
  const given = folded(name).slice(0, longest);
  const words = wanted.split(" ").filter((word) => word.length > 2);
  const shares = words.some((word) => given.includes(word));
  return Math.min(
    apart(wanted, given) * (shares ? 0.5 : 1),
    apart(wanted, folded(id).slice(0, longest)),
  );
}

function apart(one: string, other: string): number {
  return leven(one, other) / Math.max(one.length, other.length, 1);
}
