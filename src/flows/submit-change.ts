import type { Action } from "../domain/campaign.ts";
import type { Change } from "../domain/change.ts";
import { mostAtStop, mostInChange } from "../domain/how-many.ts";
import { once } from "../domain/identity.ts";
import { judge } from "../domain/judge.ts";
import { judgeWithLeave } from "../domain/judge-with-leave.ts";
import type { Person } from "../domain/person.ts";
import type { Policy, Verdict } from "../domain/policy.ts";
import type { StopScope } from "../domain/stop-scope.ts";
import type { Chosen, TargetText } from "../domain/target-text.ts";
import { type WhoCan, whoCouldAsk } from "../domain/who-could.ts";
import { loadChange, openChangeFor } from "../store/changes.ts";
import { commit, type Step } from "../store/commit.ts";
import { CampaignTaken, isUniqueViolation } from "../store/errors.ts";
import type { NewJob } from "../store/jobs.ts";
import { appendOnce } from "../store/repeats.ts";
import type { World } from "../world.ts";
import { firstJobs, showJob } from "./change-jobs.ts";
import { type FoundTarget, findWished, type NotFound } from "./find-wished.ts";
import { idFrom } from "./ids.ts";
import { knowNames } from "./know-names.ts";
import { loadPolicy } from "./load-policy.ts";
import { newChange } from "./new-change.ts";
import { redrawOvertaken } from "./redraw-overtaken.ts";
import { refusePerson } from "./refuse-person.ts";
import { seekCards } from "./seek-cards.ts";
import { withNotes } from "./standing-note.ts";
import { StoppedMeanwhile, stopSince } from "./stopped-since.ts";
import { whyImpossible, whyPointless } from "./why-not.ts";

/** A wish as it came in. `requestKey` makes a second run of the same request find the first one's change. */
export interface Submission {
  workspace: string;
  requestKey: string;
  by: Person;
  /** Where it was asked; the card goes there unless the policy names a channel. */
  channel: string;
  action: Action;
  reason?: string;
  until?: Date;
  follows?: string;
  /** When it was asked for, if that is longer ago than the work on it: an emergency stop since then ends a resume. */
  heardAt?: Date;
  /** The emergency stop: judged as `stop`, done as a pause. */
  stop?: boolean;
  /** Of an emergency stop: what of it is still to come, and what it leaves out. */
  scope?: StopScope;
  /** A rule that has given its leave already, by name: only a deny still stands in the way. */
  leave?: string;
  /** What is to follow beside what always follows, committed with it. */
  jobs?: (change: Change) => readonly NewJob[];
}

/** A wish that names its campaigns in words, or has chosen them; once they are found it holds identities and no words. */
export interface TypedSubmission extends Submission {
  targets: readonly (TargetText | Chosen)[];
}

export type Submitted =
  | { kind: "submitted"; change: Change }
  /** `who` could, where the reason is that this person may not. */
  | { kind: "refused"; sentence: string; who?: WhoCan }
  | NotFound;

/** Wish to change on record, or the reason why not. Stopping is not gated by a read; starting is. */
export async function submitChange(
  world: World,
  { targets, ...wish }: TypedSubmission,
): Promise<Submitted> {
  const submission = { ...wish, heardAt: wish.heardAt ?? world.now() };
  const earlier = await submittedEarlier(world, submission);
  if (earlier) return { kind: "submitted", change: earlier };
  const { workspace, by, action } = submission;
  const nobody = await refusePerson(world, workspace, by, action);
  if (nobody) return nobody;
  const found = await findWished(world, workspace, targets);
  if (found.kind === "gone") return refused(found.sentence);
  return found.kind === "found" ? submitFound(world, submission, found.targets) : found;
}

/** What an earlier run of the same request has put on record. */
export function submittedEarlier(
  world: World,
  submission: Pick<Submission, "workspace" | "requestKey">,
): Promise<Change | undefined> {
  const { workspace } = submission;
  return world.store.read((q) => loadChange(q, workspace, idOf(submission)));
}

/** The same for campaigns that are found already. */
export async function submitFound(
  world: World,
  submission: Submission,
  given: readonly FoundTarget[],
): Promise<Submitted> {
  const { heardAt = world.now() } = submission;
  const found = once(given);
  const { workspace, action, by, stop, leave, follows } = submission;
  const most = stop || (leave ?? follows) !== undefined ? mostAtStop : mostInChange;
  const impossible = whyImpossible(world, action, found, most);
  if (impossible) return refused(impossible);
  const wish = { action: stop ? ("stop" as const) : action, by };
  const before = await loadPolicy(world, workspace);
  const asking = { ...wish, targets: found, at: world.now() };
  const targets = await knowNames(world, workspace, before.policy, asking);
  // Reading may have taken a while.
  const { policy, version } = await loadPolicy(world, workspace);
  const at = world.now();
  const asked = { ...wish, targets, at };
  const verdict = leave === undefined ? judge(policy, asked) : judgeWithLeave(policy, asked, leave);
  if (verdict.kind === "deny") {
    await recordRefusal(world, submission, targets, verdict);
    return refused(verdict.sentence, { deed: "ask", from: whoCouldAsk(policy, asked) });
  }
  const pointless = verdict.kind === "approve" && whyPointless(world, action, targets);
  if (pointless) return refused(pointless);
  const channel = policy.channel ?? submission.channel;
  const id = idOf(submission);
  const standing = await withNotes(world, workspace, targets);
  const decided = { id, at, targets: standing, verdict, policyVersion: version, channel };
  const change = newChange(submission, decided);
  const jobs = submission.jobs?.(change) ?? [];
  return putOnRecord(world, change, { jobs, policy, heardAt });
}

function idOf({ workspace, requestKey }: Pick<Submission, "workspace" | "requestKey">): string {
  return idFrom("chg", workspace, requestKey);
}

function refused(sentence: string, who?: WhoCan): Submitted {
  return { kind: "refused", sentence, ...(who && { who }) };
}

async function putOnRecord(
  world: World,
  change: Change,
  { jobs, policy, heardAt }: { jobs: readonly NewJob[]; policy: Policy; heardAt: Date },
): Promise<Submitted> {
  try {
    await world.store.write(async (q) => {
      await commit(q, firstStep(change, jobs));
      // After the record was written to, so that a stop at this very moment waits and then finds the resume.
      const stop =
        change.action === "resume" && (await stopSince(q, policy, { ...change, heardAt }));
      if (stop) throw new StoppedMeanwhile(stop);
    });
  } catch (error) {
    if (error instanceof StoppedMeanwhile) return stoppedMeanwhile(world, change, error);
    return afterClash(world, change, error);
  }
  world.wake();
  return { kind: "submitted", change };
}

function firstStep(change: Change, more: readonly NewJob[]): Step {
  const { workspace, id, askedAt, askedBy, targets, verdict, reason } = change;
  const action = change.stop ? "stop" : change.action;
  const campaigns = targets.map(({ connection, campaign }) => `${connection}:${campaign.id}`);
  const detail = { action, campaigns, reason, verdict: verdict.kind, rule: verdict.rule };
  return {
    workspace,
    at: askedAt,
    actor: askedBy,
    change: { after: change },
    also: (q) => redrawOvertaken(q, change),
    audit: [{ event: "asked", subject: id, detail }],
    jobs: [showJob({ workspace, changeId: id }, 1), ...firstJobs(change), ...more],
  };
}

async function stoppedMeanwhile(
  world: World,
  { workspace, askedBy: actor, action, targets }: Change,
  { stop }: StoppedMeanwhile,
): Promise<Submitted> {
  const campaigns = targets.map(({ connection, campaign }) => `${connection}:${campaign.id}`);
  const detail = { action, targets: campaigns, stop: stop.id };
  const audit = [{ event: "refused", subject: actor, detail }];
  await world.store.write((q) => commit(q, { workspace, at: world.now(), actor, audit }));
  return refused(
    "An emergency stop came in after this resume was asked for, so nothing was resumed. Ask again if it is still wanted.",
  );
}

/** The same request was worked twice at once, or another was faster with one of its campaigns. */
async function afterClash(world: World, change: Change, error: unknown): Promise<Submitted> {
  const taken = error instanceof CampaignTaken;
  if (!taken && !isUniqueViolation(error)) throw error;
  const ours = await world.store.read((q) => loadChange(q, change.workspace, change.id));
  if (ours) return { kind: "submitted", change: ours };
  if (!taken) throw error;
  return alreadyOpen(world, change);
}

/** One open change per campaign: the second asker is shown the first one's. */
async function alreadyOpen(world: World, change: Change): Promise<Submitted> {
  for (const { connectionId, campaign } of change.targets) {
    const openChange = await world.store.read((q) =>
      openChangeFor(q, change.workspace, connectionId, campaign.id),
    );
    if (!openChange) continue;
    // Whoever is told of its card should find it.
    await seekCards(world, change.workspace, [openChange]);
    const waits = openChange.state === "waiting";
    const who = { deed: "withdraw", from: [openChange.askedBy] } as const;
    return refused(whyTaken(change.action, openChange, campaign.name), waits ? who : undefined);
  }
  return refused(
    "Another change of the same campaign ended at this very moment. Nothing was changed. Please ask again.",
  );
}

/** An opposite call that overtakes the first one could be undone by it, so nothing is queued behind an open change. */
function whyTaken(action: Action, open: Change, name: string): string {
  const stands = open.state === "waiting" ? "and waits for approval" : "and is being carried out";
  const nothing =
    open.action === action ? "Nothing was added" : `So nothing was done about your ${action}`;
  const next =
    open.state === "waiting"
      ? "Wait for the decision, or let whoever asked withdraw it."
      : "Wait for its card to end, then ask again if it is still wanted.";
  return `A ${open.action} of “${name}” is still open ${stands} (${open.id}). ${nothing}. ${next}`;
}

async function recordRefusal(
  world: World,
  submission: Submission,
  found: readonly FoundTarget[],
  verdict: Extract<Verdict, { kind: "deny" }>,
) {
  const targets = found.map(({ connection, campaign }) => `${connection}:${campaign.id}`);
  const { workspace, by, stop } = submission;
  const action = stop ? "stop" : submission.action;
  const line = {
    event: "refused",
    subject: by.id,
    detail: { action, targets, rule: verdict.rule },
  };
  await world.store.write((q) => appendOnce(q, { workspace, at: world.now(), actor: by.id, line }));
}
