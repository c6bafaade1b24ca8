import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Journey, labelsOn, startJourney, textOf } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

/** What each vendor calls one campaign that runs and one that is paused. */
const vendors = [
  { vendor: "peachdesk", runs: "42", paused: "17", words: ["paused", "running"] },
  { vendor: "burki", runs: "42", paused: "7", words: ["paused", "running"] },
  { vendor: "woodpecker", runs: "42", paused: "108", words: ["PAUSED", "RUNNING"] },
  { vendor: "sarvam", runs: "camp-09af", paused: "camp-b7e2", words: ["paused", "active"] },
  {
    vendor: "talkdesk",
    runs: "5a9e1c7d42b84f6e9d0c3b2a1f807e65",
    paused: "91b3d5f7-8642-4eca-a0b1-c2d3e4f50617",
    words: ["PAUSED", "RUNNING"],
  },
] as const;

describe.each(vendors)("at $vendor", ({ vendor, runs, paused, words }) => {
  it("lets a member pause at once and says what the vendor now shows", async () => {
    const said = await journey.types("ana", `pause ${vendor}:${runs} because wrong price`);
    expect(said.delivery.status).toBe(200);
    const change = await journey.untilEnded(1_000);
    expect(change.state).toBe("done");
    expect(journey.word(vendor, runs)).toBe(words[0]);
    expect(journey.changing(vendor)).toHaveLength(1);
    expect(journey.card()).toContain("Paused, and");
    expect(journey.card()).toContain(`shows ${words[0]}`);
    expect(journey.card()).toContain("wrong price");
    expect(labelsOn(journey.cards().at(-1))).toEqual(["Undo", "Details"]);
  });

  it("resumes only when an admin approves", async () => {
    await journey.types("ana", `resume ${vendor}:${paused} because the price is right again`);
    expect(labelsOn(journey.cards().at(-1))).toEqual(["Approve", "Deny", "Withdraw"]);
    expect(journey.card()).toContain("Nothing has been changed yet.");
    expect(journey.changing(vendor)).toEqual([]);

    const pressed = await journey.presses("dee", "Approve");
    expect(pressed.delivery.status).toBe(200);
    const change = await journey.untilEnded(1_000);
    await journey.passes(5_000);
    expect(change.state).toBe("done");
    expect(journey.word(vendor, paused)).toBe(words[1]);
    expect(journey.changing(vendor)).toHaveLength(1);
    expect(journey.cards()).toHaveLength(1);
    expect(journey.card()).toContain("Resumed, and");
    expect(journey.card()).toContain("Approved by <@U0DEE00004>");
  });

  it("lets an admin resume without asking anybody", async () => {
    await journey.types("dee", `resume ${vendor}:${paused}`);
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(journey.card()).toContain("No approval needed");
  });
});

describe.each([
  { vendor: "burki", id: "60", word: "cancelled" },
  { vendor: "woodpecker", id: "108", word: "STOPPED" },
  { vendor: "sarvam", id: "camp-09af", word: "cancelled" },
] as const)("cancelling at $vendor", ({ vendor, id, word }) => {
  it("needs an admin, and is done once", async () => {
    await journey.types("ana", `cancel ${vendor}:${id} because wrong audience`);
    expect(journey.changing(vendor)).toEqual([]);
    await journey.presses("dee", "Approve");
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(journey.word(vendor, id)).toBe(word);
    expect(journey.changing(vendor)).toHaveLength(1);
  });
});

describe.each([
  { vendor: "peachdesk", id: "42", title: "Peachdesk AI" },
  { vendor: "talkdesk", id: "5a9e1c7d42b84f6e9d0c3b2a1f807e65", title: "Talkdesk" },
] as const)("cancelling at $vendor", ({ vendor, id, title }) => {
  it("is refused at once, because the vendor has no cancel", async () => {
    const { told } = await journey.types("dee", `cancel ${vendor}:${id}`);
    expect(told).toContain(`${title} has no cancel.`);
    expect(journey.cards()).toEqual([]);
    expect(journey.changing(vendor)).toEqual([]);
  });
});

describe("a press that may not decide", () => {
  beforeEach(async () => {
    await journey.types("ana", "resume burki:7", "C0SHAREDACME");
  });
  const card = () => journey.cards("C0SHAREDACME").at(-1);
  const nothingHappened = async () => {
    expect(journey.changing("burki")).toEqual([]);
    expect(journey.word("burki", "7")).toBe("paused");
    expect((await journey.change()).state).toBe("waiting");
  };

  it.each([
    ["ana", "Approve", "You asked for this, so somebody else has to decide."],
    ["ana", "Deny", "You asked for this, so you cannot deny it. Use Withdraw instead."],
    ["ben", "Approve", "The policy asks other people to decide this."],
    ["ben", "Deny", "The policy asks other people to decide this."],
    ["gus", "Approve", "Only full members of this workspace can decide."],
    ["gus", "Deny", "Only full members of this workspace can decide."],
    ["sam", "Approve", "Only full members of this workspace can decide."],
    ["sam", "Deny", "Only full members of this workspace can decide."],
    ["ben", "Withdraw", "Only the person who asked can withdraw this."],
    ["dee", "Withdraw", "Only the person who asked can withdraw this."],
    ["sam", "Withdraw", "Only the person who asked can withdraw this."],
  ] as const)("by %s on %s is answered and counts for nothing", async (person, label, answer) => {
    const { delivery, told } = await journey.presses(person, label, card());
    expect(delivery.status).toBe(200);
    expect(told).toContain(answer);
    await nothingHappened();
  });

  it("leaves the change to whoever may decide it", async () => {
    await journey.presses("sam", "Approve", card());
    await journey.presses("dee", "Approve", card());
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(journey.changing("burki")).toHaveLength(1);
  });

  it("counts for nothing while Slack cannot say who pressed, and they are told so", async () => {
    journey.house.slack.faults.set({ method: "users.info", error: "internal_error" });
    const { told } = await journey.presses("dee", "Approve", card());
    for (let seconds = 0; seconds < 60 && heard("dee") === ""; seconds += 5) {
      await journey.passes(5_000);
    }
    expect(told + heard("dee")).toContain("Slack could not tell us who you are just now");
    await nothingHappened();
  });
  const heard = (person: string) => journey.house.slack.ephemerals(person).map(textOf).join("\n");

  it("is refused once an approver is no admin any more", async () => {
    const dee = journey.house.slack.people.find(({ name }) => name === "dee");
    if (dee) dee.isAdmin = false;
    const { told } = await journey.presses("dee", "Approve", card());
    expect(told).toContain("The policy asks other people to decide this.");
    await nothingHappened();
  });
});

describe("a guest and an outsider", () => {
  it.each(["pause", "resume", "cancel"])("may not ask for a %s", async (action) => {
    for (const person of ["gus", "sam"] as const) {
      const channel = person === "sam" ? "C0SHAREDACME" : "C0OUTREACH";
      const { told } = await journey.types(person, `${action} burki:42`, channel);
      expect(told).toContain(`may not ${action} campaigns here. Nothing was changed.`);
    }
    expect(await journey.changes()).toEqual([]);
    expect(journey.changing("burki")).toEqual([]);
  });
});

describe("a click that comes too late", () => {
  /** The card as somebody still sees it who has not looked since. */
  const seenEarlier = async () => {
    await journey.types("ana", "resume woodpecker:108");
    return structuredClone(journey.cards().at(-1));
  };

  it("is answered when the decision has been made, by the same person or another", async () => {
    const earlier = await seenEarlier();
    await journey.presses("dee", "Approve");
    for (const person of ["dee", "ben", "ana"] as const) {
      const { told } = await pressesStale(person, "review_approve", earlier);
      expect(told).toContain("This was already approved and is done.");
      expect(told).toContain("<@U0DEE00004>");
    }
    const { told } = await pressesStale("ana", "change_withdraw", earlier);
    expect(told).toContain("This is already decided, so it can no longer be withdrawn.");
    expect(journey.changing("woodpecker")).toHaveLength(1);
  });

  it("counts once when it is pressed twice in the same moment", async () => {
    const earlier = await seenEarlier();
    await Promise.all([
      pressesStale("dee", "review_approve", earlier),
      pressesStale("dee", "review_approve", earlier),
    ]);
    expect((await journey.untilEnded(1_000)).votes).toHaveLength(1);
    expect(journey.changing("woodpecker")).toHaveLength(1);
  });

  it("is answered when nobody decided in time", async () => {
    const earlier = await seenEarlier();
    await journey.passes(8 * 3_600_000 + 1_000);
    expect((await journey.change()).state).toBe("expired");
    expect(journey.card()).toContain("Nobody decided in time. Nothing was changed.");
    expect(labelsOn(journey.cards().at(-1))).toEqual(["Ask again", "Details"]);
    const { told } = await pressesStale("dee", "review_approve", earlier);
    expect(told).toContain("Nobody decided this in time, so it expired.");
    expect(journey.changing("woodpecker")).toEqual([]);
    expect(journey.word("woodpecker", "108")).toBe("PAUSED");
  });

  it("C22: notices the expiry itself when it comes before the timetable does", async () => {
    await seenEarlier();
    journey.clock.advance(8 * 3_600_000 + 1_000);
    const { told } = await journey.presses("dee", "Approve");
    expect(told).toMatch(/Nobody decided (this )?in time/);
    expect((await journey.change()).state).toBe("expired");
    expect(journey.changing("woodpecker")).toEqual([]);
  });

  it("C22: finds an expiry that fell due while the bot was down", async () => {
    await seenEarlier();
    await journey.house.stopBot();
    journey.clock.advance(9 * 3_600_000);
    await journey.house.restart();
    await journey.passes(1_000);
    expect((await journey.change()).state).toBe("expired");
    expect(journey.card()).toContain("Nobody decided in time.");
  });

  /** Slack delivers what was on the button when it was pressed, whatever the card shows now. */
  async function pressesStale(
    person: "ana" | "ben" | "dee",
    actionId: string,
    earlier: ReturnType<Journey["cards"]>[number] | undefined,
  ) {
    const now = journey.cards().at(-1);
    if (!now || !earlier) throw new Error("there is no card");
    const blocks = now.blocks;
    now.blocks = earlier.blocks;
    const label = { review_approve: "Approve", change_withdraw: "Withdraw" }[actionId] ?? actionId;
    const pressing = journey.presses(person, label, now);
    now.blocks = blocks;
    return pressing;
  }
});

describe("denying", () => {
  beforeEach(async () => {
    await journey.types("ana", "resume sarvam:camp-b7e2");
    await journey.presses("dee", "Deny");
  });
  const form = () => journey.house.slack.views("dee").at(-1);

  it("asks why, and shows the reason on the card", async () => {
    expect(form()?.title).toBe("Deny");
    expect((await journey.change()).state).toBe("waiting");
    const sent = await journey.house.slack.submit("dee", form()?.id ?? "", {
      reason: "It ends <!channel> tomorrow",
    });
    expect(sent).toMatchObject({ status: 200 });
    await journey.passes(1_000);
    expect((await journey.change()).state).toBe("denied");
    expect(journey.card()).toContain("Denied by <@U0DEE00004>");
    expect(journey.card()).toContain("It ends &lt;!channel&gt; tomorrow");
    expect(journey.card()).toContain("Nothing was changed.");
    expect(labelsOn(journey.cards().at(-1))).toEqual(["Details"]);
    expect(journey.changing("sarvam")).toEqual([]);
    const thread = journey.house.slack.messages("outreach").filter((one) => one.threadTs);
    expect(thread.map(textOf).join()).toContain("<@U0ANA00001>");
  });

  it("needs no reason", async () => {
    await journey.house.slack.submit("dee", form()?.id ?? "", {});
    expect((await journey.change()).state).toBe("denied");
  });

  it("is told in the form when the asker withdrew meanwhile", async () => {
    await journey.presses("ana", "Withdraw");
    const sent = await journey.house.slack.submit("dee", form()?.id ?? "", { reason: "no" });
    expect(sent.errors?.reason).toContain("This was already withdrawn.");
    expect((await journey.change()).state).toBe("withdrawn");
  });
});

describe("withdrawing", () => {
  it("ends the change, and nothing is sent", async () => {
    await journey.types("ana", "resume talkdesk:91b3d5f7-8642-4eca-a0b1-c2d3e4f50617");
    await journey.presses("ana", "Withdraw");
    expect((await journey.change()).state).toBe("withdrawn");
    expect(journey.card()).toContain("Withdrawn by <@U0ANA00001>");
    expect(labelsOn(journey.cards().at(-1))).toEqual(["Details"]);
    expect(journey.changing("talkdesk")).toEqual([]);
  });
});
