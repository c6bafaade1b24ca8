import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { rule } from "../../src/domain/policy.ts";
import { buildProgram, type Child, cleanUp } from "../command-line/child.ts";
import { figures } from "../hostile/figures.ts";
import { outreach } from "../support/journey.ts";
import { startOwnProcess } from "../support/own-process.ts";
import { type Inside, lookInside } from "./look-inside.ts";
import { addCampaigns, approveAll, askFor, callsPer } from "./many-targets.ts";
import { at, counts, spread } from "./spread.ts";

const downMs = 60_000;
const usualMs = 20_000;
const everyMs = 700;
const limit = 240_000;

let house: House;
let inside: Inside;
let bot: Child;
let sick: string[];
let well: string[];

beforeAll(async () => {
  await buildProgram();
  const then = { approve: { from: ["members"] } };
  house = await startHouse({
    now: () => new Date(),
    vendorLatencyMs: 40,
    logLevel: "silent",
    connected: ["burki", "peachdesk"],
    policy: {
      version: 1,
      rules: [rule("somebody agrees", { vendor: ["burki"] }, then), rule("go on", {}, "allow")],
    },
  });
  sick = addCampaigns(house, "burki", { count: 200, from: 10_000, action: "pause" });
  well = addCampaigns(house, "peachdesk", { count: 300, from: 1_000, action: "pause" });
  bot = await startOwnProcess(house, { FERMATA_LIMITS: "person=0,workspace=0" });
  inside = await lookInside(house);
}, limit);
afterAll(async () => {
  bot?.process.kill("SIGTERM");
  await bot?.ended;
  await inside?.close();
  await house?.close();
  cleanUp();
});

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** People go on pausing campaigns at the other platform, one after another. Gives what they paused. */
async function goOnElsewhere(ms: number): Promise<string[]> {
  const asked: string[] = [];
  for (const end = Date.now() + ms; Date.now() < end; await later(everyMs)) {
    const id = well.shift() ?? "";
    asked.push(id);
    await house.slack.typeCommand("chi", outreach, `/campaign pause peachdesk:${id}`);
  }
  return asked;
}

/** How long each of them took from being asked to being done, in milliseconds. */
async function waitsOf(ids: readonly string[]): Promise<number[]> {
  const changes = await inside.changes();
  return ids.map((id) => {
    const change = changes.find(
      ({ targets: [one] }) => one?.vendor === "peachdesk" && one.campaign.id === id,
    );
    if (change?.state !== "done") return Number.POSITIVE_INFINITY;
    return (change.endedAt?.getTime() ?? Number.POSITIVE_INFINITY) - change.askedAt.getTime();
  });
}

async function targetsThere() {
  const changes = await inside.changes();
  return changes.flatMap(({ targets }) => targets).filter(({ vendor }) => vendor === "burki");
}

async function untilAllEnded(withinMs: number): Promise<void> {
  const ended = ["done", "already", "failed", "refused", "needs_attention"];
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if ((await targetsThere()).every(({ state }) => ended.includes(state))) return;
    await later(250);
  }
}

describe("a vendor that answers 503 for a minute, under 200 targets", () => {
  it(
    "is called little, has all done soon after its return, and slows no other vendor down",
    async () => {
      const cards = await askFor(
        house,
        "pause",
        sick.map((id) => `burki:${id}`),
      );
      const usual = await waitsOf(
        await goOnElsewhere(usualMs).then(async (ids) => later(3_000).then(() => ids)),
      );
      const before = house.vendors.burki.log().length;

      house.vendors.burki.faults.set({ kind: "status", status: 503 });
      const down = Date.now();
      await approveAll(house, cards);
      const askedMeanwhile = await goOnElsewhere(downMs - (Date.now() - down));
      const during = house.vendors.burki.log().slice(before);
      house.vendors.burki.faults.set(null);
      const back = Date.now();
      await untilAllEnded(45_000);
      const recovered = Date.now() - back;
      const meanwhile = await waitsOf(askedMeanwhile);

      const all = house.vendors.burki.log().slice(before);
      const perTarget = [...callsPer(sick, all).values()];
      const perTargetDown = [...callsPer(sick, during).values()];
      const states = (await targetsThere()).map(({ state }) => state);
      const seconds = (from: number) =>
        during.filter(({ at: when }) => when.getTime() - down >= from * 1000).length;
      figures(
        `outage of ${downMs / 1000} s, 200 targets: ${during.length} calls while it was down (${seconds(5)} of them after its first 5 s), ${all.length} in all; per target ${spread(perTargetDown)} while down, ${spread(perTarget)} in all`,
      );
      figures(`  at the end: ${counts(states)}, ${recovered} ms after its return`);
      figures(
        `  the other vendor, from asked to done: ${spread(usual)} ms before (${usual.length}), ${spread(meanwhile)} ms meanwhile (${meanwhile.length})`,
      );

      expect(at(0.95, meanwhile)).toBeLessThan(2_000);
      expect(at(0.95, meanwhile)).toBeLessThan(at(0.95, usual) + 1_000);
      expect(counts(states)).toBe("200 done");
      expect(recovered).toBeLessThan(30_000);
      expect(during.length).toBeLessThanOrEqual(250);
      expect(Math.max(...perTarget)).toBeLessThanOrEqual(5);
      await inside.provesItsRecord();
    },
    limit,
  );
});
