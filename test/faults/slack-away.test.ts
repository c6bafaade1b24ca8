import { afterEach, describe, expect, it } from "vitest";
import type { Fault } from "../../sandbox/slack/types.ts";
import { rule } from "../../src/domain/policy.ts";
import { isEnded } from "../../src/domain/settle.ts";
import { openJobs } from "../../src/store/jobs.ts";
import { figures } from "../hostile/figures.ts";
import { type Journey, outreach, startJourney, textOf } from "../support/journey.ts";
import { eachWork } from "./each-work.ts";

const minute = 60_000;
const members = ["members"];
const policy = {
  version: 1 as const,
  rules: [
    rule(
      "act first",
      { action: ["pause"], campaign: ["*renewal*"] },
      { ratify: { from: ["admins"], within: "10m", otherwise: "revert" } },
    ),
    rule("members may pause", { action: ["pause"], requester: members }, "allow"),
    rule("admins may stop", { action: ["stop"], requester: ["admins"] }, "allow"),
    rule(
      "somebody agrees",
      { action: ["resume", "cancel"], requester: members },
      {
        approve: { from: members },
        expires: "15m",
        notify: ["U0DEE00004"],
        remind: ["5m"],
      },
    ),
  ],
};

let journey: Journey;
afterEach(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const slack = () => journey.house.slack;
const told = (person: "ana" | "ben" | "chi" | "dee") =>
  [...slack().ephemerals(person), ...slack().messages(`@${person}`)].map(textOf).join("\n");

async function steps(ms: number, stepMs: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) await journey.passes(stepMs);
}

/** Milliseconds of moved time from a pause being typed to its card showing the end. */
async function aHealthyPause(id: string): Promise<number> {
  const from = journey.clock.now().getTime();
  await slack().typeCommand("chi", outreach, `/campaign pause burki:${id}`);
  for (let tries = 0; tries < 60; tries += 1) {
    await journey.passes(500);
    const card = journey.cards().find((one) => textOf(one).includes(`Healthy ${id}`));
    if (card && textOf(card).includes("Paused, and Burki confirms it.")) break;
  }
  return journey.clock.now().getTime() - from;
}

/** What has work to do by now, and not only at its time. */
async function dueJobs(): Promise<string[]> {
  const { store, now } = journey.house.world;
  const rows = await store.read((q) => q.select().from(q.t.jobs));
  const due = rows.filter(
    ({ doneAt, runAt, troubledAt }) => !doneAt && (troubledAt || runAt <= now()),
  );
  return due.map(({ kind, lastError }) => `${kind} ${lastError ?? ""}`);
}

const outages: [string, Fault][] = [
  ["down", { status: 503 }],
  ["answering with a word that nobody knows", { error: "the_moon_is_full" }],
  ["refusing everything for a while", { error: "ratelimited", retryAfter: 30 }],
];

describe.each(outages)("Slack's Web API %s for half an hour", (_how, fault) => {
  it("ends and tells all that was acknowledged, within a minute of its return", async () => {
    journey = await startJourney({
      connected: ["burki"],
      random: () => 0.5,
      policy,
      admins: ["U0DEE00004"],
    });
    const { burki } = journey.house.vendors;
    for (let id = 900; id < 912; id += 1)
      burki.add({ id: String(id), name: `Campaign ${id}`, word: id % 2 ? "paused" : "running" });
    // Waiting before it begins: to be approved, denied, withdrawn, to expire, to be undone, to end, to be taken back.
    await journey.types("ana", "resume burki:901");
    await journey.types("ana", "resume burki:903");
    await journey.types("ana", "resume burki:905");
    await journey.types("ana", "pause burki:900 for 12m");
    await journey.types("chi", "pause burki:902");
    burki.add({ id: "950", name: "Old renewal", word: "running" });
    await journey.types("chi", "pause burki:950");
    await steps(minute, 5_000);
    const card = (id: string) =>
      journey.cards().find((one) => textOf(one).includes(`Campaign ${id}`));

    slack().faults.set(fault);
    await journey.types("dee", "stop all in burki because wrong price");
    await journey.types("ana", "pause burki:904 because wrong price");
    await journey.types("ana", "resume burki:907");
    await journey.types("ana", "status");
    await journey.presses("ben", "Approve", card("901"));
    await journey.presses("ana", "Withdraw", card("903"));
    await journey.presses("chi", "Undo", card("902"));
    await steps(30 * minute, minute);
    slack().faults.set(null);
    await steps(minute, 5_000);

    expect(await dueJobs()).toEqual([]);
    for (const person of ["ana", "ben", "chi", "dee"] as const)
      expect([person, told(person)]).toEqual([
        person,
        expect.stringMatching(/You asked this 3\d minutes ago/),
      ]);
    const running = () => burki.campaigns().filter(({ word }) => word === "running");
    expect(told("ana")).toContain("That is too long ago for a resume");
    // The platform has its own two minutes for what the stop has sent.
    await steps(4 * minute, 10_000);
    const open = (await journey.changes()).filter(
      ({ state }) => !isEnded(state) && state !== "waiting",
    );
    expect(open.map(({ action, state }) => `${action} ${state}`)).toEqual([]);
    // What was agreed to before the stop, or has its end, is another story.
    expect(
      running()
        .map(({ id }) => id)
        .filter((id) => Number(id) >= 904 && id !== "950"),
    ).toEqual([]);
    const kinds = await journey.house.world.store.read(openJobs);
    expect([...kinds.keys()].filter((kind) => kind !== "end_pause")).not.toContain("slack_request");
  }, 180_000);
});

const ways: [string, Fault][] = [
  ["down", { status: 503 }],
  ["slow beyond all patience", { hang: true }],
  ["answering with a word that is in no list", { error: "the_moon_is_full" }],
];

describe.each(ways)("Slack's Web API %s for half an hour", (how, fault) => {
  it("ends every kind of acknowledged work, and slows nobody whom it serves", async () => {
    const { works, slackIs, aHealthyPause, ...rest } = await eachWork(
      "hang" in fault ? 400 : 10_000,
    );
    journey = rest.journey;
    for (const { before } of works) await before?.();
    await journey.passes(500);
    const before = [await aHealthyPause(), await aHealthyPause(), await aHealthyPause()];
    slackIs(fault);
    for (const { meanwhile } of works) await meanwhile?.();
    const meanwhile: number[] = [];
    for (let minutes = 0; minutes < 30; minutes += 1) {
      await journey.passes(minute);
      if (minutes % 6 === 0) meanwhile.push(await aHealthyPause());
    }
    slackIs(null);
    await rest.sendAgain();
    await steps(minute, 2_000);
    // The platforms have two minutes of their own for what was sent then.
    await steps(3 * minute, 10_000);
    const open: string[] = [];
    for (const { kind, ended } of works) if (!(await ended())) open.push(kind);
    figures(`Slack ${how} for half an hour, ${works.length} kinds of work`);
    figures(`  not ended: ${open.join(", ") || "none"}`);
    figures(`  a healthy pause, typed to card: before ${before.join(", ")} ms`);
    figures(`                                  meanwhile ${meanwhile.join(", ")} ms`);
    expect(open).toEqual([]);
    expect(Math.max(...meanwhile)).toBeLessThanOrEqual(Math.max(...before) + 2_000);
    expect(await dueJobs()).toEqual([]);
  }, 300_000);
});

describe("twenty-four cards that Slack does not take, beside healthy ones", () => {
  it("cost few posts a minute, and slow no healthy card", async () => {
    journey = await startJourney({ connected: ["burki"], random: () => 0.5, policy });
    const { burki } = journey.house.vendors;
    for (let id = 700; id < 724; id += 1)
      burki.add({ id: String(id), name: `Broken ${id}`, word: "paused" });
    for (let id = 800; id < 806; id += 1)
      burki.add({ id: String(id), name: `Healthy ${id}`, word: "running" });
    const before = [await aHealthyPause("800"), await aHealthyPause("801")];
    slack().faults.set({ method: "chat.postMessage", error: "the_moon_is_full" });
    for (let id = 700; id < 724; id += 1) await journey.types("ana", `resume burki:${id}`);
    await steps(2 * minute, 2_000);
    const posts = () =>
      slack()
        .calls()
        .filter(({ method }) => method === "chat.postMessage").length;
    const from = posts();
    await steps(minute, 1_000);
    const aMinute = posts() - from;
    slack().faults.set(null);
    const meanwhile = [await aHealthyPause("802"), await aHealthyPause("803")];
    await steps(minute, 2_000);
    figures("24 cards that Slack refuses with an unknown word, in one channel");
    figures(`  posts a minute: ${aMinute}`);
    figures(
      `  healthy pause, typed to card: ${before.join(", ")} ms before, ${meanwhile.join(", ")} ms meanwhile`,
    );
    expect(aMinute).toBeLessThanOrEqual(30);
    expect(Math.max(...meanwhile)).toBeLessThanOrEqual(Math.max(...before) + 2_000);
    const shown = journey.cards().filter((one) => textOf(one).includes("Broken"));
    expect(shown).toHaveLength(24);
  }, 180_000);
});
