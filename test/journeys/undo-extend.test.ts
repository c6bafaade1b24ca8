import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PretendMessage } from "../../sandbox/slack/types.ts";
import type { Change } from "../../src/domain/change.ts";
import { builtInPolicy, type Rule, rule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import {
  type Cast,
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
beforeEach(async () => {
  await journey.begins();
  await holds();
});
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

async function holds(...rules: Rule[]): Promise<void> {
  const { world, workspace } = journey.house;
  const policy = { ...builtInPolicy, rules: [...rules, ...builtInPolicy.rules] };
  await applyPolicy(world, { workspace, policy, by: "U0DEE00004" });
}

const following = async (id: string) =>
  (await journey.changes()).filter(({ follows }) => follows === id);
const cardOf = ({ id }: Change) =>
  journey
    .cards()
    .find(({ blocks }) => blocks.some(({ block_id }) => String(block_id).startsWith(`${id}:`)));

/** Presses Undo on the card as it stood before its newest edit. */
async function undoesStale(person: Cast, earlier: PretendMessage | undefined) {
  const card = journey.cards().find(({ ts }) => ts === earlier?.ts);
  if (!card || !earlier) throw new Error("the card is gone");
  const now = card.blocks;
  card.blocks = earlier.blocks;
  const said = await journey.presses(person, "Undo", card);
  card.blocks = now;
  return said;
}
const thread = () =>
  journey.house.slack
    .messages(outreach)
    .filter(({ threadTs }) => threadTs)
    .map(textOf)
    .join("\n");

async function pausedBy(person: Cast, what = "burki:42", rest = ""): Promise<Change> {
  await journey.types(person, `pause ${what} ${rest}`);
  return journey.untilEnded(1_000);
}

describe("Undo on a pause", () => {
  it("needs what a resume needs, and stands on a card of its own", async () => {
    const pause = await pausedBy("ana", "burki:42", "because wrong price");
    expect(labelsOn(cardOf(pause))).toEqual(["Undo", "Details"]);
    const { told } = await journey.presses("ana", "Undo");
    expect(told).toContain("On record: Resume “Spring launch” on Burki");
    expect(await journey.change()).toMatchObject({
      action: "resume",
      state: "waiting",
      askedBy: "U0ANA00001",
      follows: pause.id,
      reason: `Undoes ${pause.id}.`,
    });
    expect(journey.word("burki", "42")).toBe("paused");
    expect(labelsOn(cardOf(pause))).toEqual(["Details"]);
    await journey.presses("dee", "Approve");
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(journey.word("burki", "42")).toBe("running");
  });

  it("is asked for by whoever presses, and so may be done at once", async () => {
    const pause = await pausedBy("ana");
    await journey.presses("dee", "Undo");
    expect(await journey.untilEnded(1_000)).toMatchObject({
      action: "resume",
      state: "done",
      askedBy: "U0DEE00004",
      follows: pause.id,
    });
    expect(journey.word("burki", "42")).toBe("running");
  });

  it("is for what it really paused, and leaves alone what was paused before", async () => {
    const pause = await pausedBy("ana", "burki:42, burki:7, sarvam:camp-09af");
    expect(pause.targets.map(({ state }) => state)).toEqual(["done", "already", "done"]);
    await journey.presses("dee", "Undo");
    const undone = await journey.untilEnded(1_000);
    expect(undone.targets.map(({ campaign }) => campaign.id)).toEqual(["42", "camp-09af"]);
    expect(journey.word("burki", "7")).toBe("paused");
  });

  it("leaves alone what a newer change is about", async () => {
    const pause = await pausedBy("ana", "burki:42, burki:60");
    await journey.types("dee", "resume burki:60");
    await journey.untilEnded(1_000);
    expect(labelsOn(cardOf(pause))).toEqual(["Undo", "Details"]);
    await journey.presses("dee", "Undo", cardOf(pause));
    const undone = await journey.untilEnded(1_000);
    expect(undone.targets.map(({ campaign }) => campaign.id)).toEqual(["42"]);
  });

  it("ends its planned end with it", async () => {
    const pause = await pausedBy("dee", "burki:42", "for 2h");
    await journey.presses("dee", "Undo");
    await journey.untilEnded(1_000);
    await journey.passes(2 * hour);
    expect(await following(pause.id)).toHaveLength(1);
  });

  it("is not offered where nothing was changed, nor on what was cancelled", async () => {
    await journey.types("ana", "pause burki:7");
    expect(labelsOn(cardOf(await journey.untilEnded(1_000)))).toEqual(["Details"]);
    await journey.types("dee", "cancel burki:42 because it is over");
    expect(labelsOn(cardOf(await journey.untilEnded(1_000)))).toEqual(["Details"]);
  });

  it("is not offered before somebody has answered for what acted first", async () => {
    const ratify = { from: ["admins"], within: "1h", otherwise: "keep" } as const;
    await holds(rule("act first", { action: ["pause"] }, { ratify }));
    const pause = await pausedBy("ana");
    expect(labelsOn(cardOf(pause))).toEqual(["Ratify", "Reverse", "Details"]);
    await journey.presses("dee", "Ratify");
    expect(labelsOn(cardOf(pause))).toEqual(["Undo", "Details"]);
  });

  it("says why not where its platform cannot go on from there", async () => {
    const pause = await pausedBy("ana", "woodpecker:42");
    const { vendors } = journey.house;
    vendors.woodpecker.setWord("42", "STOPPED");
    const { told } = await journey.presses("ana", "Undo");
    expect(told).toContain("It was stopped, not paused.");
    expect(await following(pause.id)).toEqual([]);
  });
});

describe("Undo on a resume", () => {
  it("pauses at once where pausing is free", async () => {
    await journey.types("dee", "resume burki:7");
    const resume = await journey.untilEnded(1_000);
    expect(journey.word("burki", "7")).toBe("running");
    await journey.presses("ana", "Undo");
    expect(await journey.untilEnded(1_000)).toMatchObject({
      action: "pause",
      state: "done",
      askedBy: "U0ANA00001",
      follows: resume.id,
    });
    expect(journey.word("burki", "7")).toBe("paused");
  });

  it("makes one change of a double press, and of two people who press at once", async () => {
    await journey.types("dee", "resume burki:7");
    const resume = await journey.untilEnded(1_000);
    const card = cardOf(resume);
    await Promise.all([
      journey.presses("ana", "Undo", card),
      journey.presses("ana", "Undo", card),
      journey.presses("ben", "Undo", card),
    ]);
    await journey.untilEnded(1_000);
    expect(await following(resume.id)).toHaveLength(1);
    expect(journey.changing("burki")).toHaveLength(2);
  });
});

describe("Undo pressed too late", () => {
  it("does nothing and says so when a newer change has come", async () => {
    const pause = await pausedBy("ana");
    const old = structuredClone(cardOf(pause));
    await journey.types("dee", "resume burki:42");
    await journey.untilEnded(1_000);
    expect(labelsOn(cardOf(pause))).toEqual(["Details"]);
    const { told } = await undoesStale("ana", old);
    expect(told).toContain("A newer change of its campaigns has come since. Nothing was changed.");
    expect(await journey.changes()).toHaveLength(2);
  });

  it("says so when it was asked for by somebody else", async () => {
    const pause = await pausedBy("ana");
    const old = structuredClone(cardOf(pause));
    await journey.presses("ana", "Undo");
    const { told } = await undoesStale("ben", old);
    expect(told).toContain("This was asked to be undone already");
    expect(await following(pause.id)).toHaveLength(1);
  });

  it("does nothing after a day", async () => {
    await pausedBy("ana");
    await journey.passes(24 * hour + 60_000);
    const { told } = await journey.presses("dee", "Undo");
    expect(told).toContain("This was done more than a day ago.");
    expect(await journey.changes()).toHaveLength(1);
  });
});

describe("Extend on a pause that ends", () => {
  const formOf = (person: Cast) => journey.house.slack.views(person).at(-1);

  async function extends_(person: Cast, until: string, on?: Change) {
    await journey.presses(person, "Extend", on && cardOf(on));
    return sends(person, until);
  }

  async function sends(person: Cast, until: string) {
    const sent = await journey.house.slack.submit(person, formOf(person)?.id ?? "", { until });
    await journey.passes(10);
    return sent;
  }

  it("asks until when, and says until when it lasts now", async () => {
    const pause = await pausedBy("ana", "burki:42", "for 2h because wrong price");
    expect(labelsOn(cardOf(pause))).toEqual(["Undo", "Extend", "Details"]);
    const calls = journey.changing("burki").length;
    await extends_("ben", "8h");
    const longer = await journey.untilEnded(1_000);
    expect(longer).toMatchObject({
      action: "pause",
      state: "done",
      askedBy: "U0BEN00002",
      follows: pause.id,
      reason: "wrong price",
      targets: [{ state: "already", campaign: { name: "Spring launch" } }],
    });
    expect(journey.changing("burki")).toHaveLength(calls);
    const token = `<!date^${Math.floor((longer.until?.getTime() ?? 0) / 1000)}^`;
    expect(textOf(cardOf(longer))).toContain(token);
    expect(labelsOn(cardOf(longer))).toEqual(["Extend", "Details"]);
    expect(textOf(cardOf(pause))).toContain(`Extended by \`${longer.id}\``);
    expect(labelsOn(cardOf(pause))).toEqual(["Details"]);
  });

  it("says by which zone the later end was read, where that is not the reader's own", async () => {
    await pausedBy("ana", "burki:42", "for 2h");
    await extends_("ana", "6pm tomorrow Asia/Kolkata");
    await journey.untilEnded(1_000);
    const told = journey.house.slack.ephemerals("ana").map(textOf).join("\n");
    expect(told).toContain("18:00 in Asia/Kolkata, which is");
  });

  it("lets the first end pass, and asks for the resume at the second", async () => {
    const pause = await pausedBy("ana", "burki:42", "for 2h");
    await extends_("ana", "4h");
    const longer = await journey.untilEnded(1_000);
    await journey.passes(2 * hour + 1_000);
    expect(await journey.changes()).toHaveLength(2);
    expect(thread()).not.toContain("this was to end now");
    await journey.passes(2 * hour);
    expect(await following(longer.id)).toMatchObject([{ action: "resume", state: "waiting" }]);
    expect(await following(pause.id)).toHaveLength(1);
  });

  it("can be done again, and the last end counts", async () => {
    await pausedBy("dee", "burki:42", "for 1h");
    await extends_("dee", "2h");
    const second = await journey.untilEnded(1_000);
    await extends_("dee", "3h", second);
    const third = await journey.untilEnded(1_000);
    expect(third.follows).toBe(second.id);
    await journey.passes(2 * hour + 60_000);
    expect(await journey.changes()).toHaveLength(3);
    await journey.passes(hour);
    await journey.untilEnded(1_000);
    expect(await following(third.id)).toMatchObject([{ action: "resume", state: "done" }]);
    expect(journey.word("burki", "42")).toBe("running");
  });

  it.each([
    ["soon", "is not a time I can read"],
    ["1h", "Choose a time after the planned end."],
    ["2020-01-01T09:00", "has already passed"],
  ])("says beside the field what is wrong with %j", async (until, why) => {
    await pausedBy("ana", "burki:42", "for 2h");
    const sent = await extends_("ana", until);
    expect(sent.body).toContain('"response_action":"errors"');
    expect(sent.body).toContain(why);
    expect(formOf("ana")).toBeDefined();
    expect(await journey.changes()).toHaveLength(1);
  });

  it("waits for approval where a pause needs it, and the first end is kept until then", async () => {
    await pausedBy("ana", "burki:42", "for 2h");
    const asks = { approve: { from: ["admins"], count: 1 }, expires: "8h" } as const;
    await holds(rule("pauses need an admin", { action: ["pause"] }, asks));
    await extends_("ana", "8h");
    expect((await journey.change()).state).toBe("waiting");
    await journey.presses("dee", "Approve");
    await journey.untilEnded(1_000);
    await journey.passes(2 * hour);
    expect(await journey.changes()).toHaveLength(2);
  });

  it("says in the thread that nothing was resumed, when the end comes before the approval", async () => {
    const pause = await pausedBy("dee", "burki:42", "for 2h");
    const asks = { approve: { from: ["U0BEN00002"], count: 1 }, expires: "8h" } as const;
    await holds(rule("pauses need Ben", { action: ["pause"] }, asks));
    await extends_("dee", "8h");
    await journey.passes(2 * hour + 1_000);
    expect(thread()).toContain("this was to end now, but nothing was resumed. A pause of");
    expect(journey.word("burki", "42")).toBe("paused");
    expect(await following(pause.id)).toHaveLength(1);
  });

  it("is not offered without a planned end, nor when it has come", async () => {
    expect(labelsOn(cardOf(await pausedBy("ana", "burki:42")))).toEqual(["Undo", "Details"]);
    const timed = await pausedBy("ana", "burki:60", "for 2h");
    await journey.passes(2 * hour + 1_000);
    expect(labelsOn(cardOf(timed))).toEqual(["Details"]);
  });

  it("does nothing when it was resumed while the form was open", async () => {
    await pausedBy("ana", "burki:42", "for 2h");
    await journey.presses("ana", "Extend");
    await journey.types("dee", "resume burki:42");
    await journey.untilEnded(1_000);
    const sent = await sends("ana", "8h");
    expect(sent.body).toContain("None of its campaigns stands paused by this any more.");
    expect(await journey.changes()).toHaveLength(2);
  });
});

describe("whoever may not pause or resume", () => {
  it.each(["gus", "sam"] as const)("is told by Undo that %s may not, and who may", async (who) => {
    await pausedBy("ana", "burki:42", "for 2h");
    const { told } = await journey.presses(who, "Undo");
    expect(told).toMatch(/Who may: |Somebody of this workspace can help you/);
    expect(await journey.changes()).toHaveLength(1);
  });

  it.each(["gus", "sam"] as const)(
    "is told by Extend that %s may not, and who may",
    async (who) => {
      await pausedBy("ana", "burki:42", "for 2h");
      await journey.presses(who, "Extend");
      const form = journey.house.slack.views(who).at(-1);
      expect(textOf(form)).toMatch(/Who may: |Somebody of this workspace can help you/);
      expect(textOf(form)).not.toContain("Until when?");
    },
  );
});
