import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isEnded } from "../../src/domain/settle.ts";
import { buildProgram, cleanUp } from "../command-line/child.ts";
import { figures, seeded } from "../hostile/figures.ts";
import { checkHistory } from "./check-history.ts";
import type { History } from "./history.ts";
import { createLoad, loadPolicy } from "./load.ts";
import { settle } from "./settle.ts";
import { openStage, type Stage } from "./stage.ts";

const kills = Number(process.env.FERMATA_KILLS ?? 200);
const seed = Number(process.env.FERMATA_SEED ?? 20_261_125);
const longestMs = 600;
/** One life in ten is long enough to catch up with what the others left; so much is then done at once when it ends. */
const catchUpMs = 2_500;

let stage: Stage;
beforeAll(async () => {
  await buildProgram({ whole: true });
  stage = await openStage({ policy: loadPolicy, random: seeded(seed) });
});
afterAll(async () => {
  cleanUp();
  await stage.close();
});

describe(`a bot that is killed ${kills} times in the middle of its work`, () => {
  it("loses nothing it acknowledged, does nothing twice, and ends everything in 30 s", async () => {
    const begun = performance.now();
    const random = seeded(seed);
    const load = createLoad(stage, random);
    for (let round = 0; round < kills; round += 1) {
      const bot = await stage.start();
      if (round % 10 === 9) await sleep(catchUpMs);
      const burst = load.burst(6, 3);
      await sleep(random() * longestMs);
      bot.process.kill("SIGKILL");
      await bot.ended;
      await burst;
      await stage.look();
    }
    const bot = await stage.start();
    const settledMs = await settle(stage, load);
    bot.process.kill("SIGKILL");
    await bot.ended;
    await stage.look();
    const history = await stage.history();
    tell(history, settledMs, performance.now() - begun);
    expect(checkHistory(history)).toEqual([]);
    expect(history.changes.filter(({ state }) => !isEnded(state))).toEqual([]);
    expect(settledMs).toBeLessThan(30_000);
  });
});

function tell({ requests, changes, calls, cards }: History, settledMs: number, ms: number): void {
  const with_ = (outcome: string) => requests.filter((one) => one.outcome === outcome).length;
  const states = new Map<string, number>();
  for (const { state } of changes) states.set(state, (states.get(state) ?? 0) + 1);
  const moved = calls.filter(({ effect }) => effect && effect.from !== effect.to).length;
  const refused = requests.filter(
    ({ act, change, answered }) =>
      act === "wish" && answered && !changes.some(({ id }) => id === change),
  ).length;
  const attempts = changes.reduce((sum, change) => sum + change.calls.length, 0);
  figures(
    `kills: ${kills} × kill -9 (seed ${seed}); ${with_("ok")} requests acknowledged, ${with_("fail")} turned away, ${with_("info")} without an answer`,
  );
  figures(
    `kills: ${changes.length} changes on record, ${refused} wishes refused in words (${[...states].map(([state, count]) => `${count} ${state}`).join(", ")}), ${attempts} attempts, ${calls.length} changing calls, ${moved} state changes, ${cards.length - changes.length} spare cards`,
  );
  figures(
    `kills: all settled ${(settledMs / 1000).toFixed(1)} s after the last start; ${(ms / 1000).toFixed(0)} s in all`,
  );
}
