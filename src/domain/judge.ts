import type { CampaignRef } from "./campaign.ts";
import { decidingRules, deniedUnsaid } from "./judge-one.ts";
import { underEachName } from "./known-names.ts";
import { isCalled, type Person } from "./person.ts";
import {
  type ApproveThen,
  type Approving,
  type Policy,
  type PolicyAction,
  type Ratifying,
  type RatifyThen,
  type Rule,
  stepsOf,
  type Verdict,
} from "./policy.ts";
import { isAskedBy, type Occasion } from "./rule-match.ts";
import { shorten } from "./shorten.ts";
import { together } from "./together.ts";
import { parseDuration } from "./when.ts";

export interface Asked {
  action: PolicyAction;
  by: Person;
  targets: readonly CampaignRef[];
  at: Date;
  /** How many campaigns at once, where these are some of them. */
  count?: number;
}

const eightHours = 8 * 60 * 60 * 1000;
const twelveHours = 12 * 60 * 60 * 1000;

/** What the policy says of a wish as a whole. One campaign that may not be touched refuses them all. */
export function judge(policy: Policy, { action, by, targets, at, count }: Asked): Verdict {
  const stranger = whyNobody(by, policy, action);
  if (stranger) return denied("", stranger);
  const occasion = { action, count: count ?? targets.length, at };
  const [first, ...others] = targets
    .flatMap(underEachName)
    .map((target) => judgeOne(policy, occasion, by, target));
  if (!first) return denied("", "No campaign was named. Nothing was changed.");
  return together([first, ...others]);
}

function judgeOne(policy: Policy, occasion: Occasion, by: Person, target: CampaignRef): Verdict {
  const deciding = decidingRules(policy, occasion, by, target);
  if (deciding.kind === "unsaid") return deniedUnsaid(deciding.unsaid, target);
  const what = `${occasion.action} “${shorten(target.campaign.name, 80)}”`;
  if (deciding.kind === "none")
    return denied("", `No rule of the policy lets you ${what}. Nothing was changed.`);
  const [first, ...others] = deciding.rules;
  return together([verdictOf(first, by, what), ...others.map((rule) => verdictOf(rule, by, what))]);
}

function verdictOf({ name, then }: Rule, by: Person, what: string): Verdict {
  if (then === "allow") return { kind: "allow", rule: name };
  if (then === "deny") {
    const sentence = `The policy does not let you ${what} (rule “${name}”). Nothing was changed.`;
    return denied(name, sentence);
  }
  return "ratify" in then ? ratification(name, then) : approval(name, then, by);
}

function approval(rule: string, then: ApproveThen, by: Person): Verdict {
  const steps = stepsOf(then).map(({ from, count = 1, self = false }) => ({ from, count, self }));
  for (const { from, count, self } of steps) {
    const named = new Set(from.filter((one) => self || !isCalled(by, one)));
    if (from.every(isPersonId) && named.size < count) {
      return denied(
        rule,
        `Too few people can approve this besides you (rule “${rule}” asks for ${count}). Nothing was changed.`,
      );
    }
  }
  const verdict: Approving = {
    kind: "approve",
    rule,
    steps: steps.map((step) => ({ ...step, chain: 0 })),
    expiresAfterMs: parseDuration(then.expires ?? "") ?? eightHours,
    ...(then.notify && { notify: then.notify }),
    ...(then.remind && { remindAfterMs: then.remind.flatMap((one) => parseDuration(one) ?? []) }),
    ...(then.on_timeout && { onTimeout: then.on_timeout }),
  };
  return verdict;
}

function ratification(rule: string, { ratify, notify }: RatifyThen): Ratifying {
  return {
    kind: "ratify",
    rule,
    from: ratify.from,
    withinMs: parseDuration(ratify.within ?? "") ?? twelveHours,
    otherwise: ratify.otherwise ?? "keep",
    ...(notify && { notify }),
  };
}

/**
 * Why the policy lets this person ask for nothing of the kind, whatever the campaign: people who are not full members
 * may only where some rule names them. It takes no look at a platform.
 */
export function whyNobody(by: Person, policy: Policy, action: PolicyAction): string | undefined {
  if (by.kind === "member") return undefined;
  if (by.kind === "deactivated")
    return `This account is deactivated, so it may not ${action} anything. Nothing was changed.`;
  const named = policy.rules.some(
    (rule) =>
      rule.then !== "deny" &&
      (rule.when.action?.includes(action) ?? true) &&
      isAskedBy(rule, by, policy),
  );
  return named
    ? undefined
    : `${refusedKinds[by.kind]} may not ${action} campaigns here. Nothing was changed.`;
}

const refusedKinds = {
  guest: "Guests of this workspace",
  bot: "Bots",
  stranger: "People of other organisations",
};

function isPersonId(one: string): boolean {
  return /^[UW]/.test(one);
}

function denied(rule: string, sentence: string): Verdict {
  return { kind: "deny", rule, sentence };
}
