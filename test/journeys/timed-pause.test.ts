import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hour, type Journey, labelsOn, startJourney, textOf } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const follows = async () => (await journey.changes()).filter((one) => one.follows !== undefined);

describe("a pause for two hours", () => {
  it("says until when", async () => {
    const { told } = await journey.types("ana", "pause burki:42 for 2h because wrong price");
    const { until, askedAt } = await journey.change();
    const length = (until?.getTime() ?? 0) - askedAt.getTime();
    expect(Math.round(length / 60_000)).toBe(120);
    const token = `<!date^${Math.floor((until?.getTime() ?? 0) / 1000)}^`;
    expect(told).toContain(token);
    expect(journey.card()).toContain(`${token}`);
    expect(journey.card()).toContain("a resume is asked for");
  });

  it("asks an admin for the resume when a member asked for the pause", async () => {
    await journey.types("ana", "pause burki:42 for 2h");
    const pause = await journey.change();
    await journey.passes(2 * hour - 60_000);
    expect(await follows()).toEqual([]);
    await journey.passes(61_000);

    expect(await journey.change()).toMatchObject({
      action: "resume",
      state: "waiting",
      follows: pause.id,
      askedBy: "U0ANA00001",
    });
    expect(journey.word("burki", "42")).toBe("paused");
    expect(labelsOn(journey.cards().at(-1))).toEqual(["Approve", "Deny", "Withdraw"]);
    await journey.presses("dee", "Approve");
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(journey.word("burki", "42")).toBe("running");
  });

  it("resumes by itself where the policy lets the asker resume", async () => {
    await journey.types("dee", "pause woodpecker:42 for 2h");
    await journey.passes(2 * hour + 1_000);
    expect(await journey.change()).toMatchObject({ action: "resume", state: "done" });
    expect(journey.word("woodpecker", "42")).toBe("RUNNING");
  });

  it("asks once, also over a restart at that very moment", async () => {
    await journey.types("ana", "pause burki:42 for 2h");
    await journey.house.stopBot();
    journey.clock.advance(2 * hour + 1_000);
    await journey.house.restart();
    await journey.passes(1_000);
    await journey.house.restart();
    await journey.passes(60_000);
    expect(await follows()).toHaveLength(1);
    expect(journey.cards()).toHaveLength(2);
  });

  it("leaves alone what somebody resumed meanwhile", async () => {
    await journey.types("ana", "pause burki:42 for 2h");
    await journey.types("dee", "resume burki:42");
    await journey.untilEnded(1_000);
    const calls = journey.changing("burki").length;
    await journey.passes(2 * hour);
    expect(await follows()).toEqual([]);
    expect(journey.changing("burki")).toHaveLength(calls);
  });

  it("leaves alone what somebody resumed and paused anew", async () => {
    await journey.types("dee", "pause burki:42 for 2h");
    await journey.types("dee", "resume burki:42");
    await journey.untilEnded(1_000);
    await journey.types("ben", "pause burki:42 because of the incident");
    await journey.passes(2 * hour);
    expect(await follows()).toEqual([]);
    expect(journey.word("burki", "42")).toBe("paused");
  });

  it("plans nothing for a campaign that was paused before", async () => {
    await journey.types("ana", "pause burki:7 for 2h");
    await journey.passes(2 * hour + 1_000);
    expect(await journey.changes()).toHaveLength(1);
    expect(journey.word("burki", "7")).toBe("paused");
  });

  it("does not end in silence when its asker may not resume any more", async () => {
    await journey.types("ana", "pause burki:42 for 2h");
    const ana = journey.house.slack.people.find(({ name }) => name === "ana");
    if (ana) ana.isRestricted = true;
    await journey.passes(2 * hour + 1_000);
    expect(journey.word("burki", "42")).toBe("paused");
    const words = [
      ...journey.house.slack.messages("outreach"),
      ...journey.house.slack.ephemerals("ana"),
    ].map(textOf);
    expect(words.join("\n")).toContain("Guests of this workspace may not resume campaigns here.");
  });
});

describe("a pause for two hours that somebody else holds on to", () => {
  const cardOf = (id: string) =>
    journey
      .cards()
      .find(({ blocks }) => blocks.some(({ block_id }) => String(block_id).startsWith(`${id}:`)));

  it("is not ended, its card says whose pause holds it now, and its asker hears of it", async () => {
    await journey.types("dee", "pause burki:42 for 2h");
    const pause = await journey.change();
    await journey.passes(1_000);
    await journey.types("ana", "pause burki:42 because legal hold");
    const hold = await journey.untilEnded(1_000);
    await journey.passes(1_000);
    const card = cardOf(pause.id);
    expect(textOf(card)).toMatch(/<@U0ANA00001>’s pause of .* holds it without an end\./);
    expect(labelsOn(card)).not.toContain("Extend");
    await journey.passes(2 * hour);
    expect(await follows()).toEqual([]);
    expect(journey.word("burki", "42")).toBe("paused");
    const thread = journey.house.slack.messages("outreach").filter(({ threadTs }) => threadTs);
    expect(thread.map(textOf).join("\n")).toContain(
      `A later pause of “Spring launch” has no end and holds it now (${hold.id}).`,
    );
  });

  it("is ended at the later of two ends, once", async () => {
    await journey.types("dee", "pause woodpecker:42 for 1h");
    await journey.passes(1_000);
    await journey.types("dee", "pause woodpecker:42 for 3h");
    await journey.untilEnded(1_000);
    await journey.passes(hour);
    expect(await follows()).toEqual([]);
    await journey.passes(2 * hour);
    await journey.untilEnded(1_000);
    expect(await follows()).toHaveLength(1);
    expect(journey.word("woodpecker", "42")).toBe("RUNNING");
  });

  it("says in the thread and on the card that it ran already when its end came", async () => {
    await journey.types("dee", "pause burki:42 for 2h");
    const pause = await journey.change();
    journey.house.vendors.burki.setWord("42", "completed");
    await journey.passes(2 * hour + 1_000);
    expect(await follows()).toEqual([]);
    expect(textOf(cardOf(pause.id))).toContain("At its planned end: Burki shows completed");
    const thread = journey.house.slack.messages("outreach").filter(({ threadTs }) => threadTs);
    expect(thread.map(textOf).join("\n")).toContain("nothing was resumed");
  });
});
