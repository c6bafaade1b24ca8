import { describe, expect, it } from "vitest";
import { type Plant, playRaces } from "../support/races.ts";
import { share } from "../support/share.ts";

const seed = Number(process.env.FERMATA_SEED ?? 27);

describe("races with a server that writes over what was asked", () => {
  it("leave no card green that is not so, and no word about what was sent that is not true", async () => {
    expect(await playRaces(seed, share(15, 60))).toEqual([]);
  }, 60_000);

  it.each<Plant>([
    "settles by the clock",
    "does not watch what was so already",
    "turns green where it cannot read",
    "leaves an overtaken card green",
    "says that nothing was sent",
  ])(
    "notice a bot that %s",
    async (plant) => {
      let lies: string[] = [];
      for (let more = 0; lies.length === 0 && more < 10; more += 1) {
        lies = await playRaces(seed + more, 20, plant);
      }
      expect(lies).not.toEqual([]);
    },
    60_000,
  );
});
