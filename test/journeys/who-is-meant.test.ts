import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectVendor } from "../../src/flows/connect-vendor.ts";
import { disconnectVendor } from "../../src/flows/disconnect-vendor.ts";
import { actionIds } from "../../src/slack/cards/ids.ts";
import {
  buttonsOn,
  hour,
  type Journey,
  labelsOn,
  outreach,
  startJourney,
  textOf,
} from "../support/journey.ts";

let journey: Journey;
beforeEach(async () => {
  journey = await startJourney({ vendorDeadlineMs: 1_000 });
});
afterEach(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const by = "U0DEE00004";
const callsInAll = () =>
  Object.values(journey.house.vendors).flatMap(({ log }) => log().filter((one) => one.changing));
const down = (vendor: "burki" | "peachdesk") =>
  journey.house.vendors[vendor].faults.set({ kind: "status", status: 503, on: "read" });
const thread = () =>
  journey.house.slack
    .messages(outreach)
    .filter(({ threadTs }) => threadTs)
    .map(textOf)
    .join("\n");
const idsOf = async () =>
  (await journey.change()).targets.map(
    ({ connection, campaign }) => `${connection}:${campaign.id}`,
  );

async function reconnects(): Promise<void> {
  const { url: baseUrl, options, secret, name: vendor } = journey.house.vendors.burki;
  const { workspace, world } = journey.house;
  const again = { workspace, vendor, name: vendor, baseUrl, options, secret, by };
  await disconnectVendor(world, { workspace, name: "burki", by });
  expect((await connectVendor(world, again, { check: true })).kind).toBe("connected");
}

describe("an id that is not there", () => {
  it.each(["pause peachdesk:4", "cancel burki:99", "pause 9999", "resume 007"])(
    "is not looked for in names: %s",
    async (text) => {
      journey.house.vendors.peachdesk.add({ id: "104", name: "Q4 renewals 2", word: "running" });
      journey.house.vendors.burki.add({ id: "177", name: "Partner 99 webinar", word: "running" });
      const { told } = await journey.types("dee", text);
      expect(told).toContain("has the id");
      expect(told).toContain("Nothing was changed.");
      expect(journey.cards()).toEqual([]);
      expect(callsInAll()).toEqual([]);
    },
  );

  it("is answered with the nearest as buttons, and the pressed one alone is meant", async () => {
    journey.house.vendors.burki.add({ id: "99", name: "Partner webinar", word: "running" });
    const { message } = await journey.types("dee", "pause burki:990 because of a typo");
    expect(labelsOn(message)).toHaveLength(5);
    const place = textOf(message).split("`burki:").slice(1);
    const at = place.findIndex((text) => text.startsWith("99`"));
    const button = buttonsOn(message)[at % 5];
    if (!button || !message) throw new Error("the nearest is not offered");
    const where = { channel: message.channel, ts: message.ts };
    await journey.house.slack.press("dee", where, button.actionId, button.blockId);
    await journey.passes(10);
    expect(await idsOf()).toEqual(["burki:99"]);
    expect((await journey.change()).reason).toBe("of a typo");
  });
});

describe("a platform that cannot be read", () => {
  it("is named, and what another has of that name waits for a press", async () => {
    down("peachdesk");
    const { told, message } = await journey.types("dee", 'resume "Webinar no-shows"');
    expect(told).toContain("One campaign matches “Webinar no-shows”.");
    expect(told).toContain("peachdesk could not be read just now");
    expect(labelsOn(message)).toEqual(["Resume"]);
    expect(journey.cards()).toEqual([]);
    expect(callsInAll()).toEqual([]);
    await journey.presses("dee", "Resume", message);
    expect(await journey.change()).toMatchObject({ action: "resume", targets: { length: 1 } });
    expect((await idsOf())[0]).not.toContain("peachdesk");
  });

  it("holds up a pause of a bare name just so, and never one of its connection and id", async () => {
    down("burki");
    const asked = await journey.types("ana", 'pause "KYC completion"');
    expect(labelsOn(asked.message)).toEqual(["Pause"]);
    expect(journey.cards()).toEqual([]);
    await journey.types("ana", "pause sarvam:camp-09af");
    expect((await journey.change()).state).toBe("done");
  });

  it("is named in a look as well", async () => {
    down("burki");
    const { told } = await journey.types("ana", 'status "KYC completion"');
    expect(told).toContain("“KYC completion”");
    expect(told).toContain("burki could not be read just now, so it may be there.");
  });
});

describe("a choice", () => {
  it("completes the wish and leaves what was named exactly", async () => {
    const { message } = await journey.types("ana", "pause burki:60, 42 because of the fair");
    expect(labelsOn(message)).toHaveLength(3);
    await journey.presses("ana", "Pause", message);
    const ids = await idsOf();
    expect(ids[0]).toBe("burki:60");
    expect(ids).toHaveLength(2);
    expect((await journey.change()).reason).toBe("of the fair");
  });

  it("of the campaign that was named exactly makes one of both", async () => {
    const { message } = await journey.types("ana", "pause burki:42, 42, 42");
    const at = textOf(message)
      .split("`")
      .filter((text) => text.endsWith(":42"));
    const place = at.indexOf("burki:42");
    const button = buttonsOn(message)[place];
    if (!button || !message) throw new Error("burki:42 is not offered");
    const where = { channel: message.channel, ts: message.ts };
    await journey.house.slack.press("ana", where, button.actionId, button.blockId);
    await journey.passes(10);
    expect(await idsOf()).toEqual(["burki:42"]);
  });

  it("is followed by another where something else is not clear either", async () => {
    const first = await journey.types("ana", 'pause 42, "Webinar no-shows"');
    expect(first.told).toContain("campaigns match “42”.");
    const second = await journey.presses("ana", "Pause", first.message);
    expect(second.told).toContain("2 campaigns match “Webinar no-shows”.");
    expect(journey.cards()).toEqual([]);
    await journey.presses("ana", "Pause", second.message);
    expect(await idsOf()).toHaveLength(2);
  });

  it("is not carried over to a connection that was made again under its name", async () => {
    const asked = await journey.types("ana", "pause burki:990");
    await reconnects();
    const { told } = await journey.presses("ana", "Pause", asked.message);
    expect(told).toContain("The connection burki has been removed. Nothing was changed.");
    expect(journey.cards()).toEqual([]);
  });
});

describe("a form", () => {
  const opens = async (...wanted: string[]) => {
    await journey.types("dee", "");
    const form = journey.house.slack.views("dee").at(-1)?.id ?? "";
    const offered = await Promise.all(
      wanted.map((query) => journey.house.slack.suggest("dee", form, actionIds.campaigns, query)),
    );
    return { form, campaigns: offered.map(([one]) => one?.value ?? "") };
  };

  it("cancels one campaign at a time, as the command does", async () => {
    const { form, campaigns } = await opens("burki:42", "burki:60");
    const sent = await journey.house.slack.submit("dee", form, { action: "cancel", campaigns });
    expect(sent.errors?.campaigns).toBe("Cancelling is done one campaign at a time.");
    expect((await journey.types("dee", "cancel burki:42, burki:60")).told).toContain(
      "Cancelling is done one campaign at a time.",
    );
    expect(callsInAll()).toEqual([]);
  });

  it("is not carried over to a connection that was made again under its name", async () => {
    const { form, campaigns } = await opens("burki:42");
    await reconnects();
    const sent = await journey.house.slack.submit("dee", form, { campaigns });
    expect(sent.errors?.campaigns).toContain("no longer connected");
    expect(callsInAll()).toEqual([]);
  });
});

describe("what follows a change", () => {
  it("goes on without a campaign that is gone, and says so to the presser and in the thread", async () => {
    await journey.types("dee", "pause burki:42, sarvam:camp-09af");
    await journey.untilEnded(1_000);
    await reconnects();
    const { told } = await journey.presses("dee", "Undo");
    expect(told).toContain("Left out: `burki:42`. The connection burki has been removed.");
    expect(await idsOf()).toEqual(["sarvam:camp-09af"]);
    await journey.passes(2_000);
    expect(thread()).toContain("Left out: `burki:42`. The connection burki has been removed.");
  });

  it("never takes a campaign whose name holds the id of one that was deleted", async () => {
    journey.house.vendors.peachdesk.add({ id: "4", name: "Autumn", word: "running" });
    journey.house.vendors.peachdesk.add({ id: "104", name: "Q4 launch", word: "paused" });
    await journey.types("dee", "pause peachdesk:4 for 2h");
    await journey.untilEnded(1_000);
    journey.house.vendors.peachdesk.reset();
    journey.house.vendors.peachdesk.add({ id: "104", name: "Q4 launch", word: "paused" });
    await journey.passes(2 * hour + 1_000);
    expect(await journey.changes()).toHaveLength(1);
    expect(journey.word("peachdesk", "104")).toBe("paused");
    expect(thread()).toContain("nothing was resumed");
  });

  it("says at a planned end which campaigns it leaves out", async () => {
    await journey.types("dee", "pause burki:42, sarvam:camp-09af for 2h");
    await journey.untilEnded(1_000);
    await reconnects();
    await journey.passes(2 * hour + 1_000);
    expect(await idsOf()).toEqual(["sarvam:camp-09af"]);
    await journey.passes(2_000);
    expect(thread()).toContain("Left out: `burki:42`.");
  });
});

it("connects an account under one name, and names that where another is tried", async () => {
  const { url: baseUrl, options, secret, name: vendor } = journey.house.vendors.burki;
  const { workspace, world } = journey.house;
  const second = { workspace, vendor, name: "burki-2", baseUrl, options, secret, by };
  expect(await connectVendor(world, second, { check: true })).toMatchObject({ kind: "invalid" });
  const { told } = await journey.types("dee", "connections");
  expect(told).not.toContain("burki-2");
});
