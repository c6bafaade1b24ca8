import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Journey, labelsOn, startJourney } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

async function paused(text: string): Promise<string[]> {
  await journey.types("ana", `pause ${text}`);
  const { targets } = await journey.change();
  return targets.map(({ connection, campaign }) => `${connection}:${campaign.id}`);
}

async function refused(text: string): Promise<string> {
  const { told } = await journey.types("ana", text);
  expect(await journey.changes()).toEqual([]);
  return told;
}

describe("what people paste", () => {
  it("finds a campaign by an emoji of its name, which Slack sends as a code", async () => {
    expect(await paused("Churn rescue 🚑")).toEqual(["peachdesk:38"]);
  });

  it("knows an id that was copied as code", async () => {
    expect(await paused("`burki:42`")).toEqual(["burki:42"]);
  });

  it("takes a list of lines, with bullets, and a reason on a line of its own", async () => {
    expect(await paused("\n• `burki:42`\n• burki:60\nfor 2 hours\nbecause wrong price")).toEqual([
      "burki:42",
      "burki:60",
    ]);
    const { reason, until, askedAt } = await journey.change();
    expect(reason).toBe("wrong price");
    expect(((until?.getTime() ?? 0) - askedAt.getTime()) / 3_600_000).toBeCloseTo(2, 2);
  });

  it("takes a link into the app of a connection for the campaign that it holds", async () => {
    const { burki } = journey.house.vendors;
    expect(await paused(`${burki.url}/dashboard/campaigns/42?tab=calls`)).toEqual(["burki:42"]);
  });

  it("says of a link that no connection leads there, and of one that it holds no campaign", async () => {
    expect(await refused("pause https://app.woodpecker.co/panel#/campaigns/42")).toContain(
      "No connection here leads to `app.woodpecker.co`, where that link goes. Nothing was changed.",
    );
    expect(await refused("pause https://burki.dev/dashboard")).toContain(
      "I see no campaign in the link https://burki.dev/dashboard.",
    );
  });

  it("shows the history of the campaign that a link holds", async () => {
    await paused("burki:42");
    await journey.untilEnded();
    const { url } = journey.house.vendors.burki;
    const { told } = await journey.types("ana", `history ${url}/campaigns/42`);
    expect(told).toContain("Spring launch");
    const other = await journey.types(
      "ana",
      "history https://app.woodpecker.co/panel#campaigns/42",
    );
    expect(other.told).not.toContain("Spring launch");
  });

  it("is answered in words where it is too long to be a command", async () => {
    const told = await refused(`pause ${"“burki”:42, ".repeat(3_000)}`);
    expect(told).toContain("16000 is the most that is read. Nothing was changed.");
  });
});

describe("times that people type", () => {
  it("are read by the zone that they name, and the answer names it", async () => {
    const { told } = await journey.types("ana", "pause burki:42 until 6pm Asia/Kolkata");
    expect(told).toContain("18:00 in Asia/Kolkata, which is");
    expect(told).toContain("by your own clock (Europe/Berlin)");
  });

  it("are asked back where a day has no time, and nothing is done", async () => {
    expect(await refused("pause burki:42 until tomorrow")).toContain(
      "“tomorrow” is a day without a time. Write tomorrow 09:00",
    );
  });

  it("are asked back at the end of a reason too, when they are meant as a limit", async () => {
    const { message } = await journey.types(
      "ana",
      "pause burki:42 because of a holiday until tomorrow",
    );
    expect(labelsOn(message)).toEqual(["As a limit", "Part of the reason"]);
    const { told } = await journey.presses("ana", "As a limit", message);
    expect(told).toContain("“tomorrow” is a day without a time. Write tomorrow 09:00");
    expect(await journey.changes()).toEqual([]);
  });

  it("are named with their zone wherever nobody knows the reader's own", async () => {
    const { slack, workspace } = journey.house;
    const user = { id: "U0ANA00001", team_id: workspace, tz: "Mars/Olympus", tz_offset: 19_800 };
    slack.faults.set({ method: "users.info", body: { ok: true, user } });
    const pause = await journey.types("ana", "pause burki:42 until noon");
    expect(pause.told).toContain("12:00 by UTC+05:30, because your time zone could not be read");
  });

  it("say what was not understood behind a campaign", async () => {
    expect(await refused("pause burki:42 in 2 hours")).toContain(
      "I do not understand “in 2 hours” behind burki:42. If it is how long, write “for 2 hours”",
    );
    expect(await refused("pause burki:42 - wrong price")).toContain(
      "I do not understand “- wrong price” behind burki:42. A reason stands behind “because”.",
    );
  });
});
