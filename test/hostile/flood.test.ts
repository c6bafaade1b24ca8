import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import type { PretendWorkspace } from "../../sandbox/slack/types.ts";
import { buildProgram, type Child, cleanUp } from "../command-line/child.ts";
import { connectBurki, installIn } from "../support/install.ts";
import { outreach, settled } from "../support/journey.ts";
import { startOwnProcess } from "../support/own-process.ts";
import { bundled, removeBundles } from "./bundled.ts";
import { figures } from "./figures.ts";

const commands = 2_000;
const people = 100;
const atOnce = 32;
const limit = 240_000;

let house: House;
let flooder: PretendWorkspace;
let quiet: PretendWorkspace;
let bot: Child;
let typist: string;

beforeAll(async () => {
  await buildProgram();
  typist = await bundled("test/hostile/typist-thread.ts");
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
  removeBundles();
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

interface Answered {
  status: number;
  ms: number;
  body: string;
}

/** The people of the other workspace type on, from a thread of their own, so that only the bot can keep them waiting. */
async function typeQuietly(
  url: string,
  round: string,
  until: Promise<unknown>,
): Promise<Answered[]> {
  const channel = quiet.channels.find(({ botIsMember, isIm }) => botIsMember && !isIm)?.id ?? "";
  const fields = {
    command: "/campaign",
    text: "status burki:42",
    team_id: quiet.team.id,
    team_domain: quiet.team.domain,
    channel_id: channel,
    api_app_id: house.slack.appId,
    response_url: `${house.slack.url}/commands/none/quiet/${round}`,
  };
  const { signingSecret } = house.slack;
  const desk = { url, people: 40, signingSecret, fields, everyMs: 75 };
  const thread = new Worker(typist, { workerData: desk });
  await until;
  thread.postMessage("enough");
  const [answered] = await once(thread, "message");
  return answered as Answered[];
}

function p(share: number, values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

describe("H68: one workspace that floods", () => {
  it.each([
    ["within the limits that we ship", "A", { FERMATA_LIMITS: "person=30,workspace=600" }],
    ["with no limit at all", "B", { FERMATA_LIMITS: "person=0,workspace=0" }],
  ] as const)(
    "%s, leaves the answers of another under 250 ms at p95, and none refused",
    async (name, round, environment) => {
      bot?.process.kill("SIGTERM");
      await bot?.ended;
      const own = await startOwnProcess(house, environment);
      bot = own;
      const flooding = flood(round);
      const answered = await typeQuietly(own.url, round, flooding);
      const { refused, lost } = await flooding;
      const waits = answered.map(({ ms }) => ms);
      figures(
        `flood ${name}: ${commands} commands, ${refused} turned away in words; the other workspace: ${answered.length} commands, answered after p50 ${p(0.5, waits)} ms, p95 ${p(0.95, waits)} ms, max ${p(1, waits)} ms`,
      );
      expect(lost).toBe(0);
      expect(answered.filter(({ status, body }) => status !== 200 || body !== "")).toEqual([]);
      expect(answered.length).toBeGreaterThan(20);
      expect(p(0.95, waits)).toBeLessThan(250);
    },
    limit,
  );
});
