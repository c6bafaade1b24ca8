import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listConnections } from "../../src/store/connections.ts";
import { forgetLastList, lastListOf } from "../../src/store/last-lists.ts";
import { type Journey, startJourney, textOf } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  // A platform that hangs is given up soon: none here is that slow when it works.
  journey = await startJourney({ vendorDeadlineMs: 2_500 });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

/** At Burki: scheduled, which cannot be paused until it runs. */
const waitsForItsStart = "51";

/** A list is put on record beside the way of whoever reads it. */
async function listOnRecord(name: string): Promise<void> {
  const { world, workspace } = journey.house;
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await world.store.read(async (q) => {
      const one = (await listConnections(q, workspace)).find((each) => each.name === name);
      return one && lastListOf(q, workspace, one.id);
    });
    if (found) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`no list of ${name} on record`);
}

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

  it("stops a platform that cannot be read by the list that is on record of it, and says so", async () => {
    await journey.types("ana", "list sarvam");
    await listOnRecord("sarvam");
    journey.house.vendors.sarvam.faults.set({ kind: "hang" });
    const { told } = await journey.types("ana", "stop all in sarvam, woodpecker because x");
    expect(told).toMatch(
      /sarvam could not be read\. \d campaigns that its list of .* showed running/,
    );
    const begun = await journey.change();
    expect(new Set(begun.targets.map(({ vendor }) => vendor))).toEqual(
      new Set(["woodpecker", "sarvam"]),
    );
    expect(journey.card()).toContain("What is newer is not known");
    journey.house.vendors.sarvam.faults.set(null);
    expect((await journey.untilEnded()).state).toBe("done");
    const running = journey.house.vendors.sarvam
      .campaigns()
      .filter(({ word }) => word === "active");
    expect(running).toEqual([]);
  }, 60_000);

  it("says by name where nothing is on record either, and stops the rest", async () => {
    const { store } = journey.house.world;
    const { workspace } = journey.house;
    const [sarvam] = (await store.read((q) => listConnections(q, workspace))).filter(
      ({ name }) => name === "sarvam",
    );
    await store.write((q) => forgetLastList(q, workspace, sarvam?.id ?? ""));
    journey.house.vendors.sarvam.faults.set({ kind: "status", status: 401 });
    const { told } = await journey.types("ana", "stop all in sarvam, woodpecker because x");
    expect(told).toContain("sarvam could not be read: nothing was stopped there");
    const { targets } = await journey.change();
    expect(new Set(targets.map(({ vendor }) => vendor))).toEqual(new Set(["woodpecker"]));
  }, 60_000);

  it("begins where a platform has answered, long before the slowest has, and stays one card", async () => {
    journey.house.vendors.talkdesk.faults.set({ kind: "slow", ms: 600, times: 1 });
    const { told } = await journey.types("ana", "stop all in talkdesk, burki because x");
    const change = await journey.change();
    expect(new Set(change.targets.map(({ vendor }) => vendor))).toEqual(
      new Set(["burki", "talkdesk"]),
    );
    expect(change.scope).toMatchObject({ open: [], unread: [] });
    expect(told).toMatch(/Emergency stop: \d+ campaigns \(.*Burki.*Talkdesk/);
    expect(journey.cards().filter((one) => textOf(one).includes("Emergency stop"))).toHaveLength(1);
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

  it("asks whether a connection at the end of the reason is a limit, and stops nothing before", async () => {
    const asked = await journey.types("ana", "stop all because wrong price list in burki");
    expect(asked.told).toContain("Your reason ends with “in burki”. Nothing has been changed yet.");
    expect(await journey.changes()).toEqual([]);
    const earlier = structuredClone(asked.message);
    await journey.presses("ana", "As a limit", asked.message);
    const change = await journey.change();
    expect(change.reason).toBe("wrong price list");
    expect(new Set(change.targets.map(({ vendor }) => vendor))).toEqual(new Set(["burki"]));
    const { told } = await journey.presses("ana", "Part of the reason", earlier);
    expect(told).toContain("This choice was made already");
    expect(await journey.changes()).toHaveLength(1);
  });

  it("keeps the end of a reason as a reason where that is meant", async () => {
    const asked = await journey.types("ana", "pause burki:42 because of the outage for 2h");
    await journey.presses("ana", "Part of the reason", asked.message);
    const change = await journey.change();
    expect(change).toMatchObject({ action: "pause", reason: "of the outage for 2h" });
    expect(change.until).toBeUndefined();
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
