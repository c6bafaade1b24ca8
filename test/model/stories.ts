import fc from "fast-check";
import type { Action } from "../../src/domain/campaign.ts";
import { type Policy, type Rule, rule, type Then, type When } from "../../src/domain/policy.ts";
import type { Acts, Reads } from "./truth.ts";

/** Numbers in a story point into lists of the moment, round and round: every number means something in every story. */
type Place = number;

/** A campaign as somebody means to name it. */
export type Naming =
  /** `connection:id`, of a campaign that is there or of an id that may not be. */
  | { as: "exact"; line: Place; campaign: Place; id?: string | undefined }
  | { as: "id"; account: Place; campaign: Place; id?: string | undefined }
  /** The whole of a name that is there, or words that are part of some. */
  | { as: "name"; account: Place; campaign: Place; part?: string | undefined; quoted: boolean };

type Deed =
  | { is: "rename"; name: string }
  | { is: "delete" }
  | { is: "make anew"; name: string }
  | { is: "create"; id: string; name: string }
  | { is: "pause" }
  | { is: "resume" }
  | { is: "breaker" };

/** What moves by itself, at any time, even while somebody waits for a platform. */
export type Stir =
  | { is: "deed"; account: Place; campaign: Place; deed: Deed }
  | { is: "policy"; policy: Place }
  | { is: "group"; who: Place; group: string }
  | { is: "leaves"; who: Place }
  | { is: "reads"; account: Place; how: Reads }
  | { is: "acts"; account: Place; how: Acts }
  | { is: "connect"; name: Place; account: Place; key: Place }
  | { is: "disconnect"; line: Place }
  /** Removed and made again under its name, for this account. */
  | { is: "remake"; line: Place; account: Place }
  | { is: "stop"; by: Place; line?: Place | undefined }
  | {
      is: "type";
      by: Place;
      action: Action;
      namings: readonly Naming[];
      minutes?: number | undefined;
    };

export type Follow = "undo" | "again" | "extend" | "look" | "withdraw" | "check again";

export type Happening =
  | Stir
  | { is: "form"; by: Place; action: Action; line: Place; campaigns: readonly Place[] }
  | { is: "choose"; candidate: Place }
  | { is: "vote"; by: Place; change: Place; kind: "approve" | "deny"; anyway: boolean }
  | { is: "answer"; by: Place; change: Place; kind: "ratify" | "reverse" }
  | { is: "follow"; by: Place; change: Place; press: Follow; minutes: number }
  | { is: "time"; minutes: number }
  /** The n-th next call to a platform: the world moves, or the program dies, before or after it. */
  | { is: "meanwhile"; calls: number; place: "before" | "after"; stir: Stir | { is: "crash" } };

/** `works`: what is due is worked at once, before the next thing happens. */
type Step = Happening & { works: boolean };

export interface Story {
  /** Of three accounts: which campaigns they have. */
  campaigns: readonly { account: Place; id: string; name: string; running: boolean }[];
  /** How many of the connections there are at the start. */
  connections: number;
  policies: readonly Policy[];
  steps: readonly Step[];
}

/** Ids and names that overlap, contain one another and look alike. */
const ids = ["4", "42", "7", "99"];
const names = [
  "Q4 launch",
  "Spring launch",
  "Spring",
  "Spr\u00ading launch",
  "Debt collection",
  "Partner 99 webinar",
  "Webinar 42",
  "spring LAUNCH",
  "Test",
];
const parts = ["launch", "Spring", "web", "Q4", "42", "4", "99", "de", "debt"];
export const connectionNames = ["burki", "peachdesk", "burki-eu", "eu"];
/** Which account the connections are for at the start: the first and the last share theirs. */
export const accountsAtStart = [0, 2, 1, 0];
export const people = ["U_ANA", "U_BEN", "U_CHI", "U_DEE"].map((id) => id.replace("_", ""));
export const groups = ["S0MKT"];

const place = fc.nat({ max: 5 });
const one = <T>(...values: T[]) => fc.constantFrom(...values);
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
/** So often out of ten, else left out. */
const sometimes = <T>(outOfTen: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(often(10 - outOfTen, fc.constant(undefined)), often(outOfTen, arbitrary));

const exact = fc.record({
  as: one("exact" as const),
  line: place,
  campaign: place,
  id: sometimes(2, one(...ids)),
});
const byId = fc.record({
  as: one("id" as const),
  account: place,
  campaign: place,
  id: sometimes(2, one(...ids)),
});
const byName = fc.record({
  as: one("name" as const),
  account: place,
  campaign: place,
  part: sometimes(4, one(...parts)),
  quoted: fc.boolean(),
});
const naming: fc.Arbitrary<Naming> = fc.oneof(often(6, exact), often(2, byId), often(3, byName));
const namings = fc.oneof(
  often(
    5,
    naming.map((only) => [only]),
  ),
  often(2, fc.array(naming, { minLength: 2, maxLength: 3 })),
);

const action: fc.Arbitrary<Action> = one("pause", "pause", "pause", "resume", "resume", "cancel");
const minutes = one(10, 30, 60, 120);
const typed = fc.record({
  is: one("type" as const),
  by: place,
  action,
  namings,
  minutes: sometimes(6, minutes),
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  often(3, fc.record({ is: one("rename" as const), name: one(...names) })),
  often(2, fc.constant({ is: "delete" as const })),
  often(1, fc.record({ is: one("make anew" as const), name: one(...names) })),
  often(2, fc.record({ is: one("create" as const), id: one(...ids), name: one(...names) })),
  often(1, fc.constant({ is: "pause" as const })),
  often(1, fc.constant({ is: "resume" as const })),
  often(2, fc.constant({ is: "breaker" as const })),
);

const stopped = fc.record({ is: one("stop" as const), by: place, line: sometimes(5, place) });

const stir: fc.Arbitrary<Stir> = fc.oneof(
  often(6, fc.record({ is: one("deed" as const), account: place, campaign: place, deed })),
  often(3, fc.record({ is: one("policy" as const), policy: place })),
  often(1, fc.record({ is: one("group" as const), who: place, group: one(...groups) })),
  often(1, fc.record({ is: one("leaves" as const), who: place })),
  often(
    3,
    fc.record({
      is: one("reads" as const),
      account: place,
      how: one<Reads>("well", "well", "down", "slow", "slow", "held back"),
    }),
  ),
  often(
    1,
    fc.record({
      is: one("acts" as const),
      account: place,
      how: one<Acts>("well", "turned away", "lost before", "lost after"),
    }),
  ),
  often(4, fc.record({ is: one("connect" as const), name: place, account: place, key: place })),
  often(1, fc.record({ is: one("disconnect" as const), line: place })),
  often(3, fc.record({ is: one("remake" as const), line: place, account: place })),
  often(2, stopped),
  often(2, typed),
);

const press = one<Follow>(
  ...(["undo", "undo", "undo", "again", "again", "extend"] as const),
  ...(["look", "withdraw", "check again"] as const),
);
const newest = fc.nat({ max: 2 });

const happening: fc.Arbitrary<Happening> = fc.oneof(
  often(12, typed),
  often(
    1,
    fc.record({
      is: one("form" as const),
      by: place,
      action,
      line: place,
      campaigns: fc.array(place, { minLength: 1, maxLength: 2 }),
    }),
  ),
  often(2, fc.record({ is: one("choose" as const), candidate: place })),
  often(
    6,
    fc.record({
      is: one("vote" as const),
      by: place,
      change: newest,
      kind: one("approve" as const, "approve" as const, "approve" as const, "deny" as const),
      anyway: fc.boolean(),
    }),
  ),
  often(
    1,
    fc.record({
      is: one("answer" as const),
      by: place,
      change: newest,
      kind: one("ratify" as const, "reverse" as const),
    }),
  ),
  often(6, fc.record({ is: one("follow" as const), by: place, change: newest, press, minutes })),
  often(7, fc.record({ is: one("time" as const), minutes: one(1, 5, 20, 61, 125, 300) })),
  often(11, stir),
  often(
    4,
    fc.record({
      is: one("meanwhile" as const),
      calls: fc.nat({ max: 2 }),
      place: one("before" as const, "after" as const),
      stir: fc.oneof(often(5, stir), often(1, fc.constant({ is: "crash" as const }))),
    }),
  ),
);

const works = fc.oneof(often(3, fc.constant(true)), often(1, fc.constant(false)));
const step: fc.Arbitrary<Step> = fc
  .tuple(happening, works)
  .map(([what, isWorked]) => ({ ...what, works: isWorked }));

/** Most of what there is to be found begins with a pause of something that is there. */
const opening: fc.Arbitrary<Step> = fc.record({
  is: one("type" as const),
  by: place,
  action: one<Action>("pause", "pause", "pause", "resume"),
  namings: exact.map((only) => [{ ...only, id: undefined }]),
  minutes: sometimes(7, minutes),
  works,
});

const worked = (what: fc.Arbitrary<Happening>): fc.Arbitrary<Step> =>
  fc.tuple(what, works).map(([happens, isWorked]) => ({ ...happens, works: isWorked }));
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

const plot = fc.oneof(often(2, plan), often(1, hearing), often(1, darkness));

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

const policy: fc.Arbitrary<Policy> = fc
  .tuple(fc.oneof(often(1, fc.constant([])), often(2, fc.array(special, { maxLength: 2 }))), usual)
  .map(([first, last]) => ({
    version: 1 as const,
    rules: [...first, ...last].map((each, index) => ({
      ...each,
      name: `${index + 1} ${each.name}`,
    })),
  }));

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
    policies: fc.array(policy, { minLength: 1, maxLength: 3, size: "max" }),
    first: fc.oneof(fc.array(opening, { minLength: 1, maxLength: 2 }), plot),
    steps: fc.array(step, { minLength: 1, maxLength: 9, size: "max" }),
  })
  .map(({ first, steps, ...rest }) => ({ ...rest, steps: [...first, ...steps] }));
