import fc from "fast-check";
import { type Policy, type Rule, rule, type Then, type When } from "../../src/domain/policy.ts";
import { connectionNames } from "./happenings.ts";
import { often, one, sometimes } from "./pieces.ts";

const approving: fc.Arbitrary<Then> = fc
  .record({
    from: one("admins", "members", "S0MKT", "UBEN"),
    count: one(1, 1, 2),
    expires: one("1h", "8h"),
  })
  .map(({ from, count, expires }) => ({
    approve: { from: [from], count: from.startsWith("U") ? 1 : count },
    expires,
  }));
const stopping = one<Then>(
  { ratify: { from: ["admins"], within: "1h", otherwise: "revert" } },
  { ratify: { from: ["members"], within: "2h", otherwise: "keep" } },
);

const named = one("Spring*", "*launch*", "*w*", "*e*", "Q4*", "Debt*", "42");

/** One or two conditions: with more, a rule speaks of nothing in so small a world. */
const about: fc.Arbitrary<When> = fc
  .record({
    campaign: sometimes(7, named),
    requester: sometimes(3, one("S0MKT", "UBEN", "admins", "members")),
    connection: sometimes(3, one(...connectionNames)),
    targets: sometimes(2, one({ min: 2 }, { max: 1 })),
  })
  .map((all) => {
    const given = Object.entries(all).filter(([, part]) => part !== undefined);
    return Object.fromEntries(
      given.slice(0, 2).map(([key, part]) => [key, typeof part === "string" ? [part] : part]),
    ) as When;
  });

const some = (...acts: NonNullable<When["action"]>[number][]) => ({ action: acts });
const special: fc.Arbitrary<Rule> = fc.oneof(
  often(
    4,
    fc
      .tuple(about, one<When>(some("resume", "cancel"), some("resume"), some("pause"), {}))
      .map(([when, acts]) => rule("denied", { ...when, ...acts }, "deny")),
  ),
  often(
    3,
    fc
      .tuple(about, one(some("resume", "cancel"), some("pause")), approving)
      .map(([when, acts, then]) => rule("agreed to", { ...when, ...acts }, then)),
  ),
  often(
    1,
    fc
      .tuple(about, stopping)
      .map(([when, then]) => rule("answered for", { ...when, ...some("pause", "stop") }, then)),
  ),
);

const anybody: Rule = rule("anybody", { requester: ["members"] }, "allow");
const usual: fc.Arbitrary<readonly Rule[]> = fc.oneof(
  often(4, fc.constant([anybody])),
  often(
    2,
    approving.map((then) => [
      rule("anybody stops", { requester: ["members"], ...some("pause", "stop") }, "allow"),
      rule("agreed to", { requester: ["members"] }, then),
    ]),
  ),
);

const rules: fc.Arbitrary<readonly Rule[]> = fc
  .tuple(fc.oneof(often(1, fc.constant([])), often(2, fc.array(special, { maxLength: 2 }))), usual)
  .map(([first, last]) => [...first, ...last]);

/** What a policy becomes: it has one more rule, one less, or is another. */
const turn: fc.Arbitrary<(before: readonly Rule[]) => readonly Rule[]> = fc.oneof(
  often(
    4,
    special.map((first) => (before: readonly Rule[]) => [first, ...before]),
  ),
  often(
    1,
    fc.constant((before: readonly Rule[]) => (before.length > 1 ? before.slice(1) : before)),
  ),
  often(
    3,
    rules.map((others) => () => others),
  ),
);

/** A deny or an approval for campaigns of some name. */
export const byItsName: fc.Arbitrary<Rule> = fc
  .tuple(named, fc.oneof(often(2, fc.constant<Then>("deny")), often(1, approving)))
  .map(([campaign, then]) => rule("by its name", { campaign: [campaign] }, then));

/** The policies that a workspace has one after another. */
export const policies: fc.Arbitrary<readonly (readonly Rule[])[]> = fc
  .tuple(rules, fc.array(turn, { maxLength: 2, size: "max" }))
  .map(([first, turns]) => {
    const all = [first];
    for (const next of turns) all.push(next(all.at(-1) ?? first));
    return all;
  });

export function policyOf(given: readonly Rule[]): Policy {
  const rules_ = given.map((each, index) => ({ ...each, name: `${index + 1} ${each.name}` }));
  return { version: 1, rules: rules_ };
}
