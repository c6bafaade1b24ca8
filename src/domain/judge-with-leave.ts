import { type Asked, judge } from "./judge.ts";
import { isStopping } from "./judge-one.ts";
import { underEachName } from "./known-names.ts";
import type { Policy, Verdict } from "./policy.ts";
import { fitOf } from "./rule-match.ts";

/** What the policy says where a rule has given its leave already: only a deny, or one that could be, stands in the way. */
export function judgeWithLeave(policy: Policy, asked: Asked, leave: string): Verdict {
  const { action, by, targets, at } = asked;
  const occasion = { action, count: asked.count ?? targets.length, at };
  const stands = targets.flatMap(underEachName).some((target) =>
    policy.rules.some((rule) => {
      const fit = rule.then === "deny" ? fitOf(rule, occasion, by, policy, target) : "no";
      return fit === "yes" || (fit !== "no" && !isStopping(action));
    }),
  );
  return stands ? judge(policy, asked) : { kind: "allow", rule: leave, leave: true };
}
