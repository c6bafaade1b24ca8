import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buttonsOn, type Journey, startJourney } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ vendorDeadlineMs: 400, random: () => 0.5 });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

/** The bot goes down at once, whatever it was doing, and comes back later. */
async function goesDownFor(ms: number): Promise<void> {
  await journey.house.stopBot();
  journey.clock.advance(ms);
  await journey.house.restart();
  await journey.passes(10);
}

describe("a bot that goes down", () => {
  it("straight after a command's 200 still reaches the change's end", async () => {
    const { status } = await journey.house.slack.typeCommand(
      "ana",
      "outreach",
      "/campaign pause burki:42",
    );
    expect(status).toBe(200);
    await goesDownFor(30_000);
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(journey.word("burki", "42")).toBe("paused");
    expect(journey.changing("burki")).toHaveLength(1);
    expect(journey.cards()).toHaveLength(1);
    expect(journey.card()).toContain("Paused, and Burki confirms it.");
  });

  it("straight after an approval still carries it out, once", async () => {
    await journey.types("ana", "resume woodpecker:108");
    const card = journey.cards().at(-1);
    const [approve] = buttonsOn(card);
    await journey.house.slack.press(
      "dee",
      { channel: "C0OUTREACH", ts: card?.ts ?? "" },
      approve?.actionId ?? "",
      approve?.blockId,
    );
    await goesDownFor(5_000);
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(journey.changing("woodpecker")).toHaveLength(1);
    expect(journey.cards()).toHaveLength(1);
  });

  it("between a vendor's yes and its effect reads on, and does not send again", async () => {
    await journey.types("dee", "resume burki:7");
    expect((await journey.change()).state).toBe("running");
    await goesDownFor(5_000);
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(journey.changing("burki")).toHaveLength(1);
  });

  it("while an answer was lost reads before it would send again", async () => {
    journey.house.vendors.sarvam.faults.set({ kind: "hang_after", on: "change", times: 1 });
    await journey.house.slack.typeCommand("ana", "outreach", "/campaign pause sarvam:camp-09af");
    await goesDownFor(60_000);
    expect((await journey.untilEnded()).state).toBe("done");
    expect(journey.changing("sarvam")).toHaveLength(1);
  });

  it("while Slack is away shows the end when Slack is back", async () => {
    journey.house.slack.faults.set({ method: "chat.postMessage", status: 503 });
    await journey.types("ana", "pause burki:42");
    expect(journey.cards()).toEqual([]);
    expect(journey.word("burki", "42")).toBe("paused");
    await goesDownFor(1_000);
    journey.house.slack.faults.set(null);
    for (let tries = 0; tries < 12 && journey.cards().length === 0; tries += 1) {
      await journey.passes(5_000);
    }
    expect(journey.cards()).toHaveLength(1);
    expect(journey.card()).toContain("Paused, and Burki confirms it.");
  });
});
