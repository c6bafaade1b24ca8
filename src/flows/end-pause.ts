import type { Change, Target } from "../domain/change.ts";
import type { Person } from "../domain/person.ts";
import { loadChange } from "../store/changes.ts";
import { pausedBy } from "../store/paused.ts";
import type { World } from "../world.ts";
import { type Followed, submitSame, wishAgain } from "./follow-change.ts";
import { idFrom } from "./ids.ts";
import type { ChangeKey } from "./move-change.ts";
import { sameCampaigns } from "./same-campaigns.ts";

/**
 * The planned end of a pause: resuming is asked for in the asker's name and judged like any resume.
 * Undefined: none of its campaigns stands paused by this change any more.
 */
export async function endPause(
  world: World,
  key: ChangeKey,
  personOf: (id: string) => Promise<Person>,
): Promise<{ change: Change; submitted: Followed } | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  const paused = change ? await stillPaused(world, change) : [];
  if (!change || paused.length === 0) return undefined;
  const { until: _ended, ...wish } = wishAgain({ ...change, action: "resume" });
  const submission = {
    ...wish,
    by: await personOf(change.askedBy),
    requestKey: idFrom("end", change.workspace, change.id),
    reason: `The planned end of the pause ${change.id} has come.`,
  };
  const same = await sameCampaigns(world, change.workspace, paused);
  const submitted = await submitSame(world, submission, same);
  return { change, submitted };
}

/** Whoever resumed one of them, or paused it anew, has ended our plan for it. */
export async function stillPaused(world: World, change: Change): Promise<Target[]> {
  const standing = await world.store.read((q) => pausedBy(q, change.workspace));
  const ours = standing.filter(({ changeId }) => changeId === change.id);
  return change.targets.filter(({ connectionId, campaign }) =>
    ours.some((one) => one.connectionId === connectionId && one.campaign.id === campaign.id),
  );
}
