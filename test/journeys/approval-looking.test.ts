import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Journey, outreach, settled, startJourney, textOf } from "../support/journey.ts";

let journey: Journey;
beforeEach(async () => {
  journey = await startJourney({ connected: ["burki"] });
  await journey.types("ana", "resume burki:7 because the price is right");
});
afterEach(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

describe("a campaign that moved at its platform after it was asked about", () => {
  beforeEach(() => journey.house.vendors.burki.setWord("7", "completed"));

  it("is shown to whoever presses Approve, and on the card, before the vote counts", async () => {
    const { told } = await journey.presses("dee", "Approve");
    expect(told).toContain("shows `completed` and no longer `paused`");
    expect(told).toContain("Your press was not counted yet.");
    expect((await journey.change()).votes).toEqual([]);
    expect(journey.card()).toContain("⚠️ Since this was asked, Burki shows `completed` (checked");
  });

  it("is decided by Approve anyway, which counts once", async () => {
    const { message } = await journey.presses("dee", "Approve");
    const { told } = await journey.presses("dee", "Approve anyway", message);
    expect(told).toContain("Approved.");
    expect((await journey.untilEnded(1_000)).votes).toHaveLength(1);
  });

  it("can be denied from the same words", async () => {
    const { message } = await journey.presses("dee", "Approve");
    await journey.presses("dee", "Deny", message);
    const form = journey.house.slack.views("dee").at(-1);
    await journey.house.slack.submit("dee", form?.id ?? "", { reason: "it is over" });
    expect((await journey.change()).state).toBe("denied");
  });

  it("gives nobody a vote who has none", async () => {
    const { told } = await journey.presses("ben", "Approve");
    expect(told).toContain("The policy asks other people to decide this.");
    expect(told).not.toContain("Since this was asked");
  });
});

it("a platform that cannot be read holds up no vote", async () => {
  journey.house.vendors.burki.faults.set({ kind: "status", status: 503, times: 1 });
  await journey.presses("dee", "Approve");
  expect((await journey.change()).votes).toHaveLength(1);
});

describe("Details", () => {
  const shown = () => textOf(journey.house.slack.views("ben").at(-1));
  const opens = () => {
    const [card] = journey.cards();
    const menu = card?.blocks.find(({ type }) => type === "actions");
    return { place: { channel: outreach, ts: card?.ts ?? "" }, block: menu?.block_id };
  };
  const presses = async (person: string) => {
    const { place, block } = opens();
    const { id } = await journey.change();
    await journey.house.slack.press(person, place, "change_details", block, id);
    await settled(journey.house);
  };

  it("tells the whole story and how the campaign stands now", async () => {
    await journey.house.vendors.burki.setWord("7", "stopped");
    await presses("ben");
    expect(shown()).toContain("How it stands now");
    expect(shown()).toContain("`stopped`");
    expect(shown()).toContain("<@U0ANA00001> asked for it: the price is right");
  });

  it("says when a platform could not be read", async () => {
    journey.house.vendors.burki.faults.set({ kind: "status", status: 401 });
    await presses("ben");
    expect(shown()).toContain("could not be read");
  });

  it("tells an outsider nothing", async () => {
    await presses("gus");
    const views = journey.house.slack.views("gus").map(textOf).join("\n");
    expect(views).not.toContain("the price is right");
  });
});

describe("calling Fermata in the thread of the card", () => {
  const calls = async (person: string, text: string) => {
    const [card] = journey.cards();
    const user = journey.house.slack.people.find(({ name }) => name === person)?.id;
    const fields = { user, channel: outreach, text, ts: "1.1", thread_ts: card?.ts };
    await journey.house.slack.event("app_mention", fields);
    await settled(journey.house);
    return journey.house.slack.ephemerals(person).at(-1);
  };

  it("gives the buttons to somebody who may decide, with the reason why", async () => {
    const words = await calls("dee", "<@U0FERMATA1> what about this?");
    expect(textOf(words)).toContain("You can decide because you are an admin.");
    expect(words?.threadTs).toBe(journey.cards()[0]?.ts);
    await journey.presses("dee", "Approve", words);
    expect((await journey.untilEnded(1_000)).state).toBe("done");
  });

  it("tells anybody else who can", async () => {
    const words = textOf(await calls("ben", "<@U0FERMATA1> approve"));
    expect(words).toContain("This waits for an admin.");
    expect(words).not.toContain("Approve");
  });

  it("counts no typed word and no reaction as a vote", async () => {
    await calls("dee", "<@U0FERMATA1> approve yes 👍");
    journey.house.slack.say("dee", outreach, "approved");
    const item = { type: "message", channel: outreach, ts: journey.cards()[0]?.ts };
    await journey.house.slack.event("reaction_added", { user: "U0DEE00004", reaction: "+1", item });
    await settled(journey.house);
    expect(await journey.change()).toMatchObject({ state: "waiting", votes: [] });
  });
});
