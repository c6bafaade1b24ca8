import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import type { PretendWorkspace } from "../../sandbox/slack/types.ts";
import { buildProgram, type Child, cleanUp } from "../command-line/child.ts";
import { connectBurki, installIn } from "../support/install.ts";
import { outreach, settled } from "../support/journey.ts";
import { startOwnProcess } from "../support/own-process.ts";
import { figures } from "./figures.ts";

const commands = 2_000;
const people = 100;
const atOnce = 32;
const limit = 240_000;

let house: House;
let flooder: PretendWorkspace;
let quiet: PretendWorkspace;
let bot: Child;

beforeAll(async () => {
  await buildProgram();
  house = await startHouse({ oauth: true, logLevel: "silent", now: () => new Date() });
  flooder = house.slack.workspace("T0FERMATA1");
  quiet = house.slack.workspace("T0NORDWIND");
  await installIn(house, { person: "dee", where: flooder.team.id });
  await installIn(house, { person: "nora", where: quiet.team.id });
  await connectBurki(house, flooder.team.id);
  await connectBurki(house, quiet.team.id);
  await settled(house);
}, limit);
afterAll(async () => {
  bot?.process.kill("SIGTERM");
  await bot?.ended;
  await house.close();
  cleanUp();
});

/** A crowd of one workspace types as fast as it is answered. Gives how many were turned away in words. */
async function flood(round: string): Promise<{ refused: number; lost: number }> {
  let [next, refused, lost] = [0, 0, 0];
  const typist = async () => {
    while (next < commands) {
      const number = next++;
      const body = new URLSearchParams({
        command: "/campaign",
        text: "status burki:42",
        team_id: flooder.team.id,
        team_domain: flooder.team.domain,
        user_id: `U0CROWD${round}${number % people}`,
        channel_id: outreach,
        api_app_id: house.slack.appId,
        response_url: `${house.slack.url}/commands/none/${round}/${number}`,
        trigger_id: `${round}.${number}`,
      });
      const { status, body: words } = await house.slack.send({ body: body.toString() });
      if (status !== 200) lost += 1;
      else if (words.includes("was not taken")) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, typist));
  return { refused, lost };
}

interface Quiet {
  /** Milliseconds until Slack had its 200, and until the person had the words. */
  answered: number[];
  told: number[];
  turnedAway: number;
}

/** Somebody of the other workspace goes on working as if nothing were the matter. */
async function workQuietly(until: Promise<unknown>): Promise<Quiet> {
  const seen: Quiet = { answered: [], told: [], turnedAway: 0 };
  let over = false;
  void until.then(() => {
    over = true;
  });
  const channel = quiet.channels.find(({ botIsMember, isIm }) => botIsMember && !isIm)?.id ?? "";
  while (!over) {
    const before = quiet.ephemerals("nora").length;
    const start = performance.now();
    const delivery = await quiet.typeCommand("nora", channel, "/campaign status burki:42");
    seen.answered.push(performance.now() - start);
    if (delivery.status !== 200 || delivery.body !== "") seen.turnedAway += 1;
    await expect
      .poll(() => quiet.ephemerals("nora").length, { timeout: 30_000, interval: 5 })
      .toBeGreaterThan(before);
    seen.told.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return seen;
}

function p(share: number, values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const line = (values: readonly number[]) =>
  `p50 ${p(0.5, values).toFixed(0)} ms, p95 ${p(0.95, values).toFixed(0)} ms, max ${p(1, values).toFixed(0)} ms`;

describe("H68: one workspace that floods", () => {
  it.each([
    ["within the limits that we ship", "A", { FERMATA_LIMITS: "person=30,workspace=600" }],
    ["with no limit at all", "B", { FERMATA_LIMITS: "person=0,workspace=0" }],
  ] as const)(
    "%s, leaves the answers of another under 250 ms at p95, and none refused",
    async (name, round, environment) => {
      bot?.process.kill("SIGTERM");
      await bot?.ended;
      bot = await startOwnProcess(house, environment);
      const flooding = flood(round);
      const seen = await workQuietly(flooding);
      const { refused, lost } = await flooding;
      figures(
        `flood ${name}: ${commands} commands, ${refused} turned away in words; the other workspace: ${seen.answered.length} commands, 200 after ${line(seen.answered)}; words after ${line(seen.told)}`,
      );
      expect([lost, seen.turnedAway]).toEqual([0, 0]);
      expect(seen.answered.length).toBeGreaterThan(5);
      expect(p(0.95, seen.answered)).toBeLessThan(250);
    },
    limit,
  );
});
