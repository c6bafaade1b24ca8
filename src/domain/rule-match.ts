import type { CampaignRef } from "./campaign.ts";
import { covers, folded } from "./glob.ts";
import { isWithin } from "./hours.ts";
import { isCalled, type Person } from "./person.ts";
import type { Policy, PolicyAction, Rule } from "./policy.ts";

/** What a rule may look at beside who asks: what is asked of how many campaigns, and when. */
export interface Occasion {
  action: PolicyAction;
  /** How many campaigns at once. */
  count: number;
  at: Date;
}

/** Does the rule speak of this occasion and this campaign, whoever asks? */
export function isAbout(
  { when }: Rule,
  { action, count, at }: Occasion,
  target: CampaignRef,
): boolean {
  const { id, name } = target.campaign;
  return (
    (!when.action || when.action.includes(action)) &&
    (!when.targets || (count >= (when.targets.min ?? 0) && count <= (when.targets.max ?? count))) &&
    (!when.connection ||
      when.connection.some((one) => folded(one) === folded(target.connection))) &&
    (!when.vendor || when.vendor.includes(target.vendor)) &&
    (!when.campaign || when.campaign.some((one) => covers(one, name) || covers(one, id))) &&
    (!when.hours || isWithin(when.hours, at))
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

/** Why it is not known whether a rule speaks of a wish: a name, or the members of a user group, could not be read. */
export type Unsaid = { what: "name" } | { what: "group"; groups: readonly string[] };
export type Fit = "yes" | "no" | Unsaid;

/** Does the rule speak of this campaign and this asker, as far as that is known? */
export function fitOf(
  rule: Rule,
  occasion: Occasion,
  by: Person,
  policy: Policy,
  target: CampaignRef,
): Fit {
  const about = isAbout(rule, occasion, target);
  if (!about && !couldBeAbout(rule, occasion, target)) return "no";
  if (isAskedBy(rule, by, policy)) return about ? "yes" : { what: "name" };
  const groups = unreadIn(rule.when.requester ?? [], by);
  const open = groups.length > 0 && (rule.then === "deny" || by.kind === "member");
  return open ? { what: "group", groups } : "no";
}

function couldBeAbout(rule: Rule, occasion: Occasion, target: CampaignRef): boolean {
  const { campaign: _anyName, ...when } = rule.when;
  return Boolean(target.unread) && isAbout({ ...rule, when }, occasion, target);
}

/** The groups of a list of which nobody could say whether this person is in them. */
export function unreadIn(list: readonly string[], { unread = [] }: Person): string[] {
  return list.filter((one) => unread.includes(one));
}

/** Is the person one of these people, groups, `admins`, `members` or `guests`? */
export function isAmong(
  list: readonly string[],
  person: Person,
  policy: Pick<Policy, "admins">,
): boolean {
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
export function isAdmin(person: Person, policy: Pick<Policy, "admins">): boolean {
  return (
    person.kind === "member" &&
    (person.admin || (policy.admins ?? []).some((one) => isCalled(person, one)))
  );
}
