import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { Story } from "../model/happenings.ts";
import { planted } from "../model/planted.ts";
import type { Planted } from "../model/planted-help.ts";
import { House } from "../model/stage.ts";
import { stories } from "../model/stories.ts";

const house = new House();
afterAll(() => house.close());

/** So many stories are enough to find any of them. */
const mostStories = 800;

describe("the small world, played by a program with something wrong with it", () => {
  it.each(planted)(
    "finds out that it $what",
    async (fault) => {
      for (const story of fc.sample(stories, { seed: 20261130, numRuns: mostStories })) {
        const broken = await whatBreaks(story, fault);
        if (!broken || !fault.breaks.test(broken)) continue;
        // It is this fault and no other: without it the very same story goes well.
        expect(await whatBreaks(story)).toBeUndefined();
        return;
      }
      expect.unreachable("no story found it");
    },
    300_000,
  );
});

async function whatBreaks(story: Story, fault?: Planted): Promise<string | undefined> {
  try {
    await house.play(story, fault);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split("\n")[0] : String(error);
  }
}
