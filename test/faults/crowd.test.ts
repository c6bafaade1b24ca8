import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import type { Delivery, PretendMessage } from "../../sandbox/slack/types.ts";
import { rule } from "../../src/domain/policy.ts";
import { buildProgram, type Child, cleanUp } from "../command-line/child.ts";
import { bundled, removeBundles } from "../hostile/bundled.ts";
import { figures, seeded } from "../hostile/figures.ts";
import { buttonsOn, outreach, textOf } from "../support/journey.ts";
import { startOwnProcess } from "../support/own-process.ts";
import { sentAtOnce, writtenDown } from "./crowd.ts";
import { type Inside, lookInside } from "./look-inside.ts";
import { counts, spread } from "./spread.ts";

const limit = 120_000;
const random = seeded(20_261);
const idOf = (number: number) => `U0CROWD${String(number).padStart(5, "0")}`;
const everybody = Array.from({ length: 1_200 }, (_, number) => idOf(number));
const approving = everybody.slice(0, 1_000);
const denying = everybody.slice(1_000);

let house: House;
let inside: Inside;
let bot: Child & { url: string };
let thread: string;

beforeAll(async () => {
  await buildProgram();
  thread = await bundled("test/faults/crowd-thread.ts");
  const members = (count: number) => ({ approve: { from: ["members"], count } });
  const rules = [
    rule("one agrees", { campaign: ["Spring launch", "Early*"] }, members(1)),
    rule("three agree", { campaign: ["Demo requests*"] }, members(3)),
  ];
  house = await startHouse({
    now: () => new Date(),
    logLevel: "silent",
    connected: ["burki"],
    policy: { version: 1, rules },
  });
  const ana = house.slack.people.find(({ name }) => name === "ana");
  if (!ana) throw new Error("Ana is not there");
  for (const id of everybody)
    house.slack.people.push({ ...ana, id, name: id.toLowerCase(), realName: `Crowd ${id}` });
  bot = await startOwnProcess(house, { FERMATA_LIMITS: "person=0,workspace=0" });
  inside = await lookInside(house);
}, limit);
afterAll(async () => {
  bot?.process.kill("SIGTERM");
  await bot?.ended;
  await inside?.close();
  await house?.close();
  cleanUp();
  removeBundles();
});

async function until<T>(found: () => T | undefined, what: string): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const it = found();
    if (it !== undefined) return it;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not come`);
}

async function cardOf(command: string): Promise<PretendMessage> {
  const { slack } = house;
  const cards = () =>
    slack.messages(outreach).filter((one) => !one.threadTs && one.user === slack.botUserId);
  const before = cards().length;
  await slack.typeCommand("ana", outreach, `/campaign ${command}`);
  return until(() => cards()[before], `the card of ${command}`);
}

function press(person: string, card: PretendMessage, label: string): Promise<Delivery> {
  const button = buttonsOn(card).find((one) => one.label === label);
  if (!button) throw new Error(`no ${label} on: ${textOf(card)}`);
  const place = { channel: card.channel, ts: card.ts };
  return house.slack.press(person, place, button.actionId, button.blockId);
}

/** They have the form for the reason before them, and have not sent it yet. */
async function openForms(people: readonly string[], card: PretendMessage): Promise<void> {
  for (const person of people) {
    await press(person, card, "Deny");
    await until(() => house.slack.views(person)[0], `${person}'s form`);
  }
}

/** In an order drawn by lot: who presses Approve, and who sends the form. */
async function everythingAtOnce(card: PretendMessage, deniers: readonly string[]) {
  const { slack } = house;
  const acts = [...approving, ...deniers].map((person) => ({ person, lot: random() }));
  acts.sort((a, b) => a.lot - b.lot);
  const bodies = await writtenDown(
    house,
    bot.url,
    acts.map(({ person }) => () => {
      if (!deniers.includes(person)) return press(person, card, "Approve");
      const [view] = slack.views(person);
      return slack.submit(person, view?.id ?? "", { reason: "not this week" });
    }),
  );
  const answers = await sentAtOnce(thread, house, bot.url, bodies);
  return acts.map(({ person }, place) => {
    const answer = answers[place] ?? { status: 0, ms: 0, body: "" };
    return { person, denies: deniers.includes(person), ...answer };
  });
}

const changingCalls = () => house.vendors.burki.log().filter(({ changing }) => changing);
const lines = (person: string) => house.slack.ephemerals(person).map(textOf);

describe("C20: 1,000 people who approve one change at the same moment", () => {
  it.each([
    ["one approval decides, and 200 deny", "pause burki:42", 1, denying],
    ["three approvals decide, and 200 deny", "pause burki:60", 3, denying],
    ["one approval decides, and nobody denies", "resume burki:7", 1, []],
  ] as const)(
    "where %s, make one decision and one call at most, and are all answered in words",
    async (name, command, needed, deniers) => {
      const callsBefore = changingCalls().length;
      const card = await cardOf(`${command} because the price is wrong`);
      await openForms(deniers, card);
      await inside.idle(20_000, ["slack_request"]);
      const toldBefore = new Map(everybody.map((person) => [person, lines(person).length]));
      const told = (person: string) => lines(person).slice(toldBefore.get(person));

      const began = performance.now();
      const answered = await everythingAtOnce(card, deniers);
      const kinds = ["slack_request", "apply_target", "answer", "show_change", "tell_asker"];
      await inside.idle(60_000, kinds);
      const took = Math.round(performance.now() - began);

      const change = (await inside.changes()).at(-1);
      if (!change) throw new Error("there is no change");
      const decisions = (await inside.events(change.id)).filter((one) =>
        /approved|denied/.test(one),
      );
      const calls = changingCalls().length - callsBefore;
      const ms = (denies: boolean) =>
        spread(answered.filter((one) => one.denies === denies).map((one) => one.ms));
      figures(
        `crowd, ${name}: ${decisions.join(", then ")}; ${change.votes.length} votes, ${calls} changing calls, all worked in ${took} ms`,
      );
      figures(
        `  approvals answered after ${ms(false)} ms, forms after ${ms(true)} ms; later than Slack waits: ${answered.filter((one) => one.ms > 3_000).length} of ${answered.length}`,
      );
      const presses = answered
        .filter((one) => !one.denies)
        .flatMap(({ person }) => told(person).map(firstWords));
      const forms = answered.filter((one) => one.denies).map(({ body }) => firstWords(body));
      figures(`  told after a press: ${counts(presses)}`);
      if (forms.length > 0) figures(`  told on the form: ${counts(forms)}`);

      expect(counts(answered.map(({ status }) => String(status)))).toBe(`${answered.length} 200`);
      // A denial wins until the first call has left; nothing comes after a denial.
      expect(["approved", "denied", "approved,denied"]).toContain(decisions.join());
      const stands = decisions.at(-1);
      expect(calls).toBe(stands === "approved" ? 1 : 0);
      expect(change.state).toBe(stands === "approved" ? "done" : "denied");
      expect(change.votes.filter(({ kind }) => kind === "approve").length).toBeLessThanOrEqual(
        needed,
      );
      expect(change.votes.filter(({ kind }) => kind === "deny").length).toBe(
        stands === "denied" ? 1 : 0,
      );
      await inside.provesItsRecord();
      expectAllTold(
        answered,
        told,
        change.votes.map(({ by }) => by),
      );
    },
    limit,
  );
});

/** Who has voted sees the card; everybody else is told what was decided, and after a press also by whom. */
function expectAllTold(
  answered: readonly { person: string; denies: boolean; body: string }[],
  told: (person: string) => string[],
  voters: readonly string[],
): void {
  const silent = answered.filter(({ person, denies, body }) => {
    if (voters.includes(person)) return false;
    if (denies) return !/already (denied|approved)|longer than Slack lets us wait/.test(body);
    return !told(person).some((words) => /already (denied|approved).*<@U/s.test(words));
  });
  expect(silent.map(({ person }) => person)).toEqual([]);
}

function firstWords(text: string): string {
  const plain = text.replace(/.*"reason":"([^"]*)".*/s, "$1").replace(/<@\w+>.*/s, "<who>");
  return `“${plain.split("\n")[0]?.slice(0, 120)}”`;
}
