import fc from "fast-check";
import { ids, names, type Story } from "./happenings.ts";
import { one, step } from "./pieces.ts";
import { plot } from "./plots.ts";
import { policies, policyOf } from "./policies.ts";

export const stories: fc.Arbitrary<Story> = fc
  .record({
    campaigns: fc.array(
      fc.record({
        account: one(0, 0, 1, 1, 2),
        id: one("4", ...ids),
        name: one(...names),
        running: one(true, true, true, false, false),
      }),
      { minLength: 4, maxLength: 8, size: "max" },
    ),
    connections: one(1, 2, 2, 3, 3, 4),
    policies,
    plot,
    steps: fc.array(step, { minLength: 1, maxLength: 9, size: "max" }),
  })
  .map(({ plot: { steps: first, rule }, steps, policies: all, ...rest }) => ({
    ...rest,
    policies: all.map((rules) => policyOf(rule ? [rule, ...rules] : rules)),
    steps: [...first, ...steps],
  }));
