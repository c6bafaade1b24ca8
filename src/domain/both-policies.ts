import type { Change } from "./change.ts";
import { withEarlierVotes } from "./earlier-votes.ts";
import type { Person } from "./person.ts";
import type { ApprovalStep, Approving, Verdict } from "./policy.ts";
import { chainsOf } from "./progress.ts";

type Chain = readonly ApprovalStep[];

/**
 * The change as it asks once the policy of this moment is heard too: for all that it asked before, and for every chain
 * of steps that only the policy of now has. The very same change where nothing comes to it.
 */
export function askingBoth(change: Change, now: Verdict, asker: Person): Change {
  const { verdict } = change;
  if (verdict.kind !== "approve" || now.kind !== "approve") return change;
  const heard = change.escalatedAt ? verdict : silencedBy(verdict, now);
  const added = addedChains(change, verdict, now).map((chain) =>
    withEarlierVotes(chain, change, asker),
  );
  if (added.length === 0) return heard === verdict ? change : { ...change, verdict: heard };
  const notify = [...new Set([...(heard.notify ?? []), ...(now.notify ?? [])])];
  const steps = added.flatMap((chain, index) =>
    chain.map((step) => ({ ...step, chain: verdict.steps.length + index })),
  );
  return {
    ...change,
    verdict: {
      ...heard,
      steps: [...verdict.steps, ...steps],
      ...(notify.length > 0 && { notify }),
    },
  };
}

function addedChains({ escalatedAt }: Change, asked: Approving, now: Approving): Chain[] {
  const kept = chainsOf(asked.steps);
  // Whom the policy calls late, it has called by then.
  const late = escalatedAt ? calledLate(now) : [];
  return chainsOf(now.steps)
    .map((chain) => chain.map((step) => ({ ...step, from: [...step.from, ...late] })))
    .filter((chain) => !kept.some((one) => isAsStrict(one, chain)));
}

/** Whoever has completed the one has completed the other as well. */
function isAsStrict(one: Chain, other: Chain): boolean {
  return other.every(({ from, count, self }, place) => {
    const step = one[place];
    if (!step || step.count < count || (step.self && !self)) return false;
    return step.from.every((id) => from.includes(id));
  });
}

/** When nobody decides, nothing happens but what both let happen. */
function silencedBy(asked: Approving, now: Approving): Approving {
  if (asked.onTimeout === "allow")
    return now.onTimeout === "allow" ? asked : { ...asked, onTimeout: "expire" };
  const before = calledLate(asked);
  const escalate = before.filter((id) => calledLate(now).includes(id));
  if (escalate.length === before.length) return asked;
  return { ...asked, onTimeout: escalate.length > 0 ? { escalate } : "expire" };
}

function calledLate({ onTimeout }: Approving): readonly string[] {
  return typeof onTimeout === "object" ? onTimeout.escalate : [];
}
