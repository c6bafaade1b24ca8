import fc from "fast-check";
import type { Action } from "../../src/domain/campaign.ts";
import {
  type Deed,
  type Follow,
  groups,
  type Happening,
  ids,
  type Naming,
  names,
  parts,
  type Step,
  type Stir,
} from "./happenings.ts";
import type { Acts, Reads } from "./truth.ts";

export const place = fc.nat({ max: 5 });
export const one = <T>(...values: T[]) => fc.constantFrom(...values);
export const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
/** So often out of ten, else left out. */
export const sometimes = <T>(outOfTen: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(often(10 - outOfTen, fc.constant(undefined)), often(outOfTen, arbitrary));

const exact = fc.record({
  as: one("exact" as const),
  line: place,
  campaign: place,
  id: sometimes(2, one(...ids)),
});
export const byId = fc.record({
  as: one("id" as const),
  account: place,
  campaign: place,
  id: sometimes(2, one(...ids)),
});
export const byName = fc.record({
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
export const minutes = one(10, 30, 60, 120);
const typed = fc.record({
  is: one("type" as const),
  by: place,
  action,
  namings,
  minutes: sometimes(6, minutes),
});

export const deed: fc.Arbitrary<Deed> = fc.oneof(
  often(3, fc.record({ is: one("rename" as const), name: one(...names) })),
  often(2, fc.constant({ is: "delete" as const })),
  often(1, fc.record({ is: one("make anew" as const), name: one(...names) })),
  often(2, fc.record({ is: one("create" as const), id: one(...ids), name: one(...names) })),
  often(1, fc.constant({ is: "pause" as const })),
  often(1, fc.constant({ is: "resume" as const })),
  often(2, fc.constant({ is: "breaker" as const })),
);

export const stopped = fc.record({
  is: one("stop" as const),
  by: place,
  line: sometimes(5, place),
});

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

export const press = one<Follow>(
  ...(["undo", "undo", "undo", "again", "again", "extend"] as const),
  ...(["look", "withdraw", "check again"] as const),
);
export const newest = fc.nat({ max: 2 });

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
export const step: fc.Arbitrary<Step> = fc
  .tuple(happening, works)
  .map(([what, isWorked]) => ({ ...what, works: isWorked }));

/** Most of what there is to be found begins with a pause of something that is there. */
export const opening: fc.Arbitrary<Step> = fc.record({
  is: one("type" as const),
  by: place,
  action: one<Action>("pause", "pause", "pause", "resume"),
  namings: exact.map((only) => [{ ...only, id: undefined }]),
  minutes: sometimes(7, minutes),
  works,
});

export const worked = (what: fc.Arbitrary<Happening>): fc.Arbitrary<Step> =>
  fc.tuple(what, works).map(([happens, isWorked]) => ({ ...happens, works: isWorked }));
