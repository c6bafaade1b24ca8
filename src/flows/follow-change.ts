import type { Change } from "../domain/change.ts";
import type { Person } from "../domain/person.ts";
import { newJob } from "../queue/kinds.ts";
import { loadChange } from "../store/changes.ts";
import type { NewJob } from "../store/jobs.ts";
import type { World } from "../world.ts";
import type { ChangeKey } from "./move-change.ts";
import { refusePerson } from "./refuse-person.ts";
import { type Lost, type SameCampaigns, sameCampaigns } from "./same-campaigns.ts";
import { type Submission, type Submitted, submitFound, submittedEarlier } from "./submit-change.ts";
import { withoutLost } from "./without-lost.ts";

/** `lost` are campaigns of the earlier change that the new one leaves out. */
export type Followed =
  | Exclude<Submitted, { kind: "submitted" }>
  | (Extract<Submitted, { kind: "submitted" }> & { lost?: readonly LostWords[] })
  | { kind: "nothing_to_do"; sentence: string };

/**
 * What can follow a change that has ended is a new one: the same action on the campaigns where it
 * did not succeed, judged by the policy as it is now. Undefined: no such change in this workspace.
 */
export async function tryAgain(
  world: World,
  key: ChangeKey,
  by: Person,
  requestKey: string,
  heardAt = world.now(),
): Promise<Followed | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (!change) return undefined;
  const nobodyDecided = change.state === "expired";
  const left = change.targets.filter(
    ({ state, watch }) =>
      nobodyDecided ||
      state === "failed" ||
      state === "refused" ||
      state === "needs_attention" ||
      watch === "changed",
  );
  if (change.endedAt === undefined || left.length === 0) {
    return {
      kind: "nothing_to_do",
      sentence: "There is nothing to try again here. Nothing was changed.",
    };
  }
  if (change.until && change.until <= world.now()) {
    return {
      kind: "nothing_to_do",
      sentence:
        "The time until which this was to last is over. Nothing was changed. Type the command with another time if it is still wanted.",
    };
  }
  const nobody = await refusePerson(world, key.workspace, by, change.action);
  if (nobody) return nobody;
  const same = await sameCampaigns(world, key.workspace, left);
  const again = { ...wishAgain(change), ...(change.stop && { stop: true }) };
  return submitSame(world, { ...again, by, requestKey, heardAt }, same);
}

/** A new change of the very campaigns of an earlier one; those of which nothing more can be done are left out and named. */
export async function submitSame(
  world: World,
  wish: Submission,
  same: SameCampaigns,
): Promise<Followed> {
  const submission = { ...wish, heardAt: wish.heardAt ?? world.now() };
  const earlier = await submittedEarlier(world, submission);
  if (earlier) return { kind: "submitted", change: earlier };
  const { there, lost } = await withoutLost(world, submission, same);
  const [first] = lost;
  if (there.length > 0) {
    const jobs = (change: Change) => lostJobs(change, lost);
    const submitted = await submitFound(world, { ...submission, jobs }, there);
    return submitted.kind === "submitted" && first
      ? { ...submitted, lost: lost.map(wordsOf) }
      : submitted;
  }
  const why = [...new Set(lost.map(({ sentence }) => sentence))].join(" ");
  return { kind: "nothing_to_do", sentence: `${why} Nothing was changed.`.trim() };
}

/** Said in the thread of the new card, where whoever decides on it reads. */
function lostJobs({ workspace, id: changeId }: Change, lost: readonly Lost[]): NewJob[] {
  if (lost.length === 0) return [];
  const payload = { changeId, lost: lost.map(wordsOf) };
  return [newJob("tell_lost", workspace, payload, { key: `lost:${workspace}:${changeId}` })];
}

/** For people: which campaign, as `connection:id`, and why. */
export interface LostWords {
  campaign: string;
  why: string;
}

function wordsOf({ target, sentence: why }: Lost): LostWords {
  return { campaign: nameOfLost(target), why };
}

export function nameOfLost({ connection, campaign }: Lost["target"]): string {
  return `${connection}:${campaign.id}`;
}

/** The same wish, as one that follows from it; its campaigns come from `sameCampaigns`. */
export function wishAgain(change: Change) {
  return {
    workspace: change.workspace,
    channel: change.channel,
    action: change.action,
    follows: change.id,
    ...(change.reason !== undefined && { reason: change.reason }),
    ...(change.until && { until: change.until }),
  };
}
