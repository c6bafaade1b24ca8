import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { vendorNames } from "../../src/domain/campaign.ts";
import { judge } from "../../src/domain/judge.ts";
import type { Person } from "../../src/domain/person.ts";
import { type Policy, policyActions, type Rule, rule, type When } from "../../src/domain/policy.ts";
import { without } from "../../src/domain/policy-never.ts";
import { notesOn } from "../../src/domain/policy-notes.ts";
import { shadowsIn } from "../../src/domain/policy-shadows.ts";
import { createVendors } from "../../src/vendors/index.ts";

const of = (...rules: Rule[]): Policy => ({ version: 1, rules });

describe("a rule that another one leaves nothing to", () => {
  it.each<[string, Rule[], number]>([
    [
      "an earlier one for everything",
      [rule("a", {}, "allow"), rule("b", { action: ["pause"] }, "allow")],
      1,
    ],
    [
      "a wider pattern",
      [
        rule("a", { campaign: ["Spring*"] }, "allow"),
        rule("b", { campaign: ["spring launch", "Spring 2*"] }, "allow"),
      ],
      1,
    ],
    ["a deny behind it", [rule("a", { action: ["pause"] }, "allow"), rule("b", {}, "deny")], 0],
    [
      "a longer list",
      [
        rule("a", { requester: ["members"] }, "allow"),
        rule("b", { requester: ["admins"] }, "allow"),
      ],
      1,
    ],
    [
      "more campaigns at once",
      [
        rule("a", { targets: { min: 2 } }, "allow"),
        rule("b", { targets: { min: 3, max: 5 } }, "allow"),
      ],
      1,
    ],
  ])("is pointed out: %s", (_what, rules, place) => {
    expect(shadowsIn(of(...rules)).map((one) => one.rule)).toEqual([place]);
    expect(notesOn(of(...rules))[0]).toContain(`Rule ${place + 1} (“`);
  });

  it.each<[string, Rule[]]>([
    [
      "a narrower one before it",
      [rule("a", { campaign: ["Spring"] }, "allow"), rule("b", { campaign: ["Spring*"] }, "allow")],
    ],
    [
      "a deny after an allow",
      [rule("a", {}, "allow"), rule("b", { campaign: ["Legal*"] }, "deny")],
    ],
    [
      "a guest by id",
      [
        rule("a", { requester: ["members"] }, "allow"),
        rule("b", { requester: ["U0GUEST"] }, "allow"),
      ],
    ],
    ["guests", [rule("a", {}, "allow"), rule("b", { requester: ["guests"] }, "allow")]],
    [
      "a question mark for a star",
      [
        rule("a", { campaign: ["Spring?"] }, "allow"),
        rule("b", { campaign: ["Spring*"] }, "allow"),
      ],
    ],
  ])("is not pointed out: %s", (_what, rules) => {
    expect(shadowsIn(of(...rules))).toEqual([]);
  });

  it("never decides anything, whoever asks for whatever", () => {
    const some = <T>(...all: T[]) =>
      fc.option(fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: 2 }), {
        nil: undefined,
      });
    const when = fc.record({
      action: some(...policyActions),
      connection: some("burki", "talk"),
      vendor: some(...vendorNames),
      campaign: some("*", "S*", "Sp?", "Spa", "S*a", "42"),
      requester: some("admins", "members", "guests", "U1", "U2", "S1"),
      targets: fc.option(fc.constantFrom({ min: 2 }, { max: 1 }, { min: 1, max: 3 }), {
        nil: undefined,
      }),
    });
    const aRule = fc.tuple(when, fc.constantFrom("allow" as const, "deny" as const));
    const person = fc.record({
      id: fc.constantFrom("U1", "U2", "U3"),
      kind: fc.constantFrom("member" as const, "guest" as const),
      admin: fc.boolean(),
      groups: fc.constantFrom(["S1"], []),
      zone: fc.constant("UTC"),
    });
    fc.assert(
      fc.property(
        fc.array(aRule, { minLength: 2, maxLength: 4 }),
        person,
        fc.constantFrom(...policyActions),
        fc.constantFrom(...vendorNames),
        fc.constantFrom("Spa", "Sp", "x"),
        fc.constantFrom("burki", "talk"),
        (drawn, by, action, vendor, name, connection) => {
          const rules = drawn.map(([keys, then], at) => {
            const given = Object.fromEntries(
              Object.entries(keys).filter(([, value]) => value !== undefined),
            ) as When;
            return rule(`r${at}`, given, then);
          });
          const target = { connectionId: "c", connection, vendor, campaign: { id: "42", name } };
          const asked = { action, by: by as Person, targets: [target], at: new Date(0) };
          const before = judge(of(...rules), asked);
          for (const { rule: place } of shadowsIn(of(...rules))) {
            const after = judge(of(...rules.filter((_, at) => at !== place)), asked);
            expect(after.kind).toBe(before.kind);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("what a policy says that does nothing now", () => {
  it("is a connection that is not there, in any spelling of its name", () => {
    const policy = of(rule("a", { connection: ["Burki", "sales-eu"] }, "deny"));
    expect(notesOn(policy, ["burki"])).toEqual([
      "Rule 1 (“a”) speaks of the connection “sales-eu”, and there is none of that name now.",
    ]);
    expect(notesOn(policy)).toEqual([]);
  });

  it.each(["Spring*, Autumn*", "^Spring", "Spring.*"])(
    "is a pattern of another language: %s",
    (pattern) => {
      expect(notesOn(of(rule("a", { campaign: [pattern] }, "deny")))).toHaveLength(1);
    },
  );
});

it("knows of each platform what it has not, as its adapter says", () => {
  const vendors = createVendors({ now: () => new Date(0) } as Parameters<typeof createVendors>[0]);
  for (const name of vendorNames) {
    const lacking = (["pause", "resume", "cancel"] as const).filter(
      (action) => "cannot" in vendors[name].capabilities[action],
    );
    expect(without[name] ?? []).toEqual(lacking);
  }
});
