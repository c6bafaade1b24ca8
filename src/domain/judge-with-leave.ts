import { type Asked, judge } from "./judge.ts";
import type { Policy, Verdict } from "./policy.ts";
import { isAbout, isAskedBy } from "./rule-match.ts";

/** What the policy says where a rule has given its leave already: only a deny still stands in the way. */
export function judgeWithLeave(policy: Policy, asked: Asked, leave: string): Verdict {
  const { action, by, targets, at } = asked;
  const occasion = { action, count: targets.length, at };
  const forbidden = policy.rules.some(
    (rule) =>
      rule.then === "deny" &&
      isAskedBy(rule, by, policy) &&
      targets.some((target) => isAbout(rule, occasion, target)),
  );
  return forbidden ? judge(policy, asked) : { kind: "allow", rule: leave };
}
