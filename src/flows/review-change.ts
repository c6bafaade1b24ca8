import type { Change } from "../domain/change.ts";
import { asking, decidedBy, voted, withdrawn } from "../domain/change-steps.ts";
import type { Person } from "../domain/person.ts";
import { type Press, type Review, review } from "../domain/review.ts";
import { atItsDeadline } from "../domain/silence.ts";
import { withdraw } from "../domain/withdraw.ts";
import { loadChange } from "../store/changes.ts";
import type { World } from "../world.ts";
import { applyJobs, tellJob } from "./change-jobs.ts";
import { loadPolicy } from "./load-policy.ts";
import { type ChangeKey, type Move, moveChange } from "./move-change.ts";
import { runOut } from "./time-out.ts";

/** What a ballot would come to, with nothing put on record. */
export async function previewReview(
  world: World,
  key: ChangeKey,
  ballot: Press,
): Promise<{ change: Change; review: Review } | undefined> {
  const { policy } = await loadPolicy(world, key.workspace);
  const found = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  const change = found && atItsDeadline(found, policy, world.now());
  return change && { change, review: review(change, ballot, world.now(), policy) };
}

/**
 * A press of Approve or Deny. Undefined: there is no such change in this workspace. A press that counts nowhere is only
 * read about, so that a crowd that comes too late keeps nobody from writing.
 */
export async function reviewChange(
  world: World,
  key: ChangeKey,
  ballot: Press,
): Promise<Review | undefined> {
  const preview = await previewReview(world, key, ballot);
  if (preview?.review.kind === "not_counted") return preview.review;
  const { policy } = await loadPolicy(world, key.workspace);
  return moveChange<Review>(world, key, ballot.by.id, (found) => {
    const change = atItsDeadline(found, policy, world.now());
    const result = review(change, ballot, world.now(), policy);
    switch (result.kind) {
      case "not_counted":
        return { result };
      case "expired":
        return { ...runOut(change, world.now()), result };
      case "counted":
        return {
          result,
          after: voted(asked(change, result), result.vote),
          audit: [voteLine(change, result)],
        };
      case "decided":
        return { ...decision(change, result), result };
    }
  });
}

function decision(
  change: Change,
  result: Extract<Review, { kind: "decided" }>,
): Omit<Move<unknown>, "result"> {
  const { state, vote } = result;
  const after = decidedBy(asked(change, result), state, vote);
  return {
    after,
    audit: [voteLine(change, result), { event: state, subject: change.id, detail: {} }],
    jobs:
      state === "approved"
        ? applyJobs(after)
        : [tellJob({ workspace: change.workspace, changeId: change.id })],
  };
}

interface Withdrawn {
  withdrawn: boolean;
  sentence: string;
  /** Who can, where that is the reason. */
  whoCan?: readonly string[];
}

/** The asker takes it back while nobody has decided. */
export async function withdrawChange(
  world: World,
  key: ChangeKey,
  by: Person,
): Promise<Withdrawn | undefined> {
  const { policy } = await loadPolicy(world, key.workspace);
  return moveChange<Withdrawn>(world, key, by.id, (found) => {
    const change = atItsDeadline(found, policy, world.now());
    const answer = withdraw(change, by, world.now());
    if (answer.kind === "expired") {
      return {
        ...runOut(change, world.now()),
        result: { withdrawn: false, sentence: answer.sentence },
      };
    }
    if (answer.kind !== "withdrawn") {
      const { kind: _kind, ...why } = answer;
      return { result: { withdrawn: false, ...why } };
    }
    return {
      result: { withdrawn: true, sentence: "Withdrawn. Nothing was changed." },
      after: withdrawn(change, world.now()),
      audit: [{ event: "withdrawn", subject: change.id, detail: {} }],
    };
  });
}

type Counted = Extract<Review, { vote: unknown }>;

/** The change with what the policy of this vote asks for besides, so that its card and later votes go by that too. */
function asked(change: Change, { asks }: Counted): Change {
  return asks ? asking(change, asks) : change;
}

function voteLine(change: Change, { vote: { kind, reason, steps }, asks }: Counted) {
  return { event: "voted", subject: change.id, detail: { kind, reason, steps, asks } };
}
