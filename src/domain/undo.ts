import type { Action, CampaignRef } from "./campaign.ts";
import type { Change, Target } from "./change.ts";
import { isOwed } from "./ratify.ts";

export type Undo =
  /** The opposite of what was done, and the campaigns it is for. */
  | { kind: "possible"; action: Action; targets: readonly Target[] }
  | { kind: "impossible"; sentence: string };

const longestMs = 24 * 60 * 60 * 1000;
const opposite = { pause: "resume", resume: "pause" } as const;

/** What pressing Undo would ask for. `overtaken` are those of its campaigns that a newer change is about. */
export function undo(
  change: Change,
  overtaken: readonly Pick<CampaignRef, "connectionId" | "campaign">[],
  now: Date,
): Undo {
  const { action, state, endedAt, ratified, targets } = change;
  if (action === "cancel") return no("What was cancelled is not brought back by a press.");
  if ((state !== "done" && state !== "partly") || !endedAt)
    return no("Only what is done can be undone.");
  if (isOwed(change)) return no("Somebody still has to ratify or reverse this: Reverse undoes it.");
  const takenBack = ratified?.kind === "reversed" || ratified?.kind === "reverted";
  if (takenBack && ratified.nothing === undefined) return no("This is being taken back already.");
  if (now.getTime() - endedAt.getTime() > longestMs)
    return no(
      `This was done more than a day ago. If it is still wanted, type /campaign ${opposite[action]}.`,
    );
  const ours = targets.filter((target) => target.state === "done" && mayStand(target));
  if (ours.length === 0) return no("None of its campaigns stands as it is by this change.");
  const left = ours.filter(
    (target) => target.watch !== "overtaken" && !overtaken.some((one) => isSame(one, target)),
  );
  if (left.length === 0) return no("A newer change of its campaigns has come since.");
  return { kind: "possible", action: opposite[action], targets: left };
}

/** What could not be confirmed may stand, and taking it back is then as good as ever. */
function mayStand({ watch }: Target): boolean {
  return watch !== "changed" && watch !== "ended";
}

function isSame(
  one: Pick<CampaignRef, "connectionId" | "campaign">,
  other: Pick<CampaignRef, "connectionId" | "campaign">,
): boolean {
  return one.connectionId === other.connectionId && one.campaign.id === other.campaign.id;
}

function no(why: string): Undo {
  return { kind: "impossible", sentence: `${why} Nothing was changed.` };
}
