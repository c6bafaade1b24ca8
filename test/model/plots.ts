import fc from "fast-check";
import type { Action } from "../../src/domain/campaign.ts";
import type { Rule } from "../../src/domain/policy.ts";
import { accountsAtStart, type Naming, names, type Step } from "./happenings.ts";
import {
  byId,
  byName,
  deed,
  minutes,
  newest,
  often,
  one,
  opening,
  place,
  press,
  step,
  stopped,
  worked,
} from "./pieces.ts";
import { byItsName } from "./policies.ts";
import type { Acts, Reads } from "./truth.ts";

/** How a story begins: what happens, and a rule that stands before all others of its first policy. */
export interface Plot {
  steps: readonly Step[];
  rule?: Rule | undefined;
}

/** What makes a plan void, or ought to. */
const disturbance = worked(
  fc.oneof(
    often(3, fc.record({ is: one("remake" as const), line: place, account: place })),
    often(2, fc.record({ is: one("connect" as const), name: place, account: place, key: place })),
    often(3, fc.record({ is: one("deed" as const), account: place, campaign: place, deed })),
    often(1, fc.record({ is: one("policy" as const), policy: place })),
    often(2, stopped),
    often(2, opening),
  ),
);
const consequence = worked(
  fc.oneof(
    often(3, fc.record({ is: one("time" as const), minutes: one(61, 125) })),
    often(3, fc.record({ is: one("follow" as const), by: place, change: newest, press, minutes })),
  ),
);
/** A pause, something that comes between, and what was to follow from it. */
const plan: fc.Arbitrary<readonly Step[]> = fc
  .tuple(opening, fc.array(step, { maxLength: 1 }), disturbance, consequence)
  .map(([first, between, then, last]) => [first, ...between, then, last]);

const some = fc.record({ by: place, line: fc.nat({ max: 3 }), campaign: fc.nat({ max: 3 }) });
interface Some {
  by: number;
  line: number;
  campaign: number;
}

function typed({ by, line, campaign }: Some, action: Action, more: { minutes?: number } = {}) {
  const naming: Naming = { as: "exact", line, campaign };
  return { is: "type", by, action, namings: [naming], ...more, works: true } as const;
}

function deedAt({ line, campaign }: Some, what: Extract<Step, { is: "deed" }>["deed"]): Step {
  const account = accountsAtStart[line] ?? 0;
  return { is: "deed", account, campaign, deed: what, works: true };
}

/** So many of all people press Approve on the newest change. */
const votes: fc.Arbitrary<Step[]> = fc
  .shuffledSubarray([0, 1, 2, 3])
  .map((people) => people.map((by) => voteOf(by)));

function voteOf(by: number): Step {
  return { is: "vote", by, change: 0, kind: "approve", anyway: true, works: true };
}

/** A pause for a time that its platform makes its own before the time is over. */
const halted: fc.Arbitrary<Step[]> = some.map((them) => [
  typed(them, "pause", { minutes: 60 }),
  deedAt(them, { is: "breaker" }),
  { is: "time", minutes: 125, works: true },
]);

/** What was paused through a connection is taken back when another account, with such an id, stands behind its name. */
const moved: fc.Arbitrary<Step[]> = fc
  .tuple(
    some,
    one("remake" as const, "remake" as const, "connect" as const),
    fc.integer({ min: 1, max: 2 }),
    one("4", "42"),
    votes,
  )
  .map(([{ by, line, campaign }, how, further, id, agreeing]) => {
    const from = accountsAtStart[line] ?? 0;
    const account = (from + further) % 3;
    const name = names[campaign] ?? "Test";
    const created = (where: number, paused: boolean): Step => ({
      is: "deed",
      account: where,
      campaign,
      deed: { is: "create", id, name, paused },
      works: false,
    });
    return [
      created(from, false),
      created(account, true),
      {
        is: "type",
        by,
        action: "pause",
        namings: [{ as: "exact", line, campaign, id }],
        works: true,
      },
      how === "remake"
        ? { is: how, line, account, works: true }
        : { is: how, name: line, account, key: 0, works: true },
      { is: "follow", by, change: 0, press: "undo", minutes: 10, works: agreeing.length === 0 },
      ...agreeing,
    ];
  });

const asked = fc
  .tuple(some, one<Action>("resume", "cancel", "cancel"))
  .map(([them, action]): Step => ({ ...typed(them, action), works: false }));
const news: fc.Arbitrary<Step> = fc
  .oneof(
    often(5, fc.constant({ is: "policy" as const, policy: 1 })),
    often(
      2,
      fc.record({
        is: one("deed" as const),
        account: fc.nat({ max: 2 }),
        campaign: fc.nat({ max: 3 }),
        deed: fc.record({ is: one("rename" as const), name: one(...names) }),
      }),
    ),
    often(1, fc.record({ is: one("leaves" as const), who: place })),
    often(1, fc.record({ is: one("group" as const), who: place, group: one("S0MKT") })),
  )
  .map((what) => ({ ...what, works: false }));

/** Something is asked for, news come before it begins, and somebody may have to agree. */
const hearing: fc.Arbitrary<Step[]> = fc
  .tuple(asked, news, votes, fc.boolean())
  .map(([wish, then, agreeing, last]) =>
    agreeing.length === 0
      ? [wish, { ...then, works: true }]
      : last
        ? [wish, ...agreeing.map((one_) => ({ ...one_, works: false })), { ...then, works: true }]
        : [wish, then, ...agreeing],
  );

/** What is asked for waits while somebody stops everything, and is agreed to after that. */
const swept: fc.Arbitrary<Step[]> = fc
  .tuple(asked, stopped, votes)
  .map(([wish, stop, agreeing]) => [wish, { ...stop, works: agreeing.length === 0 }, ...agreeing]);

/** Whoever asked takes it back. */
const regretted: fc.Arbitrary<Step[]> = asked.map((wish) => [
  wish,
  {
    is: "follow",
    by: "by" in wish ? wish.by : 0,
    change: 0,
    press: "withdraw",
    minutes: 10,
    works: true,
  },
]);

/** A platform does not take the call, and somebody tries again. */
const again: fc.Arbitrary<Step[]> = fc
  .tuple(
    some,
    one<Action>("pause", "resume", "cancel"),
    one<Acts>("turned away", "lost before", "lost after"),
    fc.boolean(),
  )
  .map(([them, action, how, well]) => {
    const account = accountsAtStart[them.line] ?? 0;
    return [
      { is: "acts", account, how, works: true },
      typed(them, action),
      { is: "time", minutes: 20, works: true },
      ...(well ? [{ is: "acts" as const, account, how: "well" as const, works: true }] : []),
      { is: "follow", by: them.by, change: 0, press: "again", minutes: 10, works: true },
    ];
  });

/** An account does not answer while somebody names a campaign of another. */
const elsewhere: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.nat({ max: 2 }),
    one<Reads>("down", "down", "slow", "held back"),
    place,
    one<Action>("pause", "pause", "resume", "cancel"),
    fc.oneof(byId, byName, byName),
    fc.integer({ min: 1, max: 2 }),
  )
  .map(([account, how, by, action, naming, further]) => [
    { is: "reads", account, how, works: true },
    {
      is: "type",
      by,
      action,
      namings: [{ ...naming, account: (account + further) % 3 }],
      works: true,
    },
  ]);

/** An account does not answer while somebody names one of its campaigns by its id, and a rule looks at its name. */
const nameless: fc.Arbitrary<Plot> = fc
  .tuple(some, one<Action>("resume", "cancel", "cancel", "pause"), byItsName)
  .map(([them, action, rule]) => ({
    steps: [
      { is: "reads", account: accountsAtStart[them.line] ?? 0, how: "slow", works: true },
      typed(them, action),
    ],
    rule,
  }));

const alone = (steps: fc.Arbitrary<readonly Step[]>): fc.Arbitrary<Plot> =>
  steps.map((all) => ({ steps: all }));

export const plot: fc.Arbitrary<Plot> = fc.oneof(
  often(3, alone(fc.array(opening, { minLength: 1, maxLength: 2 }))),
  often(4, alone(plan)),
  often(1, alone(halted)),
  often(2, alone(moved)),
  often(3, alone(hearing)),
  often(2, alone(swept)),
  often(1, alone(regretted)),
  often(1, alone(again)),
  often(2, alone(elsewhere)),
  often(2, nameless),
);
