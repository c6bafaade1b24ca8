import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { actionIds, callbackIds } from "../../src/slack/cards/ids.ts";
import { buildProgram, type Child, cleanUp } from "../command-line/child.ts";
import { interaction } from "../slack/a-receiver.ts";
import { buttonOn, labelsOn, outreach, textOf } from "../support/journey.ts";
import { startOwnProcess } from "../support/own-process.ts";
import { figures } from "./figures.ts";

const mentions = 5_000;
const letters = 500;
const atOnce = 24;
const ben = "U0BEN00002";

let house: House;
let bot: Child;

beforeAll(async () => {
  await buildProgram();
  const options = { slackLimits: true, logLevel: "silent", now: () => new Date() } as const;
  house = await startHouse({ ...options, connected: ["burki"] });
  bot = await startOwnProcess(house, { FERMATA_LIMITS: "person=30,workspace=600" });
});
afterAll(async () => {
  bot?.process.kill("SIGTERM");
  await bot?.ended;
  await house.close();
  cleanUp();
});

const word = () => house.vendors.burki.campaigns().find(({ id }) => id === "42")?.word;
const words = () => house.slack.messages(outreach).map(textOf).join("\n");
const soon = { timeout: 20_000, interval: 50 };

/** One person calls upon it, and types into its list, as fast as they are answered. Gives the statuses. */
async function flood(going: { sent: number; over: boolean }): Promise<Set<number>> {
  const statuses = new Set<number>();
  let next = 0;
  const one = async (number: number) => {
    const at = { channel: outreach, ts: "1.1", text: "<@U0FERMATA1> well?" };
    const { status } =
      number % (mentions / letters) === 1
        ? await house.slack.send({ body: letter(number) })
        : await house.slack.event("app_mention", { user: ben, ...at });
    statuses.add(status);
    going.sent += 1;
  };
  const gun = async () => {
    while (next < mentions + letters) await one(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, gun));
  going.over = true;
  return statuses;
}

function letter(number: number): string {
  const view = { id: "V1", callback_id: callbackIds.campaign, private_metadata: outreach };
  return interaction({
    ...{ type: "block_suggestion", team: { id: house.workspace }, user: { id: ben } },
    ...{ action_id: actionIds.campaigns, block_id: "campaigns", value: `s${number}`, view },
  });
}

describe("H68: somebody who calls upon it five thousand times, with Slack's own limits", () => {
  it("keeps an admin whom nobody knew yet neither from approving nor from stopping everything", async () => {
    await house.slack.typeCommand("ana", outreach, "/campaign pause burki:42 because wrong price");
    await expect.poll(word, soon).toBe("paused");
    await house.slack.typeCommand("ana", outreach, "/campaign resume burki:42 because all is well");
    const waiting = () =>
      house.slack.messages(outreach).find((one) => labelsOn(one).includes("Approve"));
    await expect.poll(waiting, soon).toBeDefined();
    const card = waiting();
    if (!card) throw new Error("no card");

    const going = { sent: 0, over: false };
    const flooding = flood(going);
    await expect.poll(() => going.sent, soon).toBeGreaterThan(1_000);
    const start = performance.now();
    const { actionId, blockId } = buttonOn(card, "Approve");
    const approved = await house.slack.press("dee", card, actionId, blockId);
    await expect.poll(word, soon).toBe("scheduled");
    const approvedMs = performance.now() - start;
    const stop = await house.slack.typeCommand("dee", outreach, "/campaign stop all because x");
    await expect.poll(words, soon).toContain("Emergency stop");
    const stoppedMs = performance.now() - start - approvedMs;
    const during = !going.over;
    const statuses = await flooding;

    const asked = house.slack.calls().filter(({ method }) => method === "users.info").length;
    const told = house.slack.calls().filter(({ method }) => method === "chat.postEphemeral").length;
    figures(
      `mentions: ${mentions} by one person and ${letters} letters, answered with ${[...statuses].join(", ")}; ${told} ephemerals, ${asked} users.info calls; an admin's approval was done after ${approvedMs.toFixed(0)} ms (acknowledged after ${approved.ms.toFixed(0)}), a stop after ${stoppedMs.toFixed(0)} (${stop.ms.toFixed(0)})${during ? ", during it" : ""}`,
    );
    expect([...statuses]).toEqual([200]);
    expect(asked).toBeLessThan(60);
    const limited = house.slack.calls().filter(({ error }) => error === "ratelimited");
    expect(limited.filter(({ method }) => method === "users.info")).toEqual([]);
    const refused = house.slack.ephemerals("dee").map(textOf).join();
    expect(refused).not.toContain("could not tell us who you are");
  }, 120_000);
});
