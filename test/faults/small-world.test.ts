import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { afterAll, expect, it } from "vitest";
import { bundled, removeBundles } from "../hostile/bundled.ts";
import { everywhere, type Found, type Search } from "../model/search.ts";
import { share } from "../support/share.ts";

const seed = Number(process.env["FERMATA_SEED"] ?? 20261130);
const stories = Number(process.env["FERMATA_STORIES"] ?? share(1_000, 20_000));
/** A loaded machine takes its time, and stories that go wrong are made shorter. */
const timeoutMs = 600_000 + stories * 100;

afterAll(removeBundles);

it(
  "never changes a campaign that nobody named or that the policy does not let, in thousands of stories",
  async () => {
    const thread = await bundled("test/faults/small-world-thread.ts");
    const threads = availableParallelism();
    const numRuns = Math.ceil(stories / threads);
    const play = async (place: number): Promise<Found> => {
      const errand: Search = { seed: seed + place, numRuns };
      const [found] = await once(new Worker(thread, { workerData: errand }), "message");
      return found;
    };
    const found = await Promise.all(Array.from({ length: threads }, (_, place) => play(place)));
    expect(found.flatMap(({ broken }) => broken)).toEqual([]);
    expect(found.flatMap(({ seen }) => seen)).toEqual(expect.arrayContaining([...everywhere]));
  },
  timeoutMs,
);
