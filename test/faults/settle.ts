import { setTimeout as sleep } from "node:timers/promises";
import type { Load } from "./load.ts";
import type { Stage } from "./stage.ts";

const patienceMs = 60_000;

/** Decides what waits until nothing is left to do; gives the milliseconds that took. */
export async function settle({ open }: Stage, load: Load): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const { jobs, waiting, changes } = open();
    const ms = performance.now() - begun;
    if (jobs === 0 && changes === 0) return ms;
    if (ms > patienceMs)
      throw new Error(`after ${patienceMs} ms: ${changes} changes and ${jobs} jobs are open`);
    await load.decide(waiting);
    await sleep(200);
  }
}
