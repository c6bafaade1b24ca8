import { describe, expect, it } from "vitest";
import { everywhere, search } from "./search.ts";

const seed = Number(process.env["FERMATA_SEED"] ?? 20261130);
const numRuns = Number(process.env["FERMATA_STORIES"] ?? 250);

describe("a small world in which everything moves", () => {
  it("never sees a campaign changed that nobody named or that the policy of the moment does not let", async () => {
    const { broken, seen } = await search({ seed, numRuns });
    expect(broken).toBeUndefined();
    expect(seen).toEqual(expect.arrayContaining([...everywhere]));
  }, 600_000);
});
