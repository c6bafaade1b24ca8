import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { House } from "./stage.ts";
import { stories } from "./stories.ts";

const seed = Number(process.env["FERMATA_SEED"] ?? 20261130);
const numRuns = Number(process.env["FERMATA_STORIES"] ?? 250);
const house = new House();
afterAll(() => house.close());

describe("a small world in which everything moves", () => {
  it("never sees a campaign changed that nobody named or that the policy of the moment does not let", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const played = await house.play(story);
        for (const one of played.seen) seen.add(one);
      }),
      { seed, numRuns },
    );
    expect([...seen].toSorted()).toEqual([]);
  }, 600_000);
});
