import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { VendorName } from "../../src/domain/campaign.ts";
import { type Journey, labelsOn, startJourney } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ random: () => 0.5 });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

describe("a resume", () => {
  it.each([
    ["woodpecker", "115", "DRAFT"],
    ["woodpecker", "97", "STOPPED"],
    ["talkdesk", "c2f4b6d8-1357-4ace-9bdf-024681357ace", "READY"],
    ["talkdesk", "e7a1d3c5-2468-4bdf-8ace-13579bdf0246", "INCOMPLETE"],
    ["peachdesk", "23", "created"],
    ["burki", "55", "draft"],
    ["burki", "51", "scheduled"],
  ] as const)("never starts what was never started: %s:%s is %s", async (vendor, id, word) => {
    const member = await journey.types("ana", `resume ${vendor}:${id}`);
    expect(member.told).toContain("Nothing was sent.");
    expect(journey.cards()).toEqual([]);

    await journey.types("dee", `resume ${vendor}:${id}`);
    expect((await journey.untilEnded()).state).toBe("failed");
    expect(journey.card()).toContain(`shows this campaign as ${word}. Nothing was sent.`);
    expect(journey.changing(vendor)).toEqual([]);
    expect(journey.word(vendor, id)).toBe(word);
  });

  it("does not start what became a draft between the question and the approval", async () => {
    await journey.types("ana", "resume woodpecker:108");
    journey.house.vendors.woodpecker.setWord("108", "DRAFT");
    const { message } = await journey.presses("dee", "Approve");
    await journey.presses("dee", "Approve anyway", message);
    expect((await journey.untilEnded()).state).toBe("failed");
    expect(journey.changing("woodpecker")).toEqual([]);
  });

  it("is done at Sarvam when the campaign waits for its calling hours", async () => {
    await journey.types("dee", "resume sarvam:camp-d220");
    expect((await journey.untilEnded()).state).toBe("done");
    expect(journey.card()).toContain("Sarvam shows scheduled (checked");
    expect(journey.card()).toContain("It dials again in its calling hours.");
  });

  it("is done at Sarvam when it is dialling again at once", async () => {
    await journey.types("dee", "resume sarvam:camp-b7e2");
    expect((await journey.untilEnded()).state).toBe("done");
    await journey.passes(5_000);
    expect(journey.word("sarvam", "camp-b7e2")).toBe("active");
  });

  it("is not done at Burki before the campaign runs", async () => {
    await journey.types("dee", "resume burki:7");
    expect(journey.word("burki", "7")).toBe("scheduled");
    expect((await journey.change()).state).toBe("running");
    expect(journey.card()).toContain("Not confirmed yet.");
    const change = await journey.untilEnded(1_000);
    expect(change.state).toBe("done");
    expect(journey.card()).toContain("Burki shows running (checked");
    expect(journey.changing("burki")).toHaveLength(1);
  });
});

describe("a Burki campaign with a start time of its own", () => {
  const itsStart = /It starts by itself on \d{4}-\d\d-\d\d at 09:00 UTC\./;

  it.each([
    ["own_time", itsStart],
    ["recurring", /It starts by itself weekly on Mon, .* at 09:00 \(America\/New_York\), next on/],
  ] as const)(
    "%s: is resumed once it is kept for it, and the card says when",
    async (trait, when) => {
      const { burki } = journey.house.vendors;
      burki.add({ id: "70", name: "Weekly recall", word: "paused", traits: [trait] });
      await journey.types("dee", "resume burki:70");
      expect((await journey.untilEnded()).state).toBe("done");
      expect(journey.card()).toContain("on Burki. Burki shows scheduled");
      expect(journey.card()).toMatch(when);
      expect(journey.changing("burki")).toHaveLength(1);
    },
  );

  it("is refused a pause at once, with the time and what can be done instead", async () => {
    await journey.types("ana", "pause burki:51");
    expect((await journey.untilEnded()).state).toBe("failed");
    expect(journey.card()).toContain("Burki shows this campaign as scheduled. Nothing was sent.");
    expect(journey.card()).toContain("Unschedule it in Burki");
    expect(journey.card()).toMatch(itsStart);
    expect(journey.changing("burki")).toEqual([]);
  });

  it("is not asked about where nothing would come of it", async () => {
    const { told } = await journey.types("ana", "resume burki:51");
    expect(told).toContain("It is not paused; it waits for its start.");
    expect(told).toMatch(itsStart);
  });

  it("is told so by its status", async () => {
    const { told } = await journey.types("ana", "status burki:51");
    expect(told).toMatch(itsStart);
    expect(told).not.toContain("timed");
  });
});

describe("a Burki campaign that cannot be resumed", () => {
  it.each([
    ["no_contacts", "The campaign has no contacts at Burki, so nobody can be reached (400)."],
    ["all_reached", "To reach them again, re-execute it in Burki."],
    ["start_passed", "The campaign’s start time at Burki is in the past (400)."],
  ] as const)("says why: %s", async (trait, sentence) => {
    const { burki } = journey.house.vendors;
    burki.add({ id: "71", name: "Half a list", word: "paused", traits: [trait] });
    await journey.types("dee", "resume burki:71");
    expect((await journey.untilEnded()).state).toBe("failed");
    expect(journey.card()).toContain(sentence);
    expect(journey.word("burki", "71")).toBe("paused");
  });
});

describe("a Burki campaign that writes", () => {
  it("is told nothing of calls when it is paused", async () => {
    const { burki } = journey.house.vendors;
    burki.add({ id: "72", name: "Text reminders", word: "running", traits: ["sms"] });
    await journey.types("ana", "pause burki:72");
    expect((await journey.untilEnded()).state).toBe("done");
    expect(journey.card()).toContain("What is already under way is still finished.");
    expect(journey.card()).not.toMatch(/\bcalls?\b/i);
  });
});

describe("a list of Burki's", () => {
  it("shows what its rows count, and what they have cost", async () => {
    const { told } = await journey.types("ana", "list burki");
    expect(told).toMatch(/“Spring launch”.*348 of 500 done, 23 failed, 18\.75 spent/);
    const progress = journey.house.vendors.burki.log().filter(({ path }) => /progress/.test(path));
    expect(progress).toEqual([]);
  });
});

describe("a Woodpecker campaign that is being edited", () => {
  it.each(["pause", "resume", "cancel"])("is no draft: %s says what to do", async (action) => {
    await journey.types("dee", `${action} woodpecker:130`);
    expect((await journey.untilEnded()).state).toBe("failed");
    expect(journey.card()).toContain("shows this campaign as EDITED. Nothing was sent.");
    expect(journey.card()).toContain("Finish or discard the edit there.");
    expect(journey.card()).not.toContain("draft");
    expect(journey.changing("woodpecker")).toEqual([]);
  });
});

describe("a pause", () => {
  it("is not done at Talkdesk by a 200 that still says RUNNING", async () => {
    const id = "5a9e1c7d42b84f6e9d0c3b2a1f807e65";
    await journey.types("ana", `pause talkdesk:${id}`);
    expect((await journey.change()).state).toBe("running");
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(journey.word("talkdesk", id)).toBe("PAUSED");
  });

  it("waits for a Burki campaign that has only just been started", async () => {
    await journey.types("dee", "resume burki:7");
    journey.house.vendors.burki.setWord("7", "scheduled");
    const waits = async () => (await journey.changes()).map(({ state }) => state);
    expect(await waits()).toEqual(["running"]);
    journey.house.vendors.burki.setWord("7", "running");
    expect((await journey.untilEnded(1_000)).state).toBe("done");
  });

  it("says so when somebody else was faster at the vendor", async () => {
    journey.house.vendors.burki.faults.set({ kind: "hang", on: "change" });
    journey.house.vendors.burki.setWord("42", "paused");
    await journey.types("ana", "pause burki:42");
    expect((await journey.untilEnded()).state).toBe("done");
    expect(journey.changing("burki")).toEqual([]);
  });

  it("warns that Peachdesk's last batch may still be dialled", async () => {
    await journey.types("ana", "pause peachdesk:42");
    expect(journey.card()).toContain("calls that were already handed out may still be placed");
  });
});

const running: readonly [VendorName, string][] = [
  ["peachdesk", "42"],
  ["burki", "42"],
  ["woodpecker", "42"],
  ["sarvam", "camp-09af"],
  ["talkdesk", "5a9e1c7d42b84f6e9d0c3b2a1f807e65"],
];

describe("a vendor that says yes and does nothing", () => {
  it.each(running)(
    "%s is not believed; the card asks for a look and can check again",
    async (vendor, id) => {
      const { faults } = journey.house.vendors[vendor];
      faults.set({ kind: "wrong_state" });
      await journey.types("ana", `pause ${vendor}:${id}`);
      expect((await journey.untilEnded()).state).toBe("needs_attention");
      expect(journey.changing(vendor)).toHaveLength(1);
      expect(journey.card()).toContain("It is not known to be paused.");
      expect(labelsOn(journey.cards().at(-1))).toEqual(["Check again", "Details"]);

      const still = await journey.presses("ben", "Check again");
      expect(still.told).toContain("so the pause has not taken effect.");

      faults.set(null);
      journey.house.vendors[vendor].setWord(
        id,
        journey.house.vendors[vendor].words.find((word) => /^paused$/i.test(word)) ?? "",
      );
      const now = await journey.presses("ben", "Check again");
      expect(now.told).toContain("so the pause has taken effect.");
      expect(journey.card()).toContain("so the pause has taken effect.");
      expect(journey.changing(vendor)).toHaveLength(1);
    },
  );
});

describe("a vendor that shows a word nobody knows", () => {
  it.each(running)("%s is sent nothing", async (vendor, id) => {
    journey.house.vendors[vendor].faults.set({ kind: "unknown_word", on: "read" });
    await journey.types("ana", `pause ${vendor}:${id}`);
    const change = await journey.untilEnded();
    expect(change.state).toBe("failed");
    expect(journey.card()).toContain("Nothing was sent.");
    expect(journey.changing(vendor)).toEqual([]);
  });
});

describe("trying again after a failure", () => {
  const fails = async (person: "ana" | "dee", text: string) => {
    journey.house.vendors.burki.faults.set({ kind: "status", status: 403, on: "change" });
    await journey.types(person, text);
    expect((await journey.untilEnded()).state).toBe("failed");
    expect(labelsOn(journey.cards().at(-1))).toEqual(["Try again", "Details"]);
    journey.house.vendors.burki.faults.set(null);
  };

  it("is a new change that follows the first, with a card of its own", async () => {
    await fails("ana", "pause burki:42 because wrong price");
    const first = await journey.change();
    await journey.presses("ben", "Try again", journey.cards().at(0));
    const second = await journey.change();
    expect(second).toMatchObject({ follows: first.id, askedBy: "U0BEN00002", state: "done" });
    expect(second.reason).toBe("wrong price");
    expect(journey.word("burki", "42")).toBe("paused");
    expect(journey.cards()).toHaveLength(2);
  });

  it("is judged again: what an admin could do at once, a member has to ask for", async () => {
    await fails("dee", "resume burki:7");
    await journey.presses("ana", "Try again");
    expect(await journey.change()).toMatchObject({ state: "waiting", askedBy: "U0ANA00001" });
    expect(labelsOn(journey.cards().at(-1))).toEqual(["Approve", "Deny", "Withdraw"]);
  });

  it("is refused to a guest and to an outsider", async () => {
    await fails("ana", "pause burki:42");
    const { told } = await journey.presses("gus", "Try again");
    expect(told).toContain("Guests of this workspace may not pause campaigns here.");
    expect(await journey.changes()).toHaveLength(1);
  });
});

describe("checking again", () => {
  it("shows nothing to a guest", async () => {
    journey.house.vendors.burki.faults.set({ kind: "wrong_state" });
    await journey.types("ana", "pause burki:42");
    await journey.untilEnded();
    const calls = journey.house.vendors.burki.log().length;
    const { told } = await journey.presses("gus", "Check again");
    expect(told).not.toBe("");
    expect(told).not.toContain("Burki shows");
    expect(journey.house.vendors.burki.log()).toHaveLength(calls);
  });
});
