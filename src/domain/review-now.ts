import type { Change } from "./change.ts";
import type { Person } from "./person.ts";
import type { Policy, Rule } from "./policy.ts";
import { isAbout, isAmong } from "./rule-match.ts";

/**
 * Would the policy of this moment still let this voter decide? The asker is known by id only, so a rule that
 * reaches them through a group does not count as leave to go without approval: in doubt the vote is refused.
 */
export function agreesNow(change: Change, voter: Person, policy: Policy): boolean {
  const rules = change.targets.map((target) =>
    policy.rules.filter((rule) => isAbout(rule, change.action, target)),
  );
  const all = rules.flat();
  if (all.some((rule) => rule.then === "deny" && surelyReaches(rule, change.askedBy))) return false;
  const asking = all.flatMap(({ then }) => (typeof then === "object" ? [then.approve.from] : []));
  if (asking.length > 0) return asking.some((from) => isAmong(from, voter, policy));
  return rules.every((about) => about.some((rule) => surelyReaches(rule, change.askedBy)));
}

function surelyReaches(rule: Rule, askedBy: string): boolean {
  const { requester } = rule.when;
  return !requester || requester.includes("members") || requester.includes(askedBy);
}
