import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtInPolicy, rule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import {
  hour,
  type Journey,
  labelsOn,
  outreach,
  startJourney,
  textOf,
} from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

async function actsFirst(otherwise: "keep" | "revert"): Promise<void> {
  const { world, workspace } = journey.house;
  const ratify = { from: ["U0BEN00002", "admins"], within: "1h", otherwise };
  const first = rule(
    "act first",
    { action: ["pause", "stop"] },
    { ratify, notify: ["U0DEE00004"] },
  );
  const policy = { ...builtInPolicy, rules: [first, ...builtInPolicy.rules] };
  await applyPolicy(world, { workspace, policy, by: "U0DEE00004" });
}

const pauseId = async () => (await journey.changes()).find(({ action }) => action === "pause")?.id;
const pauseNow = async () => (await journey.changes()).find(({ action }) => action === "pause");
const pauseCard = () => journey.cards()[0];
const thread = () =>
  journey.house.slack
    .messages(outreach)
    .filter(({ threadTs }) => threadTs)
    .map(textOf)
    .join("\n");

describe("a pause that acts first", () => {
  beforeEach(async () => {
    await actsFirst("keep");
    await journey.types("ana", "pause burki:42 because wrong price");
    await journey.passes(2_000);
  });

  it("is done at once, says who has to answer for it, and calls whom it should", async () => {
    expect(journey.word("burki", "42")).toBe("paused");
    expect(textOf(pauseCard())).toContain("no approval asked");
    expect(textOf(pauseCard())).toContain("It has to be ratified or reversed");
    expect(textOf(pauseCard())).toContain("Ben Okafor or an admin");
    expect(labelsOn(pauseCard())).toEqual(["Ratify", "Reverse", "Details"]);
    expect(thread()).toContain("<@U0DEE00004>");
  });

  it("is ratified once, and a second press is told by whom", async () => {
    await journey.presses("ben", "Ratify", pauseCard());
    expect(textOf(pauseCard())).toContain("Ratified by <@U0BEN00002>");
    expect(labelsOn(pauseCard())).toEqual(["Undo", "Details"]);
    expect(await pauseNow()).toMatchObject({ state: "done", ratified: { kind: "ratified" } });
    await journey.passes(2 * hour);
    expect(await journey.changes()).toHaveLength(1);
  });

  it("tells the asker and others who could, and counts nothing", async () => {
    const asker = await journey.presses("ana", "Ratify", pauseCard());
    expect(asker.told).toContain("You asked for this");
    expect(asker.told).toContain("Ben Okafor or an admin");
    const other = await journey.presses("chi", "Reverse", pauseCard());
    expect(other.told).toContain("The policy asks other people");
    expect((await pauseNow())?.ratified).toBe(undefined);
  });

  it("comes as a copy to whom its rule names, who can answer there, and says when that is done", async () => {
    const copies = () => journey.house.slack.messages("@dee");
    expect(copies().map(labelsOn)).toEqual([["Ratify", "Reverse", "Details"]]);
    expect(textOf(copies()[0])).toContain("the rule “act first” names you");
    await journey.presses("dee", "Ratify", copies()[0]);
    expect(await pauseNow()).toMatchObject({ ratified: { kind: "ratified", by: "U0DEE00004" } });
    expect(copies().map(labelsOn)).toEqual([["Details"]]);
    expect(textOf(copies()[0])).toContain("Already ratified by <@U0DEE00004>");
  });

  it("is kept when nobody answers, and that is said once, loudly", async () => {
    await journey.passes(hour);
    await journey.passes(hour);
    expect(await pauseNow()).toMatchObject({ state: "done", ratified: { kind: "kept" } });
    expect(thread().match(/⚠️/g)).not.toBe(null);
    expect(thread()).toContain("It is kept as it is");
    expect(journey.word("burki", "42")).toBe("paused");
    expect(labelsOn(pauseCard())).toEqual(["Undo", "Details"]);
  });

  it("is reversed in the reverser's name, by the rule's own leave", async () => {
    const { house } = journey;
    const pressed = await journey.presses("ben", "Reverse", pauseCard());
    expect(pressed.told).toBe("");
    const form = house.slack.views("ben").at(-1);
    expect(textOf(form)).toContain("what still stands paused by it is resumed");
    await house.slack.submit("ben", form?.id ?? "", { reason: "The price was right" });
    await journey.passes(3_000);
    const resume = await journey.untilEnded(1_000);
    expect(resume).toMatchObject({
      action: "resume",
      state: "done",
      follows: await pauseId(),
      askedBy: "U0BEN00002",
      reason: "The price was right",
      verdict: { kind: "allow", rule: "act first: reversed" },
    });
    expect(journey.word("burki", "42")).toBe("running");
    expect(textOf(pauseCard())).toContain("Reversed by <@U0BEN00002>");
  });
});

describe("a pause that lapses unless somebody ratifies it", () => {
  it("is taken back by itself, once", async () => {
    await actsFirst("revert");
    await journey.types("ana", "pause burki:42 because wrong price");
    await journey.passes(hour + 1_000);
    await journey.untilEnded(1_000);
    await journey.passes(hour);
    const resumes = (await journey.changes()).filter(({ action }) => action === "resume");
    expect(resumes).toHaveLength(1);
    expect(resumes[0]).toMatchObject({ verdict: { rule: "act first: nobody ratified it" } });
    expect(journey.word("burki", "42")).toBe("running");
  });

  it("leaves alone what was resumed meanwhile, and says that nothing was resumed", async () => {
    await actsFirst("revert");
    await journey.types("ana", "pause burki:42 because wrong price");
    await journey.passes(2_000);
    await journey.types("dee", "resume burki:42 because it is right");
    await journey.untilEnded(1_000);
    const calls = journey.changing("burki").length;
    await journey.passes(hour);
    expect(journey.changing("burki")).toHaveLength(calls);
    expect(thread()).toContain("nothing was resumed");
  });
});
