import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { listChanges } from "../../src/store/changes.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { openJobs } from "../../src/store/jobs.ts";
import { buildProgram, type Child, cleanUp, startChild } from "../command-line/child.ts";
import { figures, seeded } from "../hostile/figures.ts";
import { environmentOf, startOwnProcess } from "../support/own-process.ts";
import { eventually } from "./eventually.ts";
import { isTaken, lostOf, type Typed, typeAs, typeOn } from "./typist.ts";

const rounds = 20;
/** In these a platform hangs for longer than anybody waits for us. */
const hanging = [6, 13];
const random = seeded(65);
const texts = [
  "pause burki:42",
  "status burki:42",
  "resume burki:42 because it is time",
  "pause woodpecker:108",
  "list burki",
];

let house: House;
let store: Store;
let bot: Child | undefined;
beforeAll(async () => {
  await buildProgram();
  house = await startHouse({
    now: () => new Date(),
    logLevel: "silent",
    connected: ["burki", "woodpecker"],
  });
  await house.stopBot();
  store = await openStore(house.config.databaseUrl);
});
afterEach(async () => {
  bot?.process.kill("SIGKILL");
  await bot?.ended;
  heal();
});
afterAll(async () => {
  await store?.close();
  await house?.close();
  cleanUp();
});

const heal = () => {
  for (const vendor of Object.values(house.vendors)) vendor.faults.set(null);
};
const start = async () => {
  bot = await startOwnProcess(house);
  return bot;
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Told to end, once or more; gives how it ended and how long that took. */
async function told(child: Child, ...signals: NodeJS.Signals[]) {
  const begun = performance.now();
  for (const [index, signal] of signals.entries()) {
    // Two at the same moment would be one.
    if (index > 0) await pause(400);
    child.process.kill(signal);
  }
  const { code, err } = await child.ended;
  return { code, err, ms: Math.round(performance.now() - begun) };
}

/** What looks at something a while later may stay. */
const later = ["expire_change", "watch_target", "end_pause", "tidy"];

/** Everything that was taken is worked, on a bot that nobody disturbs. */
async function expectNothingLost(typed: readonly Typed[]): Promise<void> {
  const child = await start();
  const isIdle = async () =>
    [...(await store.read(openJobs)).keys()].every((kind) => later.includes(kind));
  await eventually("no job is left", isIdle, 60_000);
  expect(await lostOf(store, typed)).toEqual([]);
  expect(await told(child, "SIGTERM")).toMatchObject({ code: 0, err: "" });
}

const changingBurki = () => house.vendors.burki.log().filter(({ changing }) => changing);
const newestChange = async () => {
  const changes = await store.read((q) => listChanges(q, { workspace: house.workspace }));
  return changes.toSorted((a, b) => b.askedAt.getTime() - a.askedAt.getTime())[0];
};

/** A resume that the platform carries out and never says so. */
async function resumeWithoutAnswer(child: Child) {
  for (const vendor of Object.values(house.vendors)) vendor.reset();
  house.vendors.burki.faults.set({ kind: "hang_after", on: "change" });
  const typed = await typeAs(house, "dee", "resume burki:7 because it is time");
  await eventually("the call left", () => changingBurki().length > 0, 10_000);
  return { typed: [typed], child };
}

describe("a bot that is told to end", () => {
  it(`H65: ends with 0 within 12 seconds at each of ${rounds} moments of a busy time, and loses nothing`, async () => {
    const typed: Typed[] = [];
    const waits: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const child = await start();
      if (hanging.includes(round)) house.vendors.burki.faults.set({ kind: "hang" });
      const typing = typeOn(house, texts);
      await pause(Math.round(random() * 600));
      const end = await told(child, "SIGTERM");
      typed.push(...(await typing.stop()));
      heal();
      expect(end, `round ${round}`).toMatchObject({ code: 0, err: "" });
      expect(end.ms).toBeLessThan(12_000);
      waits.push(end.ms);
    }
    const taken = typed.filter(isTaken).length;
    expect(taken).toBeGreaterThan(rounds);
    await expectNothingLost(typed);
    const slowest = (some: readonly number[]) => Math.max(...some);
    const calm = waits.filter((_, round) => !hanging.includes(round));
    figures(
      `SIGTERM at ${rounds} moments: ${taken} commands taken, none lost; slowest end ${slowest(calm)} ms, ${slowest(waits)} ms while a platform hung`,
    );
  });

  it("H65: ends with 0 when it is told so while it starts", async () => {
    const child = startChild(["serve"], { ...environmentOf(house.config), LOG_LEVEL: "info" });
    // Its first word, that secrets are in the environment, comes before it takes requests.
    await once(child.process.stdout ?? child.process, "data");
    expect(await told(child, "SIGTERM")).toMatchObject({ code: 0, err: "" });
    await expectNothingLost([]);
  });

  it.each([
    ["told a second time", ["SIGTERM", "SIGTERM"], 1],
    ["told a second time by the other signal", ["SIGTERM", "SIGINT"], 1],
    ["killed while it settles", ["SIGTERM", "SIGKILL"], -1],
  ] as const)(
    "H65, H66: ends at once when %s, and settles the call in hand by a read at the next start",
    async (_what, signals, code) => {
      const { typed, child } = await resumeWithoutAnswer(await start());
      const end = await told(child, ...signals);
      expect(end).toMatchObject({ code, err: "" });
      expect(end.ms).toBeLessThan(2_000);
      heal();
      await expectNothingLost(typed);
      expect((await newestChange())?.state).toBe("done");
      expect(changingBurki()).toHaveLength(1);
    },
  );
});

describe("a bot that is killed", () => {
  it("H63: leaves its file free at once, and a second one never had it", async () => {
    const child = await start();
    const second = startChild(["serve"], environmentOf(house.config));
    expect(await second.ended).toMatchObject({ code: 75, out: "" });
    child.process.kill("SIGKILL");
    await child.ended;
    const begun = performance.now();
    const third = await start();
    figures(
      `killed with -9: the next one is ready ${Math.round(performance.now() - begun)} ms later`,
    );
    expect(await told(third, "SIGTERM")).toMatchObject({ code: 0 });
  });
});
