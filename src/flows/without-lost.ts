import { type Action, vendorTitles } from "../domain/campaign.ts";
import { nextMove } from "../domain/next-move.ts";
import { loadChange, openCampaigns, openChangeFor } from "../store/changes.ts";
import type { World } from "../world.ts";
import { campaignKey } from "./find-exact.ts";
import type { FoundTarget } from "./find-wished.ts";
import { outcomeWords, sightOf } from "./outcome-words.ts";
import type { SameCampaigns } from "./same-campaigns.ts";

/**
 * What follows a change is asked for the campaigns for which it can be done now: one that has ended at its platform, or
 * that another change holds, must not keep the others from it. Where none is left to go on with, the answer is for all.
 */
export async function withoutLost(
  world: World,
  { workspace, action, follows }: { workspace: string; action: Action; follows?: string },
  { there, lost }: SameCampaigns,
): Promise<SameCampaigns> {
  const earlier = follows && (await world.store.read((q) => loadChange(q, workspace, follows)));
  const open = await world.store.read((q) => openCampaigns(q, workspace));
  const taken = new Set(open.map((one) => campaignKey(one.connectionId, one.campaignId)));
  const why = await Promise.all(
    there.map((one) =>
      taken.has(campaignKey(one.connectionId, one.campaign.id))
        ? whyTaken(world, workspace, one)
        : whyPointless(world, action, one),
    ),
  );
  const free = there.filter((_, place) => why[place] === undefined);
  if (!earlier || free.length === 0) return { there, lost };
  const left = there.flatMap((one, place) => {
    const target = earlier.targets.find(
      ({ connectionId, campaign }) =>
        connectionId === one.connectionId && campaign.id === one.campaign.id,
    );
    const sentence = why[place];
    return target && sentence !== undefined ? [{ target, sentence }] : [];
  });
  return { there: free, lost: [...lost, ...left] };
}

async function whyTaken(
  world: World,
  workspace: string,
  { connectionId, campaign }: FoundTarget,
): Promise<string> {
  const open = await world.store.read((q) =>
    openChangeFor(q, workspace, connectionId, campaign.id),
  );
  const which = open ? ` (${open.id})` : "";
  return `Another change of “${campaign.name}” is still open${which}.`;
}

/** A pause is never kept from anything by a read. */
function whyPointless(
  world: World,
  action: Action,
  { vendor, campaign, seen }: FoundTarget,
): string | undefined {
  const rule = world.vendors[vendor].capabilities[action];
  if (!seen || "cannot" in rule || action === "pause") return undefined;
  const fresh = { attempts: 0 };
  const move = nextMove(rule, seen, fresh);
  if (move.kind === "refused") {
    const target = { vendor, campaign, ...fresh };
    const sight = sightOf(rule, seen);
    return `“${campaign.name}”: ${outcomeWords({ action, target, rule, sight, why: move.why })}`;
  }
  return move.kind === "already"
    ? `${vendorTitles[vendor]} already shows “${campaign.name}” as ${seen.word}.`
    : undefined;
}
