import { leftOurPause, type Wished } from "../domain/plan.ts";
import type { Lost, SameCampaigns } from "./same-campaigns.ts";

/** A campaign of a pause that is taken back, and the pause after which its platform first showed it paused. */
interface Paused {
  target: Lost["target"];
  root: Pick<Wished, "target">;
}

/**
 * What is taken back is our pause. What its platform, or somebody there, has paused for a reason of its own since is left
 * out with what it shows; what could not be read is judged by the record.
 */
export function asWeLeftIt(
  { there, lost }: SameCampaigns,
  paused: readonly Paused[],
): SameCampaigns {
  const left = there.flatMap((one): Lost[] => {
    const mine = paused.find(
      ({ target: { connectionId, campaign } }) =>
        connectionId === one.connectionId && campaign.id === one.campaign.id,
    );
    // One that does not stand paused at all needs no resume, and whoever asks for that says so.
    if (!mine || one.seen?.phase !== "paused") return [];
    const sentence = leftOurPause(mine.root, one.seen);
    return sentence === undefined ? [] : [{ target: mine.target, sentence }];
  });
  const isLeft = (one: SameCampaigns["there"][number]) =>
    left.some(
      ({ target: { connectionId, campaign } }) =>
        connectionId === one.connectionId && campaign.id === one.campaign.id,
    );
  return { there: there.filter((one) => !isLeft(one)), lost: [...lost, ...left] };
}
