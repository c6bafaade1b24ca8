import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { type VendorName, vendorNames } from "../../src/domain/campaign.ts";
import { rule } from "../../src/domain/policy.ts";
import { buildProgram, type Child, cleanUp } from "../command-line/child.ts";
import { figures, seeded } from "../hostile/figures.ts";
import { startOwnProcess } from "../support/own-process.ts";
import { type Inside, lookInside } from "./look-inside.ts";
import { addCampaigns, approveAll, askFor, callsPer, shows } from "./many-targets.ts";
import { counts, spread } from "./spread.ts";

/** Sixteen seconds are one. */
const haste = 16;
const limit = 400_000;
/** Woodpecker takes one request at a time, and a call that hangs blocks all others there. */
const targetsAt: Record<VendorName, number> = {
  peachdesk: 475,
  burki: 475,
  woodpecker: 100,
  sarvam: 475,
  talkdesk: 475,
};
const ids: Record<VendorName, string[]> = {
  peachdesk: [],
  burki: [],
  woodpecker: [],
  sarvam: [],
  talkdesk: [],
};

let house: House;
let inside: Inside;
let bot: Child;

beforeAll(async () => {
  await buildProgram();
  const then = { approve: { from: ["members"] } };
  house = await startHouse({
    now: () => new Date(),
    random: seeded(20_262),
    logLevel: "silent",
    policy: { version: 1, rules: [rule("somebody agrees", {}, then)] },
  });
  bot = await startOwnProcess(house, {
    FERMATA_LIMITS: "person=0,workspace=0",
    FERMATA_HASTE: String(haste),
  });
  inside = await lookInside(house);
}, limit);
afterAll(async () => {
  bot?.process.kill("SIGTERM");
  await bot?.ended;
  await inside?.close();
  await house?.close();
  cleanUp();
});

function fallSick(): void {
  const hang = { kind: "hang", share: 0.1 } as const;
  const reset = { kind: "reset_after", share: 0.1 } as const;
  const down = { kind: "status", status: 503, share: 0.1 } as const;
  const late = { kind: "late", ms: 20_000 / haste, share: 0.05, on: "change" } as const;
  for (const vendor of Object.values(house.vendors))
    vendor.faults.set({ kind: "mix", of: [hang, reset, down, late] });
}

/** As in real life a change holds campaigns of several platforms. */
async function askForAll() {
  const cards = [];
  for (const action of ["pause", "resume"] as const) {
    const targets = [];
    for (const vendor of vendorNames) {
      const from = action === "pause" ? 10_000 : 20_000;
      const count =
        Math.floor(targetsAt[vendor] / 2) + (action === "pause" ? targetsAt[vendor] % 2 : 0);
      const added = addCampaigns(house, vendor, { count, from, action });
      ids[vendor].push(...added);
      targets.push(...added.map((id, place) => ({ text: `${vendor}:${id}`, at: place / count })));
    }
    const mixed = targets.toSorted((a, b) => a.at - b.at).map(({ text }) => text);
    cards.push(...(await askFor(house, action, mixed)));
  }
  return cards;
}

describe("2,000 targets at five vendors of whose calls a third goes wrong", () => {
  it(
    "all come to an end, none is called failed that is as was wished, and none is changed twice",
    async () => {
      const cards = await askForAll();
      const logged = new Map(vendorNames.map((name) => [name, house.vendors[name].log().length]));
      fallSick();
      const began = performance.now();
      await approveAll(house, cards);
      await inside.idle(300_000, ["slack_request", "apply_target"]);
      const seconds = Math.round((performance.now() - began) / 1000);
      // Whatever was still owed has happened by then.
      await new Promise((resolve) => setTimeout(resolve, (1.5 * 20_000) / haste));

      const changes = await inside.changes();
      const targets = changes.flatMap(({ action, targets: all }) =>
        all.map((target) => {
          const there = house.vendors[target.vendor].campaigns();
          const campaign = there.find(({ id }) => id === target.campaign.id);
          return { ...target, action, isSo: shows(target.vendor, action, campaign?.word) };
        }),
      );
      figures(
        `sick vendors: ${targets.length} targets in ${seconds} s at haste ${haste}: ${counts(targets.map(({ state }) => state))}; as wished at the end: ${targets.filter(({ isSo }) => isSo).length}`,
      );
      const doubled: string[] = [];
      for (const name of vendorNames) {
        const log = house.vendors[name].log().slice(logged.get(name));
        expect(log.length, `${name}'s log is whole`).toBeLessThan(5_000);
        const perTarget = [...callsPer(ids[name], log).values()];
        const met = counts(
          log.filter(({ status }) => status !== 200).map(({ status }) => String(status)),
        );
        const here = targets.filter(({ vendor }) => vendor === name);
        figures(
          `  ${name}: ${log.length} calls, of which not 200: ${met}; per target ${spread(perTarget)}; ${counts(here.map(({ state }) => state))}`,
        );
        const effects = log.flatMap(({ effect }) =>
          effect && effect.from !== effect.to ? [effect.id] : [],
        );
        doubled.push(
          ...effects
            .filter((id, place) => effects.indexOf(id) !== place)
            .map((id) => `${name}:${id}`),
        );
      }
      const wrong = targets.filter(
        ({ state, isSo }) => isSo && (state === "failed" || state === "refused"),
      );
      const untrue = targets.filter(
        ({ state, isSo }) => !isSo && (state === "done" || state === "already"),
      );
      const unhappy = targets.filter(({ state }) => state !== "done" && state !== "already");
      figures(
        `  not done: ${counts(unhappy.map(({ state, sentence }) => `${state} “${inBrief(sentence)}”`))}`,
      );
      expect(targets.length).toBe(2_000);
      expect(counts(targets.map(({ state }) => state))).not.toMatch(/queued|trying|unknown/);
      expect(
        wrong.map(({ vendor, campaign, state, sentence }) => ({
          vendor,
          campaign,
          state,
          sentence,
        })),
      ).toEqual([]);
      expect(untrue.map(({ vendor, campaign }) => `${vendor}:${campaign.id}`)).toEqual([]);
      expect(doubled).toEqual([]);
      await inside.provesItsRecord();
    },
    limit,
  );
});

/** Without names of campaigns and platforms, so that alike sentences are counted together. */
function inBrief(sentence = ""): string {
  const names = /“Many \d+”|Peachdesk AI|Burki|Woodpecker|Sarvam|Talkdesk/g;
  return sentence.replace(names, "…").split(". ").slice(0, 2).join(". ");
}
