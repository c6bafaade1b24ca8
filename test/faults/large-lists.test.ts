import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { buildProgram, type Child, cleanUp } from "../command-line/child.ts";
import { figures } from "../hostile/figures.ts";
import { outreach, textOf } from "../support/journey.ts";
import { startOwnProcess } from "../support/own-process.ts";
import { eventually } from "./eventually.ts";

const campaigns = 5_000;
/** So many of them run; the others are paused. */
const running = 100;
const mostGrownMb = 40;

let house: House;
let bot: Child;
beforeAll(async () => {
  await buildProgram();
  house = await startHouse({
    now: () => new Date(),
    logLevel: "silent",
    connected: ["peachdesk"],
  });
  // A small young generation: what is measured is what is kept, not what waits to be collected.
  bot = await startOwnProcess(house, {
    FERMATA_HASTE: "4",
    NODE_OPTIONS: "--max-semi-space-size=4",
  });
}, 240_000);
afterAll(async () => {
  bot?.process.kill("SIGTERM");
  await bot?.ended;
  await house?.close();
  cleanUp();
});

async function asks(text: string): Promise<{ told: string; ms: number }> {
  const told = () => house.slack.ephemerals("ana").map((one) => `${one.ts} ${textOf(one)}`);
  const before = new Set(told());
  const fresh = () => told().filter((one) => !before.has(one) && !one.includes("Looking at the"));
  await house.slack.typeCommand("ana", outreach, `/campaign ${text}`);
  const ms = await eventually(`an answer to ${text}`, () => fresh().length > 0, 60_000);
  return { told: fresh().join("\n"), ms };
}

/** Resident, in megabytes. */
function memory(): number {
  const status = readFileSync(`/proc/${bot.process.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

const words = (word: string) =>
  house.vendors.peachdesk.campaigns().filter((one) => one.word === word).length;

describe(`${campaigns} campaigns with schedules and logs at a platform without pages`, () => {
  it("are listed, found by name, shown and stopped, and hardly any of them is held in memory", async () => {
    const { peachdesk } = house.vendors;
    for (let n = 0; n < 5; n += 1) await asks("list peachdesk");
    for (let n = 0; n < campaigns; n += 1) {
      const word = n < running ? "running" : "paused";
      peachdesk.add({ id: String(10_000 + n), name: `Many ${n}`, word, traits: ["talkative"] });
    }
    const headers = { "x-api-key": peachdesk.secret.apiKey ?? "" };
    const answer = await fetch(`${peachdesk.url}/api/v1/campaign/`, { headers });
    const size = (await answer.arrayBuffer()).byteLength / 1e6;
    expect(size).toBeGreaterThan(8);

    const before = memory();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, memory());
    }, 5);
    const list = await asks("list peachdesk");
    expect(list.told).toContain("Many");
    const named = await asks('pause "Many 4242"');
    expect(named.told).not.toMatch(/could not be read/);
    const status = await asks('status "Many 4300"');
    expect(status.told).toContain("Many 4300");
    clearInterval(watch);
    figures(
      `a list of ${size.toFixed(1)} MB: listed in ${list.ms} ms, a name found in ${named.ms} ms, a status in ${status.ms} ms; memory grew by ${(peak - before).toFixed(1)} MB at most, from ${before.toFixed(0)} MB`,
    );
    const others = words("running") - running;
    const stop = await asks("stop all because wrong price");
    expect(stop.told).not.toMatch(/could not be read/);
    const ms = await eventually("everything is paused", () => words("running") === 0, 240_000);
    figures(`stop all: ${running + others} campaigns of ${campaigns} paused ${ms} ms later`);
    expect(peak - before).toBeLessThan(mostGrownMb);
  }, 400_000);
});
