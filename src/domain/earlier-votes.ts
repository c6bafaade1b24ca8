import type { Change, Vote } from "./change.ts";
import { isCalled, type Person } from "./person.ts";
import type { ApprovalStep } from "./policy.ts";
import { stepsIn } from "./progress.ts";

/**
 * A chain that a change has not had so far, with the approvals that it already has: each counts for the step that was
 * at hand when it was given, if the record shows that this person could decide it.
 */
export function withEarlierVotes(
  chain: readonly ApprovalStep[],
  change: Change,
  asker: Person,
): ApprovalStep[] {
  const filled = [...chain];
  for (const vote of change.votes) {
    const place = filled.findIndex(({ count, already = [] }) => already.length < count);
    const step = filled[place];
    if (!step || !isShown(vote, step, change, asker)) continue;
    filled[place] = { ...step, already: [...(step.already ?? []), vote.instead ?? vote.by] };
  }
  return filled;
}

/** What somebody was then is known from who they are, and from the steps that their vote counted for. */
function isShown(vote: Vote, { from, self }: ApprovalStep, change: Change, asker: Person): boolean {
  const who = vote.instead ?? vote.by;
  if (!self && [vote.by, who].some((id) => isCalled(asker, id))) return false;
  if (from.includes(who) || (from.includes("members") && who === vote.by)) return true;
  return stepsIn(change).some(
    (step, place) => vote.steps.includes(place) && step.from.every((id) => from.includes(id)),
  );
}
