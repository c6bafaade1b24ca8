import { describe, expect, it } from "vitest";
import { sharesOf } from "../../src/store/shares.ts";

const nobody = new Map<string, number>();
const queue = (share: string, waiting: number) => ({ share, waiting });

describe("the places of a lane", () => {
  it("all go to a workspace that is alone", () => {
    const shares = sharesOf([queue("T1", 500)], 20, { most: 20, inHand: nobody });
    expect(shares).toEqual([{ share: "T1", places: 20 }]);
  });

  it("go in turns, first to whoever has waited longest", () => {
    const queues = [queue("T1", 500), queue("T2", 1), queue("T3", 500)];
    expect(sharesOf(queues, 6, { most: 20, inHand: nobody })).toEqual([
      { share: "T1", places: 3 },
      { share: "T2", places: 1 },
      { share: "T3", places: 2 },
    ]);
  });

  it("count what is in hand already, and stop at the most", () => {
    const inHand = new Map([["T1", 20]]);
    const queues = [queue("T1", 500), queue("T2", 3)];
    expect(sharesOf(queues, 40, { most: 20, inHand })).toEqual([{ share: "T2", places: 3 }]);
  });
});
