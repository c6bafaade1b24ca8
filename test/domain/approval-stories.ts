import fc from "fast-check";
import { type OnTimeout, type Policy, rule, type Then } from "../../src/domain/policy.ts";
import type { Says, Step, Who } from "./approval-oracle.ts";
import { aPolicy } from "./builders.ts";

/** Everybody there is; the first of them asks. */
export const ids = ["U_ANA", "U_BEN", "U_CHI", "U_DEE", "U_ELI"];

export type Event =
  | { is: "vote"; by: number; kind: "approve" | "deny" }
  | { is: "answer"; by: number; kind: "ratify" | "reverse" }
  | { is: "edit"; policy: Says }
  | { is: "facts"; who: number; facts: Omit<Who, "id"> }
  | { is: "away"; who: number; standIn: number }
  | { is: "time"; minutes: number }
  | { is: "clock" };

export interface Story {
  action: "pause" | "resume";
  first: Says;
  events: Event[];
}

const among = fc.uniqueArray(
  fc.constantFrom("U_BEN", "U_CHI", "U_DEE", "S1", "S2", "admins", "members"),
  { minLength: 1, maxLength: 3 },
);
const step: fc.Arbitrary<Step> = fc
  .record({ from: among, count: fc.constantFrom(1, 1, 2, 3), self: fc.boolean() })
  // A step that names too few people is a denial, and the policy's file may not hold it.
  .map((one) => {
    const named = one.from.every((id) => id.startsWith("U_"));
    return named ? { ...one, count: Math.min(one.count, one.from.length) } : one;
  });
const chain = fc.array(step, { minLength: 1, maxLength: 2 });
const silence = fc.oneof(
  fc.constantFrom<OnTimeout>("expire", "allow"),
  among.map((escalate) => ({ escalate })),
);
const ask: fc.Arbitrary<Says> = fc.record({
  says: fc.constant("ask" as const),
  chains: fc.array(chain, { minLength: 1, maxLength: 2 }),
  silence,
});
const ratify: fc.Arbitrary<Says> = fc.record({ says: fc.constant("ratify" as const), from: among });
const says: fc.Arbitrary<Says> = fc.oneof(
  { weight: 8, arbitrary: ask },
  { weight: 2, arbitrary: fc.constantFrom<Says>({ says: "allow" }, { says: "deny" }) },
  { weight: 1, arbitrary: ratify },
);

const anybody = fc.nat({ max: ids.length - 1 });
const facts = fc.record({
  kind: fc.constantFrom("member" as const, "member" as const, "member" as const, "guest" as const),
  admin: fc.boolean(),
  groups: fc.subarray(["S1", "S2"]),
});
const is = <T extends string>(what: T) => fc.constant(what);
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      is: is("vote"),
      by: anybody,
      kind: fc.constantFrom(...Array(9).fill("approve" as const), "deny" as const),
    }),
  },
  fc.record({ is: is("answer"), by: anybody, kind: fc.constantFrom("ratify", "reverse") }),
  { weight: 2, arbitrary: fc.record({ is: is("edit"), policy: says }) },
  { weight: 2, arbitrary: fc.record({ is: is("facts"), who: anybody, facts }) },
  { weight: 2, arbitrary: fc.record({ is: is("away"), who: anybody, standIn: anybody }) },
  fc.record({ is: is("time"), minutes: fc.nat({ max: 50 }) }),
  { weight: 2, arbitrary: fc.constant({ is: "clock" as const }) },
);
export const stories: fc.Arbitrary<Story> = fc.record({
  action: fc.constantFrom("pause", "resume"),
  first: fc.oneof({ weight: 6, arbitrary: ask }, { weight: 1, arbitrary: says }, ratify),
  events: fc.array(event, { minLength: 3, maxLength: 30 }),
});

/** The policy file that says so: one rule for each of the two campaigns. */
export function policyOf(what: Says): Policy {
  const thenOf = (place: number): Then => {
    if (what.says === "allow" || what.says === "deny") return what.says;
    if (what.says === "ratify") return { ratify: { from: what.from, within: "1h" } };
    const approve: readonly Step[] = what.chains[place] ?? what.chains[0] ?? [];
    return { approve, expires: "1h", on_timeout: what.silence };
  };
  return aPolicy(
    rule("spring", { campaign: ["Spring*"] }, thenOf(0)),
    rule("others", {}, thenOf(1)),
  );
}
