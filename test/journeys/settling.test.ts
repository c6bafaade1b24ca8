import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Journey, labelsOn, startJourney, textOf } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ random: () => 0.5 });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const peachdesk = () => journey.house.vendors.peachdesk;
const threadLines = () =>
  journey.house.slack
    .messages("C0OUTREACH")
    .filter(({ threadTs }) => threadTs)
    .map(textOf)
    .join("\n");

describe("a pause that its platform may still undo", () => {
  it("is called stopping until it was read again after a minute, and is done then", async () => {
    await journey.types("ana", "pause peachdesk:38");
    expect((await journey.change()).state).toBe("done");
    expect(journey.card()).toContain("Stopping");
    expect(journey.card()).not.toContain("✅");
    await journey.passes(15_000);
    expect(journey.card()).toContain("Stopping");
    await journey.passes(45_000);
    expect(journey.card()).toContain("✅");
    expect(journey.card()).not.toContain("Stopping");
    expect(threadLines()).toBe("");
  });

  it("speaks up in the thread and offers to try again when the end of a sync starts it anew", async () => {
    peachdesk().add({ id: "77", name: "Fresh list", word: "created" });
    peachdesk().setWord("77", "syncing");
    await journey.types("ana", "pause peachdesk:77");
    expect(journey.word("peachdesk", "77")).toBe("paused");
    await journey.passes(15_000);
    expect(journey.word("peachdesk", "77")).toBe("running");
    expect(journey.card()).toContain("did not stay paused");
    expect(journey.card()).toContain("now shows running");
    expect(threadLines()).toContain("<@U0ANA00001>");
    expect(threadLines()).toContain("now shows running");
    expect(labelsOn(journey.cards().at(-1))).toContain("Try again");
    expect((await journey.change()).state).toBe("done");

    await journey.presses("ana", "Try again");
    expect(journey.word("peachdesk", "77")).toBe("paused");
    await journey.passes(15_000);
    await journey.passes(45_000);
    expect(journey.card()).toContain("✅");
  });

  it("speaks up about a batch that fails late, also after it counted as settled", async () => {
    await journey.types("ana", "pause peachdesk:38");
    await journey.passes(15_000);
    await journey.passes(45_000);
    expect(journey.card()).toContain("✅");
    peachdesk().setWord("38", "failed");
    await journey.passes(240_000);
    expect(journey.card()).toContain("now shows failed");
    expect(threadLines()).toContain("now shows failed");
  });

  it("says at once whose newer change it is when somebody resumed it through us meanwhile", async () => {
    await journey.types("ana", "pause peachdesk:38");
    const paused = await journey.change();
    await journey.types("dee", "resume peachdesk:38");
    expect(journey.word("peachdesk", "38")).toBe("running");
    await journey.passes(15_000);
    await journey.passes(60_000);
    await journey.passes(300_000);
    expect(threadLines()).toBe("");
    const all = await journey.changes();
    expect(all.find(({ id }) => id === paused.id)?.targets[0]?.watch).toBe("overtaken");
    const card = textOf(journey.cards().find((one) => textOf(one).includes(paused.id)));
    expect(card).toContain("Resumed since by <@U0DEE00004>’s change");
    expect(card).not.toContain("✅");
  });

  it("waits for the contacts to be loaded, however long, and both who asked hear of it when that undoes it", async () => {
    peachdesk().add({ id: "78", name: "Long list", word: "syncing" });
    await journey.types("ana", "pause peachdesk:78");
    await journey.types("ben", "pause peachdesk:78");
    for (const card of journey.cards()) {
      expect(textOf(card)).toContain("still being watched: the contacts are still loading");
      expect(textOf(card)).not.toContain("✅");
    }
    await journey.passes(15_000);
    for (const card of journey.cards()) expect(textOf(card)).toContain("did not stay paused");
    expect(threadLines()).toContain("<@U0ANA00001>");
    expect(threadLines()).toContain("<@U0BEN00002>");
  });

  it("looks again while the platform cannot be read, and says so if it never can", async () => {
    await journey.types("ana", "pause peachdesk:38");
    peachdesk().faults.set({ kind: "status", status: 503, on: "read" });
    for (let minutes = 0; minutes < 20; minutes += 1) await journey.passes(60_000);
    expect(journey.card()).toContain("could not be confirmed to have stayed paused");
    expect(journey.card()).not.toContain("✅");
    expect(labelsOn(journey.cards().at(-1))).toContain("Check again");
    expect(threadLines()).toContain("It could not be confirmed that it stayed paused");
    expect(threadLines()).toContain("Check again in a few minutes.");
  });
});

describe("what the platform says about why it stands as it does", () => {
  const why = "failure rate 100.00%";

  it("is on the card of whoever decides, and gone when a later change of ours is the cause", async () => {
    await journey.types("ana", "resume peachdesk:17");
    expect(journey.card()).toContain(why);
    await journey.presses("dee", "Approve");
    await journey.untilEnded();
    await journey.types("ana", "pause peachdesk:17");
    await journey.untilEnded();
    await journey.types("ana", "resume peachdesk:17");
    expect(journey.card()).toContain("Waiting");
    expect(journey.card()).not.toContain(why);
  });
});
