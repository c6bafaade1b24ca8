import { type CampaignRef, vendorTitles } from "./campaign.ts";
import type { Person } from "./person.ts";
import type { Denying, Policy, PolicyAction, Rule } from "./policy.ts";
import { type Fit, fitOf, type Occasion, type Unsaid } from "./rule-match.ts";

/** The rules that decide about one campaign, or why none does. */
export type Deciding =
  | { kind: "rules"; rules: readonly [Rule, ...Rule[]] }
  | { kind: "none" }
  | { kind: "unsaid"; unsaid: Unsaid };

/** Stopping goes on with what is known; starting and ending do not. */
export function isStopping(action: PolicyAction): boolean {
  return action === "pause" || action === "stop";
}

/**
 * Which rules speak of this wish: a deny anywhere, else the first. Where it is not known whether a rule does, a wish to
 * start or end something meets that rule and the next one, and waits for a name that matters. A wish to stop
 * passes over it: a group that cannot be read grants nothing and denies nothing, and a name is judged once it is known.
 */
export function decidingRules(
  policy: Policy,
  occasion: Occasion,
  by: Person,
  target: CampaignRef,
): Deciding {
  const fits = policy.rules.flatMap((rule): Fitting[] => {
    const fit = fitOf(rule, occasion, by, policy, target);
    return fit === "no" ? [] : [{ rule, fit }];
  });
  const denying = fits.filter(({ rule }) => rule.then === "deny");
  const sure = denying.find(isSure);
  if (sure) return { kind: "rules", rules: [sure.rule] };
  const granting = fits.filter(({ rule }) => rule.then !== "deny");
  return isStopping(occasion.action)
    ? stopping(granting)
    : starting(denying.map(({ fit }) => fit).filter(isUnsaid), granting);
}

interface Fitting {
  rule: Rule;
  fit: Exclude<Fit, "no">;
}

function stopping(granting: readonly Fitting[]): Deciding {
  const first =
    granting.find(isSure) ?? granting.find(({ fit }) => isUnsaid(fit) && fit.what === "name");
  if (first) return { kind: "rules", rules: [first.rule] };
  return none(granting);
}

function starting(denials: readonly Unsaid[], granting: readonly Fitting[]): Deciding {
  const [denial] = denials;
  if (denial) return { kind: "unsaid", unsaid: denial };
  const sure = granting.findIndex(isSure);
  const open = sure < 0 ? granting : granting.slice(0, sure + 1);
  const named = open.map(({ fit }) => fit).find((fit) => isUnsaid(fit) && fit.what === "name");
  if (named) return { kind: "unsaid", unsaid: { what: "name" } };
  const [first, ...others] = open.map(({ rule }) => rule);
  return first && sure >= 0 ? { kind: "rules", rules: [first, ...others] } : none(open);
}

function none(granting: readonly Fitting[]): Deciding {
  const unsaid = granting.map(({ fit }) => fit).find(isUnsaid);
  return unsaid ? { kind: "unsaid", unsaid } : { kind: "none" };
}

function isSure({ fit }: Fitting): boolean {
  return fit === "yes";
}

function isUnsaid(fit: Fit): fit is Unsaid {
  return typeof fit !== "string";
}

/** Does what the policy says of this wish depend on a name that nobody has read? */
export function dependsOnName(
  policy: Policy,
  occasion: Occasion,
  by: Person,
  target: CampaignRef,
): boolean {
  const deciding = decidingRules(policy, occasion, by, target);
  return deciding.kind === "unsaid" && deciding.unsaid.what === "name";
}

/** Not done for want of a fact that a rule depends on. */
export function deniedUnsaid(
  unsaid: Unsaid,
  { connection, vendor, campaign }: CampaignRef,
): Denying {
  const what =
    unsaid.what === "name"
      ? `the name of ${connection}:${campaign.id} on ${vendorTitles[vendor]}`
      : `the user group ${unsaid.groups.join(", ")}`;
  return {
    kind: "deny",
    rule: "",
    sentence: `Fermata could not read ${what}, and a rule of the policy depends on it. Nothing was changed. Ask again in a minute.`,
    unsaid: unsaid.what,
  };
}
