import { describe, expect, it } from "vitest";
import { search } from "./search.ts";

const seed = Number(process.env["FERMATA_SEED"] ?? 20261130);
const numRuns = Number(process.env["FERMATA_STORIES"] ?? 100);

describe("a small world in which everything moves", () => {
  it("never sees a campaign changed that nobody named or that the policy of the moment does not let", async () => {
    const { broken, seen } = await search({ seed, numRuns });
    expect(broken).toEqual([]);
    // So few stories get to what matters most; the many of `test:faults` get everywhere.
    for (const place of ["pause", "resume", "cancel"])
      expect(seen).toContain(`${place} done by a call`);
    for (const place of ["end", "undo", "stop"]) expect(seen).toContain(`${place} asked`);
  }, 600_000);
});
