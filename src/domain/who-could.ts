import type { Asked } from "./judge.ts";
import { underEachName } from "./known-names.ts";
import type { Policy, Rule } from "./policy.ts";
import { isAbout } from "./rule-match.ts";

/** What somebody was refused to do. */
export type Deed = "ask" | "decide" | "answer" | "withdraw";

/** Who could do it instead, as people, groups, `admins`, `members`, `guests`; nobody if the list is empty. */
export interface WhoCan {
  deed: Deed;
  from: readonly string[];
}

/**
 * Whom the policy would let ask for all of this at that moment, as people, groups, `admins`, `members`, `guests`.
 * Nobody if it lets nobody. Who is in which group is not looked up.
 */
export function whoCouldAsk(policy: Policy, { action, targets, at }: Omit<Asked, "by">): string[] {
  const occasion = { action, count: targets.length, at };
  const lists = targets
    .flatMap(underEachName)
    .map((target) => whoIn(policy.rules.filter((rule) => isAbout(rule, occasion, target))));
  const all = [...new Set(lists.flat())].filter((one) => lists.every((list) => covers(list, one)));
  return all.includes("members") ? all.filter((one) => one === "members" || one === "guests") : all;
}

function whoIn(rules: readonly Rule[]): string[] {
  const denied = rules.filter(({ then }) => then === "deny").map(askers);
  const allowed = rules.filter(({ then }) => then !== "deny").flatMap(askers);
  return allowed.filter((one) => !denied.some((list) => covers(list, one)));
}

function askers({ when, then }: Rule): readonly string[] {
  return when.requester ?? (then === "deny" ? ["members", "guests"] : ["members"]);
}

/** Members are everybody but guests, as far as the names alone can tell. */
function covers(list: readonly string[], one: string): boolean {
  return list.includes(one) || (list.includes("members") && one !== "guests");
}
