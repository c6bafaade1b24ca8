import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { vendorNames } from "../../src/domain/campaign.ts";
import { buildProgram, type Child, cleanUp } from "../command-line/child.ts";
import { figures } from "../hostile/figures.ts";
import { outreach } from "../support/journey.ts";
import { startOwnProcess } from "../support/own-process.ts";
import { eventually } from "./eventually.ts";

const boundMs = 500;
/** On a machine that others use as well, the best of so many counts. */
const rounds = 5;
const hanging = "talkdesk";
const others = vendorNames.filter((name) => name !== hanging);

let house: House;
let bot: Child;
beforeAll(async () => {
  await buildProgram();
  house = await startHouse({ now: () => new Date(), logLevel: "silent", vendorLatencyMs: 8 });
  bot = await startOwnProcess(house, { FERMATA_HASTE: "4" });
}, 240_000);
afterAll(async () => {
  bot?.process.kill("SIGTERM");
  await bot?.ended;
  await house?.close();
  cleanUp();
});

/** From the request to the moment at which each of the others heard of its first pause, in milliseconds. */
async function firstPauses(): Promise<number[]> {
  const { vendors, slack } = house;
  for (const vendor of Object.values(vendors)) vendor.reset();
  vendors[hanging].faults.set({ kind: "hang" });
  const firstAt = (name: (typeof others)[number]) =>
    vendors[name]
      .log()
      .find(({ changing }) => changing)
      ?.at.getTime();
  const begun = Date.now();
  await slack.typeCommand("ana", outreach, "/campaign stop all because wrong price");
  await eventually(
    "a pause at each of the others",
    () => others.every((name) => firstAt(name) !== undefined),
    60_000,
  );
  const times = others.map((name) => (firstAt(name) ?? Number.NaN) - begun);
  vendors[hanging].faults.set(null);
  const runs = () =>
    others.some((name) =>
      vendors[name].campaigns().some(({ word }) => /^(running|active)$/i.test(word)),
    );
  await eventually("the others are stopped", () => !runs(), 120_000);
  return times;
}

describe("a stop over five platforms of which one hangs", () => {
  it(`begins at each of the others within ${boundMs} ms of the request`, async () => {
    const slowest: number[] = [];
    for (let round = 0; round < rounds && !slowest.some((ms) => ms < boundMs); round += 1) {
      const times = await firstPauses();
      const each = others.map((name, place) => `${name} ${times[place]} ms`).join(", ");
      figures(`first pauses after the request, ${hanging} hanging: ${each}`);
      slowest.push(Math.max(...times));
    }
    expect(Math.min(...slowest)).toBeLessThan(boundMs);
  }, 600_000);
});
