import { vendorNames } from "./campaign.ts";
import { covers, folded } from "./glob.ts";
import { type Policy, policyActions, type Rule, type When, weekdays } from "./policy.ts";

/** A rule that another one leaves nothing to decide. */
export interface Shadow {
  /** Places in the list. */
  rule: number;
  by: number;
}

/** Rules that never decide: an earlier one covers them whole, or any that denies does. Surely, not by guesses. */
export function shadowsIn({ rules }: Pick<Policy, "rules">): Shadow[] {
  return rules.flatMap((rule, place) => {
    const by = rules.findIndex(
      (other, at) =>
        at !== place &&
        (at < place ? other.then === "deny" || rule.then !== "deny" : denies(other, rule)) &&
        leavesNothing(other, rule),
    );
    return by < 0 ? [] : [{ rule: place, by }];
  });
}

/** A deny anywhere wins over all that is not one. */
function denies(other: Rule, rule: Rule): boolean {
  return other.then === "deny" && rule.then !== "deny";
}

function leavesNothing(wide: Rule, narrow: Rule): boolean {
  const [one, other] = [wide.when, narrow.when];
  return (
    holds(one.action, other.action ?? policyActions) &&
    holds(one.vendor, other.vendor ?? vendorNames) &&
    holds(one.connection?.map(folded), other.connection?.map(folded)) &&
    coversPatterns(one.campaign, other.campaign) &&
    coversCounts(one.targets, other.targets) &&
    coversHours(one.hours, other.hours) &&
    coversAskers(wide, narrow)
  );
}

/** Every one of the narrower list is in the wider one, or there is no wider one at all. */
function holds(wide: readonly string[] | undefined, narrow: readonly string[] | undefined) {
  return !wide || (narrow?.every((one) => wide.includes(one)) ?? false);
}

function coversPatterns(wide: When["campaign"], narrow: When["campaign"]): boolean {
  if (!wide) return true;
  return narrow?.every((one) => wide.some((other) => coversPattern(other, one))) ?? false;
}

/** A star of the narrower one may be anything, so no question mark may stand for it. */
function coversPattern(wide: string, narrow: string): boolean {
  if (folded(wide) === folded(narrow)) return true;
  return covers(wide, narrow) && !(wide.includes("?") && narrow.includes("*"));
}

function coversCounts(wide: When["targets"], narrow: When["targets"]): boolean {
  if (!wide) return true;
  const { min = 1, max = Infinity } = wide;
  return (narrow?.min ?? 1) >= min && (narrow?.max ?? Infinity) <= max;
}

function coversHours(wide: When["hours"], narrow: When["hours"]): boolean {
  if (!wide) return true;
  if (!narrow || wide.zone !== narrow.zone) return false;
  const same = wide.from === narrow.from && wide.to === narrow.to;
  return same && holds(wide.days ?? weekdays, narrow.days ?? weekdays);
}

/** Without a list a deny reaches everybody, and any other rule full members; who is a guest an id does not tell. */
function coversAskers(wide: Rule, narrow: Rule): boolean {
  const all = wide.when.requester;
  if (!all && wide.then === "deny") return true;
  const some =
    narrow.when.requester ?? (narrow.then === "deny" ? ["members", "guests", ""] : ["members"]);
  const known = all ?? ["members"];
  const isMember = (one: string) =>
    one === "admins" || one === "members" || (one.startsWith("S") && narrow.then !== "deny");
  return some.every((one) => known.includes(one) || (known.includes("members") && isMember(one)));
}
