import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Policy, rule, type Then } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import {
  hour,
  type Journey,
  labelsOn,
  outreach,
  startJourney,
  textOf,
} from "../support/journey.ts";

const marketing = "S0MARKETNG";
const ben = "U0BEN00002";
let journey: Journey;
beforeEach(async () => {
  journey = await startJourney({ connected: ["burki"] });
});
afterEach(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

async function resumesNeed(then: Then): Promise<void> {
  const { world, workspace } = journey.house;
  const policy: Policy = {
    version: 1,
    rules: [rule("marketing agrees", { action: ["resume"] }, then)],
  };
  await applyPolicy(world, { workspace, policy, by: "U0DEE00004" });
}
const messages = (channel: string) => journey.house.slack.messages(channel);
const thread = () =>
  messages(outreach)
    .filter(({ threadTs }) => threadTs)
    .map(textOf);
const group = () => {
  const found = journey.house.slack.groups.find(({ id }) => id === marketing);
  if (!found) throw new Error("there is no such group");
  return found;
};

describe("the card of a change that waits", () => {
  it("C27: names those who may decide and calls nobody, whatever they are called", async () => {
    const person = journey.house.slack.people.find(({ id }) => id === ben);
    if (person) person.realName = "✅ *Approved* <!channel> <@U0DEE00004>";
    await resumesNeed({ approve: { from: [marketing, ben], count: 2 } });
    await journey.types("ana", "resume burki:7");
    const card = journey.card();
    expect(card).toContain(`0 of 2 from @${group().handle} or`);
    expect(card).toContain("not Ana Ferrer");
    expect(card).not.toContain("<!subteam");
    expect(card).not.toContain("<!channel>");
    expect(card).not.toContain("<@U0DEE00004>");
    expect(card).not.toContain("*Approved*");
    expect(thread()).toEqual([]);
  });

  it("calls in its thread whom the rule tells to call, and says how long is left", async () => {
    await resumesNeed({ approve: { from: [marketing] }, notify: [marketing], expires: "4h" });
    await journey.types("ana", "resume burki:7");
    expect(journey.card()).not.toContain("<!subteam");
    await journey.passes(2_000);
    expect(thread()).toHaveLength(1);
    expect(thread()[0]).toContain(`<!subteam^${marketing}>`);
    expect(thread()[0]).toContain("It expires in 4 h,");
  });

  it("calls again as often as the rule says, and the others once those called have not decided", async () => {
    const then = { approve: { from: [ben] }, notify: [ben], expires: "4h", remind: ["1h"] };
    await resumesNeed({ ...then, on_timeout: { escalate: ["U0DEE00004"] } });
    await journey.types("ana", "resume burki:7");
    await journey.passes(2_000);
    expect(thread()[0]).toContain("<@U0BEN00002>");
    expect(thread()[0]).toContain("Others are asked too in 4 h,");
    await journey.passes(hour);
    expect(thread()).toHaveLength(2);
    expect(thread()[1]).toContain("this still waits for a decision");
    expect(thread()[1]).toContain("in 3 h,");
    await journey.passes(3 * hour);
    expect(thread()).toHaveLength(3);
    expect(thread()[2]).toContain("<@U0DEE00004>");
    expect(thread()[2]).toContain("It expires in 4 h,");
    expect(journey.card()).not.toContain("<@U0DEE00004>");
  });

  it("gives a card of their own to those who are asked only then, each of them once", async () => {
    const then = { approve: { from: [ben] }, expires: "4h" };
    await resumesNeed({ ...then, on_timeout: { escalate: ["U0DEE00004", "U0SAM00006"] } });
    await journey.types("ana", "resume burki:7");
    await journey.passes(hour);
    expect(messages("@dee")).toEqual([]);
    await journey.passes(3 * hour);
    await journey.passes(hour);
    expect(messages("@dee")).toHaveLength(1);
    expect(messages("@sam")).toEqual([]);
    await journey.presses("dee", "Approve", messages("@dee")[0]);
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(messages("@dee")).toHaveLength(1);
  });

  it("shows whoever is reminded how the campaign stands by then", async () => {
    await resumesNeed({ approve: { from: [ben] }, notify: [ben], remind: ["1h"] });
    await journey.types("ana", "resume burki:7");
    journey.house.vendors.burki.setWord("7", "completed");
    await journey.passes(hour);
    expect(journey.card()).toContain("⚠️ Since this was asked, Burki shows `completed`");
  });

  it("says whose turn it is where steps follow each other", async () => {
    await resumesNeed({ approve: [{ from: [ben] }, { from: ["admins"] }] });
    await journey.types("ana", "resume burki:7");
    expect(journey.card()).toContain("Step 1 (now): 0 of 1 from Ben Okafor");
    expect(journey.card()).toContain("Step 2 (later): 0 of 1 from an admin");
    await journey.presses("ben", "Approve");
    expect(journey.card()).toContain("Step 1 (complete): 1 of 1");
    expect(journey.card()).toContain("Step 2 (now)");
  });

  it("says how much is at stake, as its platform tells it", async () => {
    await journey.types("ana", "resume burki:7");
    expect(journey.card()).toMatch(/contacts? still queued|does not tell/);
    expect((await journey.change()).targets[0]?.reach).toBeDefined();
  });

  it("is asked again with one press when nobody decided in time", async () => {
    await journey.types("ana", "resume burki:7 because the price is right");
    await journey.passes(8 * hour + 1_000);
    expect(journey.card()).toContain("Nobody decided in time. Nothing was changed.");
    const old = await journey.change();
    await journey.presses("ana", "Ask again");
    const fresh = await journey.change();
    expect(fresh).toMatchObject({
      state: "waiting",
      follows: old.id,
      reason: "the price is right",
    });
  });
});

describe("a person whom the rule names to be called", () => {
  const copies = () => messages("@ben");
  beforeEach(async () => {
    await resumesNeed({ approve: { from: ["members"] }, notify: [ben] });
    await journey.types("ana", "resume burki:7");
  });

  it("gets the card directly, once, and can decide there", async () => {
    expect(copies()).toHaveLength(1);
    expect(labelsOn(copies()[0])).toEqual(["Approve", "Deny", "Details"]);
    await journey.presses("ben", "Approve", copies()[0]);
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(copies()).toHaveLength(1);
  });

  it("is told there that nothing more is to do when somebody else has decided", async () => {
    await journey.presses("chi", "Approve");
    await journey.untilEnded(1_000);
    expect(textOf(copies()[0])).toContain("Already approved by <@U0CHI00003>");
    expect(textOf(copies()[0])).toContain("Nothing more to do.");
    expect(labelsOn(copies()[0])).toEqual(["Details"]);
  });

  it("does not stand in for the card: a deleted card is posted again", async () => {
    const { calls } = journey.house.slack;
    journey.house.slack.faults.set({ method: "chat.update", error: "message_not_found", times: 1 });
    await journey.presses("chi", "Approve");
    await journey.untilEnded(1_000);
    expect(calls().filter(({ method }) => method === "chat.postMessage").length).toBeGreaterThan(2);
    expect(journey.cards()).toHaveLength(2);
  });
});

describe("whoever may decide", () => {
  beforeEach(async () => {
    await resumesNeed({ approve: { from: [marketing], count: 2 } });
    group().users = [ben, "U0CHI00003"];
    await journey.types("ana", "resume burki:7");
  });

  it("C21: is counted once, however often they press", async () => {
    for (let times = 0; times < 100; times += 1) await journey.presses("ben", "Approve");
    const { state, votes } = await journey.change();
    expect(state).toBe("waiting");
    expect(votes).toHaveLength(1);
    expect(journey.changing("burki")).toEqual([]);
  }, 120_000);

  it("C19: is refused once they are out of the group or deactivated", async () => {
    group().users = [];
    await journey.passes(2 * 60_000);
    const { told } = await journey.presses("ben", "Approve");
    expect(told).toContain("Your press was not counted.");
    group().users = [ben, "U0CHI00003"];
    const chi = journey.house.slack.people.find(({ name }) => name === "chi");
    if (chi) chi.deleted = true;
    await journey.passes(2 * 60_000);
    const left = await journey.presses("chi", "Approve");
    expect(left.told).toContain("Your press was not counted.");
    expect((await journey.change()).votes).toEqual([]);
  });
});
