import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Journey, startJourney, textOf } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(() => journey.begins());
afterEach(() => journey.provesItsRecord());
afterAll(() => journey.ends());

describe("the emergency stop", () => {
  it("pauses everything that runs on every platform, and says how many where", async () => {
    const { told } = await journey.types("ana", "stop all because wrong price");
    expect(told).toMatch(/Emergency stop: \d+ campaigns \(.*Burki.*\)/);
    const change = await journey.untilEnded(1_000);
    expect(change).toMatchObject({ stop: true, action: "pause", state: "done" });
    expect(new Set(change.targets.map(({ vendor }) => vendor)).size).toBe(5);
    expect(journey.card()).toContain("Verified stopped");
    const again = await journey.types("ana", "stop all because once more");
    expect(again.told).toContain("Nothing is running");
  });

  it("stops only the connections that are named", async () => {
    await journey.types("ana", "stop all in burki because wrong price");
    const { targets } = await journey.untilEnded(1_000);
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
    const stop = (await journey.changes()).find(({ stop: is }) => is);
    const ids = stop?.targets.map(({ campaign }) => campaign.id) ?? [];
    expect(ids).not.toContain("42");
    if (stop) {
      const said = journey.house.slack.messages("outreach").map(textOf).join("\n");
      expect(said).toContain("Left out");
    }
  });

  it("is refused to a guest", async () => {
    await journey.types("gus", "stop all because I can");
    expect(await journey.changes()).toEqual([]);
  });
});
