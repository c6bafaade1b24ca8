import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Journey, startJourney, textOf } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

/** At Burki: scheduled, which cannot be paused until it runs. */
const waitsForItsStart = "51";

describe("the emergency stop", () => {
  it("pauses everything that runs on every platform, and says how many where", async () => {
    const { told } = await journey.types("ana", "stop all because wrong price");
    expect(told).toMatch(/Emergency stop: \d+ campaigns \(.*Burki.*\)/);
    const change = await journey.untilEnded();
    expect(change).toMatchObject({ stop: true, action: "pause" });
    expect(new Set(change.targets.map(({ vendor }) => vendor)).size).toBe(5);
    const stands = change.targets.filter(({ state }) => state !== "done");
    expect(stands.map(({ campaign }) => campaign.id)).toEqual([waitsForItsStart]);
    expect(journey.card()).not.toContain("Verified stopped");
  }, 60_000);

  it("says verified stopped only when every campaign was read back, and then that nothing is running", async () => {
    await journey.types("ana", "stop all in woodpecker because wrong price");
    expect((await journey.untilEnded()).state).toBe("done");
    expect(journey.card()).toContain("Verified stopped: Paused");
    const again = await journey.types("ana", "stop all in woodpecker because once more");
    expect(again.told).toContain("Nothing is running");
  }, 60_000);

  it("says by name what could not be read, and stops the rest", async () => {
    journey.house.vendors.sarvam.faults.set({ kind: "hang" });
    const { told } = await journey.types("ana", "stop all in sarvam, woodpecker because x");
    expect(told).toContain("sarvam could not be read: nothing was stopped there");
    const { targets } = await journey.change();
    expect(new Set(targets.map(({ vendor }) => vendor))).toEqual(new Set(["woodpecker"]));
  }, 60_000);

  it("stops only the connections that are named", async () => {
    await journey.types("ana", "stop all in burki because wrong price");
    const { targets } = await journey.change();
    expect(new Set(targets.map(({ vendor }) => vendor))).toEqual(new Set(["burki"]));
  });

  it("knows no connection that does not exist, and stops nothing then", async () => {
    const { told } = await journey.types("ana", "stop all in burky because wrong price");
    expect(told).toContain("There is no connection called “burky”");
    expect(await journey.changes()).toEqual([]);
  });

  it("leaves out what another change holds, by name, and stops the rest", async () => {
    await journey.types("ana", "cancel burki:42 because it is over");
    const { told } = await journey.types("ana", "stop all in burki because wrong price");
    expect(told).toContain("burki:42");
    await journey.passes(3_000);
    const stop = (await journey.changes()).find(({ stop: is }) => is);
    const ids = stop?.targets.map(({ campaign }) => campaign.id) ?? [];
    expect(ids).not.toContain("42");
    const said = journey.house.slack.messages("outreach").map(textOf).join("\n");
    expect(said).toContain("Left out, because another change is still open");
  });

  it("is refused to a guest", async () => {
    await journey.types("gus", "stop all because I can");
    expect(await journey.changes()).toEqual([]);
  });
});

describe("what an emergency stop finds open", () => {
  it("is ended in words where it would have resumed something, and nothing is resumed by a plan", async () => {
    await journey.types("dee", "pause woodpecker:42 for 2h");
    await journey.untilEnded(1_000);
    await journey.types("ana", "resume burki:7");
    const resume = await journey.change();
    expect(resume.state).toBe("waiting");
    await journey.passes(1_000);
    await journey.types("ana", "stop all in burki, woodpecker because wrong price");
    const stop = (await journey.changes()).find(({ stop: is }) => is);
    await journey.passes(5_000);
    const card = journey
      .cards()
      .find(({ blocks }) => blocks.some(({ block_id }) => `${block_id}`.startsWith(resume.id)));
    expect(textOf(card)).toContain(`Ended by the emergency stop ${stop?.id}.`);
    await journey.passes(3 * 3_600_000);
    expect(journey.word("woodpecker", "42")).toBe("PAUSED");
    expect((await journey.changes()).filter(({ action }) => action === "resume")).toHaveLength(1);
  }, 60_000);
});
