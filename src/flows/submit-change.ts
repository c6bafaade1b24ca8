import { type Action, vendorTitles } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import { judge } from "../domain/judge.ts";
import { nextMove } from "../domain/next-move.ts";
import type { Person } from "../domain/person.ts";
import type { Verdict } from "../domain/policy.ts";
import type { TargetText } from "../domain/target-text.ts";
import { newJob } from "../queue/kinds.ts";
import { loadChange, openChangeFor } from "../store/changes.ts";
import { commit } from "../store/commit.ts";
import { CampaignTaken } from "../store/errors.ts";
import type { NewJob } from "../store/jobs.ts";
import type { World } from "../world.ts";
import { type FoundTarget, findWished, type NotFound } from "./find-wished.ts";
import { idFrom } from "./ids.ts";
import { loadPolicy } from "./load-policy.ts";
import { showJob } from "./move-change.ts";

/** A wish as it came in. `requestKey` makes a second run of the same request find the first one's change. */
export interface Submission {
  workspace: string;
  requestKey: string;
  by: Person;
  /** Where it was asked; the card goes there unless the policy names a channel. */
  channel: string;
  action: Action;
  targets: readonly TargetText[];
  reason?: string;
  until?: Date;
  follows?: string;
}

export type Submitted =
  | { kind: "submitted"; change: Change; cardChannel: string }
  | { kind: "refused"; sentence: string; openChange?: Change }
  | NotFound;

const mostTargets = 100;

/** Wish to change on record, or the reason why not. Stopping is not gated by a read; starting is. */
export async function submitChange(world: World, submission: Submission): Promise<Submitted> {
  const changeId = idFrom("chg", submission.workspace, submission.requestKey);
  const earlier = await world.store.read((q) => loadChange(q, submission.workspace, changeId));
  if (earlier) return { kind: "submitted", change: earlier, cardChannel: earlier.channel };
  const found = await findWished(world, submission.workspace, submission.targets);
  if (found.kind !== "found") return found;
  if (found.targets.length > mostTargets) {
    return refused(
      `That is ${found.targets.length} campaigns; one change takes at most ${mostTargets}. Nothing was changed.`,
    );
  }
  const impossible = whyImpossible(world, submission.action, found.targets);
  if (impossible) return refused(impossible);
  const policy = await loadPolicy(world, submission.workspace);
  const verdict = judge(policy.policy, {
    action: submission.action,
    by: submission.by,
    targets: found.targets,
  });
  if (verdict.kind === "deny") {
    await recordRefusal(world, submission, verdict);
    return refused(verdict.sentence);
  }
  if (verdict.kind === "approve") {
    const pointless = whyPointless(world, submission.action, found.targets);
    if (pointless) return refused(pointless);
  }
  const change = newChange(world, submission, changeId, found.targets, verdict, policy.version);
  return putOnRecord(world, { ...change, channel: policy.policy.channel ?? submission.channel });
}

function refused(sentence: string): Submitted {
  return { kind: "refused", sentence };
}

function whyImpossible(
  world: World,
  action: Action,
  targets: readonly FoundTarget[],
): string | undefined {
  for (const { vendor } of targets) {
    const capability = world.vendors[vendor].capabilities[action];
    if ("cannot" in capability) return capability.cannot;
  }
  return undefined;
}

/** Nobody is asked to approve what cannot work or is so already. */
function whyPointless(
  world: World,
  action: Action,
  targets: readonly FoundTarget[],
): string | undefined {
  for (const target of targets) {
    const capability = world.vendors[target.vendor].capabilities[action];
    if (!target.seen || "cannot" in capability) continue;
    const fresh = { attempts: 0 };
    const title = vendorTitles[target.vendor];
    const move = nextMove(capability, target.seen, fresh, title, action);
    if (move.kind === "refused") return move.sentence;
    if (move.kind === "already" && targets.length === 1) {
      return `${title} already shows “${target.campaign.name}” as ${target.seen.word}. There is nothing to ask for.`;
    }
  }
  return undefined;
}

function newChange(
  world: World,
  submission: Submission,
  id: string,
  targets: readonly FoundTarget[],
  verdict: Exclude<Verdict, { kind: "deny" }>,
  policyVersion: number,
): Change {
  const now = world.now();
  const asked = {
    id,
    workspace: submission.workspace,
    action: submission.action,
    askedBy: submission.by.id,
    askedAt: now,
    channel: submission.channel,
    verdict,
    policyVersion,
    targets: targets.map((target, index) => newTarget(id, target, index)),
    votes: [],
    version: 1,
    ...(submission.reason !== undefined && { reason: submission.reason }),
    ...(submission.until && { until: submission.until }),
    ...(submission.follows !== undefined && { follows: submission.follows }),
  };
  if (verdict.kind === "allow") return { ...asked, state: "approved", decidedAt: now };
  return {
    ...asked,
    state: "waiting",
    expiresAt: new Date(now.getTime() + verdict.expiresAfterMs),
  };
}

function newTarget(
  changeId: string,
  { seen, connectionVersion, ...ref }: FoundTarget,
  index: number,
): Target {
  return {
    ...ref,
    id: `${changeId}.${index + 1}`,
    state: "queued",
    attempts: 0,
    reads: 0,
    stumbles: 0,
    connectionVersion,
    ...(seen && { before: seen.word }),
  };
}

async function putOnRecord(world: World, change: Change): Promise<Submitted> {
  const key = { workspace: change.workspace, changeId: change.id };
  const { action, targets, verdict, reason } = change;
  const campaigns = targets.map((target) => `${target.connection}:${target.campaign.id}`);
  try {
    await world.store.write((q) =>
      commit(q, {
        workspace: change.workspace,
        at: change.askedAt,
        actor: change.askedBy,
        change: { after: change },
        audit: [
          {
            event: "asked",
            subject: change.id,
            detail: { action, campaigns, reason, verdict: verdict.kind, rule: verdict.rule },
          },
        ],
        jobs: [showJob(key, 1), ...followUps(change)],
      }),
    );
  } catch (error) {
    if (!(error instanceof CampaignTaken)) throw error;
    return alreadyOpen(world, change);
  }
  world.wake();
  return { kind: "submitted", change, cardChannel: change.channel };
}

/** The jobs that follow from a change as it was asked, or once it is approved. */
function followUps(change: Change): NewJob[] {
  if (change.state === "approved") return applyJobs(change);
  const { workspace, id: changeId, expiresAt } = change;
  const when = { key: `expire:${workspace}:${changeId}`, runAt: expiresAt };
  return [newJob("expire_change", workspace, { changeId }, when)];
}

export function applyJobs({ workspace, id: changeId, targets }: Change): NewJob[] {
  return targets.map(({ id: targetId }) =>
    newJob(
      "apply_target",
      workspace,
      { changeId, targetId },
      { key: `apply:${workspace}:${targetId}` },
    ),
  );
}

/** One open change per campaign: the second asker is shown the first one's. */
async function alreadyOpen(world: World, change: Change): Promise<Submitted> {
  const again = await world.store.read((q) => loadChange(q, change.workspace, change.id));
  if (again) return { kind: "submitted", change: again, cardChannel: again.channel };
  for (const { connectionId, campaign } of change.targets) {
    const openChange = await world.store.read((q) =>
      openChangeFor(q, change.workspace, connectionId, campaign.id),
    );
    if (!openChange) continue;
    const sentence = `A ${openChange.action} of “${campaign.name}” is still open (${openChange.id}). Nothing was added. Wait for it to end, or withdraw it.`;
    return { kind: "refused", sentence, openChange };
  }
  return refused(
    "Another change of the same campaign ended at this very moment. Nothing was changed. Please ask again.",
  );
}

async function recordRefusal(
  world: World,
  submission: Submission,
  verdict: Extract<Verdict, { kind: "deny" }>,
) {
  const targets = submission.targets.map((text) => ("id" in text ? text.id : text.text));
  await world.store.write((q) =>
    commit(q, {
      workspace: submission.workspace,
      at: world.now(),
      actor: submission.by.id,
      audit: [
        {
          event: "refused",
          subject: submission.by.id,
          detail: { action: submission.action, targets, rule: verdict.rule },
        },
      ],
    }),
  );
}
