import type { CampaignRef } from "./campaign.ts";
import { isCalled, type Person } from "./person.ts";
import type { ApprovalStep, Policy, PolicyAction, Rule, Verdict } from "./policy.ts";
import { isAbout, isAskedBy } from "./rule-match.ts";
import { shorten } from "./shorten.ts";
import { parseDuration } from "./when.ts";

export interface Asked {
  action: PolicyAction;
  by: Person;
  targets: readonly CampaignRef[];
}

type Approve = Extract<Verdict, { kind: "approve" }>;

const eightHours = 8 * 60 * 60 * 1000;

/** What the policy says of a wish as a whole. One campaign that may not be touched refuses them all. */
export function judge(policy: Policy, { action, by, targets }: Asked): Verdict {
  const stranger = whyNobody(by, policy, action);
  if (stranger) return { kind: "deny", rule: "", sentence: stranger };
  const verdicts = targets.map((target) => judgeOne(policy, action, by, target));
  return (
    verdicts.find((verdict) => verdict.kind === "deny") ??
    together(verdicts.filter((verdict) => verdict.kind === "approve")) ??
    verdicts.at(0) ?? {
      kind: "deny",
      rule: "",
      sentence: "No campaign was named. Nothing was changed.",
    }
  );
}

function judgeOne(policy: Policy, action: PolicyAction, by: Person, target: CampaignRef): Verdict {
  const about = policy.rules.filter(
    (rule) => isAbout(rule, action, target) && isAskedBy(rule, by, policy),
  );
  const denying = about.find((rule) => rule.then === "deny");
  const rule = denying ?? about.at(0);
  const name = `“${shorten(target.campaign.name, 80)}”`;
  if (!rule)
    return denied("", `No rule of the policy lets you ${action} ${name}. Nothing was changed.`);
  if (rule.then === "deny") {
    return denied(
      rule.name,
      `The policy does not let you ${action} ${name} (rule “${rule.name}”). Nothing was changed.`,
    );
  }
  return rule.then === "allow"
    ? { kind: "allow", rule: rule.name }
    : approval(rule.name, rule.then, by);
}

function approval(rule: string, then: Exclude<Rule["then"], string>, by: Person): Verdict {
  const { from, count = 1, self = false } = then.approve;
  const named = new Set(from.filter((one) => self || !isCalled(by, one)));
  if (from.every(isPersonId) && named.size < count) {
    return denied(
      rule,
      `Too few people can approve this besides you (rule “${rule}” asks for ${count}). Nothing was changed.`,
    );
  }
  return {
    kind: "approve",
    rule,
    steps: [{ from, count, self }],
    expiresAfterMs: parseDuration(then.expires ?? "") ?? eightHours,
  };
}

/** Every distinct requirement becomes a step; the shortest time to decide holds for all. */
function together(approvals: readonly Approve[]): Approve | undefined {
  if (approvals.length === 0) return undefined;
  const steps = new Map<string, ApprovalStep>();
  for (const step of approvals.flatMap((one) => one.steps)) {
    steps.set(JSON.stringify([[...new Set(step.from)].sort(), step.count, step.self]), step);
  }
  return {
    kind: "approve",
    rule: [...new Set(approvals.map((one) => one.rule))].join(", "),
    steps: [...steps.values()],
    expiresAfterMs: Math.min(...approvals.map((one) => one.expiresAfterMs)),
  };
}

/** People who are not full members get a sentence of their own, unless some rule names them. */
function whyNobody(by: Person, policy: Policy, action: PolicyAction): string | undefined {
  if (by.kind === "member") return undefined;
  if (by.kind === "deactivated")
    return `This account is deactivated, so it may not ${action} anything. Nothing was changed.`;
  const named = policy.rules.some((rule) => rule.then !== "deny" && isAskedBy(rule, by, policy));
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
