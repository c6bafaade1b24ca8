import type { Change } from "./change.ts";
import { judge } from "./judge.ts";
import type { Policy } from "./policy.ts";
import { askerOf } from "./replay.ts";
import { isPast } from "./time-out.ts";

/**
 * The change as it is once its time is over. Nobody's word lets it go ahead only where the policy it was asked under
 * does and the policy of that moment does as well; else it expires. The very same change where nothing comes to that.
 */
export function atItsDeadline(change: Change, policy: Policy, now: Date): Change {
  const { verdict, targets } = change;
  if (verdict.kind !== "approve" || verdict.onTimeout !== "allow" || !isPast(change, now))
    return change;
  const action = change.stop ? "stop" : change.action;
  const today = judge(policy, { action, by: askerOf(change), targets, at: now });
  const asks = today.kind === "approve" && today.onTimeout !== "allow";
  if (today.kind !== "deny" && !asks) return change;
  return { ...change, verdict: { ...verdict, onTimeout: "expire" } };
}
