import type { Change, Target } from "../domain/change.ts";
import type { Person } from "../domain/person.ts";
import { leftOurPause, type Plan, planOf, type Wished } from "../domain/plan.ts";
import { loadChange } from "../store/changes.ts";
import { storiesOf, storyKey } from "../store/stories.ts";
import { isPassing } from "../vendors/failure.ts";
import type { World } from "../world.ts";
import {
  type Followed,
  type LostWords,
  nameOfLost,
  submitSame,
  wishAgain,
} from "./follow-change.ts";
import { idFrom } from "./ids.ts";
import type { ChangeKey } from "./move-change.ts";
import { type NotEnded, noteNotEnded } from "./note-not-ended.ts";
import { openConnection } from "./open-connection.ts";
import { sameCampaigns } from "./same-campaigns.ts";
import { readCampaign } from "./scene.ts";
import { plannedAt } from "./stopped-since.ts";
import { submittedEarlier } from "./submit-change.ts";

/** The resume that a planned end has asked for. */
interface PauseEnd {
  change: Change;
  submitted: Followed;
}

type PersonOf = (id: string) => Promise<Person>;

/** So long a platform that does not answer is waited for; and how long between two looks. */
const readWithinMs = 5 * 60_000;
const lookAgainMs = 30_000;

/** The planned end of a pause as soon as its time has come and its campaigns can be read; `again` says when to look. */
export async function endPauseInTime(
  world: World,
  key: ChangeKey,
  personOf: PersonOf,
): Promise<PauseEnd | { again: Date } | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (!change?.until) return undefined;
  const waited = world.now().getTime() - change.until.getTime();
  if (waited < 0) return { again: change.until };
  const heardAt = await plannedAt(world, key.workspace, world.now());
  const looks = await lookAtAll(world, change);
  if (waited < readWithinMs && looks.some(({ unread }) => unread))
    return { again: new Date(world.now().getTime() + lookAgainMs / world.haste) };
  return end(world, change, { looks, heardAt }, personOf);
}

/**
 * The planned end of a pause. Where the plan still stands, and the platform shows what our pause left, resuming is
 * asked for in the asker's name and judged like any resume. Undefined: there is nothing to resume.
 */
export async function endPause(
  world: World,
  key: ChangeKey,
  personOf: PersonOf,
): Promise<PauseEnd | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (!change) return undefined;
  const heardAt = await plannedAt(world, key.workspace, world.now());
  return end(world, change, { looks: await lookAtAll(world, change), heardAt }, personOf);
}

async function end(
  world: World,
  change: Change,
  { looks, heardAt }: { looks: readonly Look[]; heardAt: Date },
  personOf: PersonOf,
): Promise<PauseEnd | undefined> {
  const { workspace, id: changeId } = change;
  const key = { workspace, changeId };
  const requestKey = idFrom("end", workspace, changeId);
  const earlier = await submittedEarlier(world, { workspace, requestKey });
  if (earlier) return { change, submitted: { kind: "submitted", change: earlier } };
  const left = looks.flatMap(({ target, plan }) =>
    plan.kind === "stands" ? [] : [{ target, plan }],
  );
  await noteNotEnded(world, key, left);
  const standing = looks.filter(({ plan }) => plan.kind === "stands").map(({ target }) => target);
  if (standing.length === 0) return undefined;
  const { until: _ended, ...wish } = wishAgain({ ...change, action: "resume" });
  const by = await personOf(change.askedBy);
  const reason = `The planned end of the pause ${change.id} has come.`;
  const same = await sameCampaigns(world, workspace, standing);
  const submitted = await submitSame(world, { ...wish, by, requestKey, reason, heardAt }, same);
  if (submitted.kind === "submitted")
    await noteNotEnded(world, key, lostOf(standing, submitted.lost ?? []));
  return { change, submitted };
}

function lostOf(standing: readonly Target[], lost: readonly LostWords[]): NotEnded[] {
  return lost.flatMap(({ campaign, why: sentence }) =>
    standing
      .filter((one) => nameOfLost(one) === campaign)
      .map((target) => ({ target, plan: { kind: "found" as const, sentence } })),
  );
}

interface Look {
  target: Target;
  plan: NotEnded["plan"] | Extract<Plan, { kind: "stands" }>;
  /** It may be read later. */
  unread?: true;
}

async function lookAtAll(world: World, change: Change): Promise<Look[]> {
  const plans = await plansOf(world, change);
  return Promise.all(
    plans.map(async ({ target, plan }): Promise<Look> => {
      if (plan.kind !== "stands") return { target, plan };
      const found = await lookAt(world, change, target, plan.root);
      if (!found) return { target, plan };
      const { sentence, passing } = found;
      return { target, plan: { kind: "found", sentence }, ...(passing && { unread: true }) };
    }),
  );
}

/** Undefined: it stands as our pause left it. */
async function lookAt(
  world: World,
  { workspace }: Change,
  target: Target,
  root: Wished,
): Promise<{ sentence: string; passing?: true } | undefined> {
  const opened = await openConnection(world, workspace, target.connectionId, "");
  // Whatever follows a change says itself that a connection or a campaign is gone.
  if (opened.kind === "gone") return undefined;
  const unread = `${target.connection} could not be read, so it is not known whether it still stands paused by this.`;
  if (opened.kind !== "open") return { sentence: unread };
  const read = await readCampaign(opened.account, target.campaign.id);
  if (read.kind === "campaign") {
    const sentence = leftOurPause(root, read.campaign);
    return sentence === undefined ? undefined : { sentence };
  }
  if (read.failure.facts.kind === "not_found") return undefined;
  return { sentence: unread, ...(isPassing(read.failure) && { passing: true }) };
}

/** What has become of the planned end of a pause, for each of its campaigns, going by the record. */
export async function plansOf(
  world: Pick<World, "store">,
  change: Change,
): Promise<{ target: Target; plan: Plan }[]> {
  const { workspace, id, targets } = change;
  const stories = await world.store.read((q) => storiesOf(q, workspace, targets));
  return targets.map((target) => ({
    target,
    plan: planOf(id, stories.get(storyKey(target)) ?? []),
  }));
}
