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

/** One or two conditions: with more, a rule speaks of nothing in so small a world. */
const about: fc.Arbitrary<When> = fc
  .record({
    campaign: sometimes(7, one("Spring*", "*launch*", "*w*", "*e*", "Q4*", "Debt*", "42")),
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

export const policy: fc.Arbitrary<Policy> = fc
  .tuple(fc.oneof(often(1, fc.constant([])), often(2, fc.array(special, { maxLength: 2 }))), usual)
  .map(([first, last]) => ({
    version: 1 as const,
    rules: [...first, ...last].map((each, index) => ({
      ...each,
      name: `${index + 1} ${each.name}`,
    })),
  }));
