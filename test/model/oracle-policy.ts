import type { Policy, PolicyAction, Rule } from "../../src/domain/policy.ts";
import { asSeen } from "./meaning.ts";
import type { Somebody } from "./truth.ts";

export interface Question {
  action: PolicyAction;
  by: Somebody;
  /** As it really is called. */
  name: string;
  id: string;
  connection: string;
  /** How many campaigns at once. */
  count: number;
}

/** What a policy says of one campaign: yes, no, or yes once so many of these have agreed. */
export type Says = "yes" | "no" | { from: readonly string[]; count: number };

/** The policy in a few lines: any deny that matches is a no, else the first rule that matches decides, else it is a no. */
export function says(policy: Policy, question: Question): Says {
  if (!question.by.here) return "no";
  const about = policy.rules.filter((rule) => speaksOf(rule, question));
  const [first] = about;
  if (!first || about.some(({ then }) => then === "deny")) return "no";
  const { then } = first;
  if (typeof then === "string" || "ratify" in then) return "yes";
  const [step] = [then.approve].flat();
  return { from: step?.from ?? [], count: step?.count ?? 1 };
}

/** Does a deny speak of it? Whatever has the leave of a rule already asks no more than that. */
export function denies(policy: Policy, question: Question): boolean {
  return (
    !question.by.here ||
    policy.rules.some((rule) => rule.then === "deny" && speaksOf(rule, question))
  );
}

function speaksOf({ when }: Rule, { action, by, name, id, connection, count }: Question): boolean {
  const { targets, requester } = when;
  return (
    (when.action?.includes(action) ?? true) &&
    (when.connection?.some((one) => asSeen(one) === asSeen(connection)) ?? true) &&
    (when.campaign?.some((glob) => fits(glob, name) || fits(glob, id)) ?? true) &&
    (requester === undefined || isOf(requester, by)) &&
    (targets === undefined || (count >= (targets.min ?? 0) && count <= (targets.max ?? count)))
  );
}

export function isOf(list: readonly string[], { id, admin, groups, here }: Somebody): boolean {
  const called = [
    id,
    ...groups,
    ...(here ? ["members"] : []),
    ...(here && admin ? ["admins"] : []),
  ];
  return list.some((one) => called.includes(one));
}

function fits(glob: string, text: string): boolean {
  const pattern = [...asSeen(glob)].map((one) =>
    one === "*" ? ".*" : one === "?" ? "." : one.replace(/[\\^$.|+()[\]{}]/, "\\$&"),
  );
  return new RegExp(`^${pattern.join("")}$`, "su").test(asSeen(text));
}
