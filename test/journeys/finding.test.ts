import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { vendorNames } from "../../src/domain/campaign.ts";
import { type Journey, labelsOn, startJourney } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ vendorDeadlineMs: 1_000 });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const callsInAll = () => vendorNames.flatMap((vendor) => journey.changing(vendor)).length;

/** Which campaigns are not as they were, at any vendor. */
async function changedBy(act: () => Promise<unknown>): Promise<string[]> {
  const before = journey.words();
  await act();
  const after = journey.words();
  expect(Object.keys(after)).toEqual(Object.keys(before));
  return Object.keys(after).filter((key) => after[key] !== before[key]);
}

describe("what is so already", () => {
  it.each([
    ["peachdesk", "17"],
    ["burki", "7"],
    ["woodpecker", "108"],
    ["sarvam", "camp-b7e2"],
    ["talkdesk", "91b3d5f7-8642-4eca-a0b1-c2d3e4f50617"],
  ] as const)("is said to be so at %s, and nothing is sent", async (vendor, id) => {
    await journey.types("ana", `pause ${vendor}:${id}`);
    expect((await journey.change()).state).toBe("done");
    // One platform's own doing may undo it yet, so it is watched first.
    if (vendor === "peachdesk") expect(journey.card()).toContain("Already paused, and still being");
    for (let looks = 0; looks < 4; looks += 1) await journey.passes(20_000);
    expect(journey.card()).toContain("Nothing had to be changed: it was already paused.");
    expect(journey.changing(vendor)).toEqual([]);
  });

  it("is not put before an approver", async () => {
    const { told } = await journey.types("ana", "resume burki:42");
    expect(told).toContain("Burki already shows “Spring launch” as running.");
    expect(journey.cards()).toEqual([]);
    expect(callsInAll()).toBe(0);
  });
});

describe("what nobody knows", () => {
  it("is answered with the nearest names", async () => {
    const { told } = await journey.types("ana", 'pause "Spring lunch"');
    expect(told).toContain("No campaign matches “Spring lunch”. Nothing was changed.");
    expect(told).toContain("“Spring launch”, `burki:42` at Burki");
    expect(journey.cards()).toEqual([]);
  });

  it("is answered so for an id that its vendor does not have", async () => {
    const { told } = await journey.types("ana", "pause burki:4242");
    expect(told).toContain("Nothing was changed.");
    expect(journey.cards()).toEqual([]);
    expect(callsInAll()).toBe(0);
  });

  it("is answered with the connections there are", async () => {
    const { told } = await journey.types("ana", "pause burky:42");
    expect(told).toContain("Nothing was changed.");
    expect(told).toContain("burki");
    expect(journey.cards()).toEqual([]);
  });

  it("may be at a platform that could not be read, and that is said", async () => {
    journey.house.vendors.burki.faults.set({ kind: "status", status: 503, on: "read" });
    const { told } = await journey.types("ana", 'pause "Spring launch"');
    expect(told).toContain("burki could not be read just now, so it may be there.");
    expect(journey.cards()).toEqual([]);
  });

  it.each([
    ["puase burki:42", "/campaign pause"],
    ["resum burki:42", "/campaign resume"],
    ["cancle burki:42", "/campaign cancel"],
    ["conections", "/campaign connections"],
    ["hlep", "/campaign help"],
  ])("%s is answered with the usage of %s", async (text, usage) => {
    const { told } = await journey.types("ana", text);
    expect(told).toContain(usage);
    expect(journey.cards()).toEqual([]);
    expect(callsInAll()).toBe(0);
  });
});

describe("a name that fits several", () => {
  it("is answered with a button for each, and a press acts on that one alone", async () => {
    const asked = await journey.types("ana", 'pause "Webinar no-shows" because it is over');
    expect(asked.told).toContain("2 campaigns match “Webinar no-shows”.");
    expect(labelsOn(asked.message)).toEqual(["Pause", "Pause"]);
    expect(journey.cards()).toEqual([]);

    journey.house.vendors.peachdesk.setWord("17", "running");
    const changed = await changedBy(() => journey.presses("ana", "Pause", asked.message));
    expect(changed).toEqual(["peachdesk:17"]);
    expect((await journey.change()).reason).toBe("it is over");
    expect(callsInAll()).toBe(1);
  });

  it("answers the second press too, and does nothing more", async () => {
    const { message } = await journey.types("ana", 'pause "Webinar no-shows"');
    const earlier = structuredClone(message);
    await journey.presses("ana", "Pause", message);
    const again = await changedBy(async () => {
      if (message && earlier) message.blocks = earlier.blocks;
      const { told } = await journey.presses("ana", "Pause", message);
      expect(told).toContain("This choice was made already");
    });
    expect(again).toEqual([]);
    expect(await journey.changes()).toHaveLength(1);
  });

  it("E40: asks which when three platforms have the id", async () => {
    const { told, message } = await journey.types("ana", "pause 42");
    expect(told).toContain("3 campaigns match “42”.");
    expect(labelsOn(message)).toHaveLength(3);
    expect(callsInAll()).toBe(0);
  });
});

describe("what is named exactly", () => {
  it.each(["peachdesk", "burki", "woodpecker"] as const)(
    "E40: is the only one that changes, of three campaigns 42: %s",
    async (vendor) => {
      const changed = await changedBy(() => journey.types("ana", `pause ${vendor}:42`));
      expect(changed).toEqual([`${vendor}:42`]);
      expect(callsInAll()).toBe(1);
    },
  );

  it("may be a part of a name, in any case, in typographic quotes", async () => {
    const changed = await changedBy(() => journey.types("ana", "PAUSE “spring LAU”"));
    expect(changed).toEqual(["burki:42"]);
  });

  it("may be a bare id that only one connection has", async () => {
    const changed = await changedBy(() => journey.types("ana", "pause 60"));
    expect(changed).toEqual(["burki:60"]);
  });

  it("may be several at once, each with an outcome of its own", async () => {
    const changed = await changedBy(() =>
      journey.types("ana", 'pause burki:42, "KYC completion", woodpecker:108 because of the fair'),
    );
    expect(changed).toEqual(["burki:42", "sarvam:camp-09af"]);
    const { targets, state } = await journey.change();
    expect(state).toBe("done");
    expect(targets.map((one) => one.state)).toEqual(["done", "done", "already"]);
    expect(journey.cards()).toHaveLength(1);
    expect(journey.card()).toContain("Paused all 3, each confirmed by its platform.");
  });

  it("is paused where it can be, and the card names what was not", async () => {
    journey.house.vendors.burki.faults.set({ kind: "status", status: 403, on: "change" });
    const changed = await changedBy(() => journey.types("ana", "pause burki:42, peachdesk:42"));
    expect(changed).toEqual(["peachdesk:42"]);
    expect((await journey.change()).state).toBe("partly");
    expect(journey.card()).toContain("Paused 1 of 2. “Spring launch” was not paused.");
    expect(labelsOn(journey.cards().at(-1))).toContain("Try again");
  });

  it("is paused although its vendor cannot say its name in time", async () => {
    journey.house.vendors.burki.faults.set({ kind: "hang", on: "read", times: 1 });
    const changed = await changedBy(() => journey.types("ana", "pause burki:42"));
    expect(changed).toEqual(["burki:42"]);
  });
});

describe("a campaign that somebody is at already", () => {
  it("has one open change: the second asker is told of the first", async () => {
    await journey.types("ana", "resume burki:7");
    const first = await journey.change();
    const { told } = await journey.types("ben", "pause burki:7 because no");
    expect(told).toContain("A resume of “Early renewal offer” is still open");
    expect(told).toContain(first.id);
    expect(await journey.changes()).toHaveLength(1);
    expect(callsInAll()).toBe(0);
  });

  it("has one also when two ask in the same moment", async () => {
    const both = await Promise.all([
      journey.house.slack.typeCommand("ana", "outreach", "/campaign resume burki:7"),
      journey.house.slack.typeCommand("ben", "outreach", "/campaign resume burki:7"),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    await journey.passes(100);
    expect(await journey.changes()).toHaveLength(1);
    expect(journey.cards()).toHaveLength(1);
  });

  it("is free again when the first has ended", async () => {
    await journey.types("ana", "resume burki:7");
    await journey.presses("ana", "Withdraw");
    await journey.types("ben", "pause burki:7");
    expect((await journey.change()).askedBy).toBe("U0BEN00002");
  });
});
