import fc from "fast-check";
import type { Action } from "../../src/domain/campaign.ts";
import { accountsAtStart, names, type Step } from "./happenings.ts";
import {
  action,
  byId,
  byName,
  deed,
  exact,
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
  works,
} from "./pieces.ts";
import type { Reads } from "./truth.ts";

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

const question = fc.record({
  is: one("type" as const),
  by: place,
  action: one<Action>("resume", "resume", "cancel"),
  namings: exact.map((only) => [{ ...only, id: undefined }]),
  works: fc.constant(false),
});
const news = worked(
  fc.oneof(
    often(3, fc.record({ is: one("policy" as const), policy: place })),
    often(
      2,
      fc.record({
        is: one("deed" as const),
        account: place,
        campaign: place,
        deed: fc.record({ is: one("rename" as const), name: one(...names) }),
      }),
    ),
    often(1, fc.record({ is: one("leaves" as const), who: place })),
  ),
).map((what) => ({ ...what, works: false }));
const vote = fc.record({
  is: one("vote" as const),
  by: place,
  change: fc.constant(0),
  kind: fc.constant("approve" as const),
  anyway: fc.constant(true),
  works: fc.constant(true),
});
/** Something is asked for, news come before it begins, and somebody may have to agree. */
const hearing: fc.Arbitrary<readonly Step[]> = fc
  .tuple(question, news, fc.array(vote, { maxLength: 2 }))
  .map(([asked, then, votes]) => [asked, { ...then, works: votes.length === 0 }, ...votes]);

const unwell = fc.record({
  is: one("reads" as const),
  account: place,
  how: one<Reads>("down", "slow"),
  works,
});
const named = fc.record({
  is: one("type" as const),
  by: place,
  action,
  namings: fc.oneof(exact, byId, byName, byName).map((only) => [only]),
  minutes: fc.constant(undefined),
  works,
});
/** An account does not answer while somebody names a campaign of another, or one of its own by its id. */
const darkness: fc.Arbitrary<readonly Step[]> = fc.oneof(
  fc.tuple(unwell, named),
  fc
    .record({
      account: fc.nat({ max: 2 }),
      by: place,
      campaign: place,
      action: one<Action>("resume", "cancel", "cancel", "pause"),
    })
    .map(({ account, by, campaign, action: asked }): Step[] => [
      { is: "reads", account, how: "slow", works: true },
      {
        is: "type",
        by,
        action: asked,
        namings: [{ as: "exact", line: accountsAtStart.indexOf(account), campaign }],
        works: true,
      },
    ]),
);

export const plot = fc.oneof(often(2, plan), often(1, hearing), often(1, darkness));
