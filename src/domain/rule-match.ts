import type { CampaignRef } from "./campaign.ts";
import { covers, folded } from "./glob.ts";
import { isCalled, type Person } from "./person.ts";
import type { Policy, PolicyAction, Rule } from "./policy.ts";

/** Does the rule speak of this action on this campaign, whoever asks? */
export function isAbout(rule: Rule, action: PolicyAction, target: CampaignRef): boolean {
  const { when } = rule;
  const { id, name } = target.campaign;
  return (
    (!when.action || when.action.includes(action)) &&
    (!when.connection ||
      when.connection.some((one) => folded(one) === folded(target.connection))) &&
    (!when.vendor || when.vendor.includes(target.vendor)) &&
    (!when.campaign || when.campaign.some((one) => covers(one, name) || covers(one, id)))
  );
}

/**
 * Does the rule speak of this asker? A deny reaches everybody it could mean. Any other rule reaches someone who is
 * not a full member only when it names that person, or says `guests`.
 */
export function isAskedBy(rule: Rule, by: Person, policy: Policy): boolean {
  const { requester } = rule.when;
  if (rule.then === "deny") return !requester || isAmong(requester, by, policy);
  if (by.kind === "member") return !requester || isAmong(requester, by, policy);
  return (
    requester?.some((one) => isCalled(by, one) || (one === "guests" && by.kind === "guest")) ??
    false
  );
}

/** Is the person one of these people, groups, `admins`, `members` or `guests`? */
export function isAmong(list: readonly string[], person: Person, policy: Policy): boolean {
  return list.some(
    (one) =>
      isCalled(person, one) ||
      person.groups.includes(one) ||
      (one === "admins" && isAdmin(person, policy)) ||
      (one === "members" && person.kind === "member") ||
      (one === "guests" && person.kind === "guest"),
  );
}

/** Nobody but a full member is ever an admin, whatever a list says. */
export function isAdmin(person: Person, policy: Policy): boolean {
  return (
    person.kind === "member" &&
    (person.admin || (policy.admins ?? []).some((one) => isCalled(person, one)))
  );
}
