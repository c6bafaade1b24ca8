import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rule } from "../../src/domain/policy.ts";
import { connectVendor } from "../../src/flows/connect-vendor.ts";
import { disconnectVendor } from "../../src/flows/disconnect-vendor.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { type Journey, startJourney } from "../support/journey.ts";

let journey: Journey;
beforeEach(async () => {
  journey = await startJourney({ connected: ["burki"] });
});
afterEach(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

describe("between the question and the approval", () => {
  beforeEach(() => journey.types("ana", "resume burki:7"));
  const nothingSent = async () => {
    expect(await journey.untilEnded()).toMatchObject({ state: "superseded" });
    expect(journey.card()).toContain("Nothing was sent.");
    expect(journey.changing("burki")).toEqual([]);
  };

  it("a reconnected platform is another one: it has to be asked again", async () => {
    const { url: baseUrl, options, secret, name: vendor } = journey.house.vendors.burki;
    const { workspace, world } = journey.house;
    const again = { workspace, vendor, name: vendor, baseUrl, options, secret, by: "U0DEE00004" };
    await connectVendor(world, again, { check: true });
    await journey.presses("dee", "Approve");
    await nothingSent();
    expect(journey.card()).toContain("The connection burki was changed after this was asked.");
  });

  it("a removed connection is not called", async () => {
    const { workspace, world } = journey.house;
    await disconnectVendor(world, { workspace, name: "burki", by: "U0DEE00004" });
    await journey.presses("dee", "Approve");
    await nothingSent();
    expect(journey.card()).toContain("This connection has been removed.");
  });

  it("a stricter policy counts: whoever may not approve any more is told so", async () => {
    const { workspace, world } = journey.house;
    const policy = {
      version: 1 as const,
      rules: [rule("nobody", { action: ["resume"] }, "deny")],
    };
    await applyPolicy(world, { workspace, policy, by: "U0DEE00004" });
    const { told } = await journey.presses("dee", "Approve");
    expect(told).toContain("The policy has changed since this was asked");
    expect((await journey.change()).state).toBe("waiting");
    expect(journey.changing("burki")).toEqual([]);
  });

  it("a campaign that was resumed at the platform needs no call", async () => {
    journey.house.vendors.burki.setWord("7", "running");
    const { message } = await journey.presses("dee", "Approve");
    await journey.presses("dee", "Approve anyway", message);
    expect((await journey.untilEnded()).state).toBe("done");
    expect(journey.card()).toContain("it was already");
    expect(journey.changing("burki")).toEqual([]);
  });
});

describe("a policy of two members", () => {
  beforeEach(async () => {
    const { workspace, world } = journey.house;
    const two = { approve: { from: ["members"], count: 2 } };
    const policy = {
      version: 1 as const,
      channel: "C0APPROVALS",
      rules: [rule("two pairs of eyes", { action: ["resume"] }, two)],
    };
    await applyPolicy(world, { workspace, policy, by: "U0DEE00004" });
    await journey.types("ana", "resume burki:7");
  });
  const card = () => journey.cards("C0APPROVALS").at(-1);

  it("puts the card into the policy's channel and counts every person once", async () => {
    expect(journey.cards()).toEqual([]);
    const first = await journey.presses("ben", "Approve", card());
    expect(first.told).toContain("Your approval is counted. 1 more is needed.");
    const twice = await journey.presses("ben", "Approve", card());
    expect(twice.told).toContain("Your second press was not counted.");
    const asker = await journey.presses("ana", "Approve", card());
    expect(asker.told).toContain("somebody else has to decide");
    expect((await journey.change()).state).toBe("waiting");
    expect(journey.changing("burki")).toEqual([]);

    await journey.presses("chi", "Approve", card());
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    expect(journey.card("C0APPROVALS")).toMatch(
      /Approved by <@U0BEN00002>.*\n?.*Approved by <@U0CHI00003>|<@U0BEN00002> and <@U0CHI00003>/,
    );
    expect(journey.changing("burki")).toHaveLength(1);
  });

  it("is ended by one denial", async () => {
    await journey.presses("ben", "Approve", card());
    await journey.presses("chi", "Deny", card());
    const form = journey.house.slack.views("chi").at(-1);
    await journey.house.slack.submit("chi", form?.id ?? "", {});
    expect((await journey.change()).state).toBe("denied");
    expect(journey.changing("burki")).toEqual([]);
  });

  it("lets nobody pause, where no rule says so", async () => {
    const { told } = await journey.types("dee", "pause burki:42");
    expect(told).toContain("No rule of the policy lets you pause “Spring launch”.");
    expect(journey.changing("burki")).toEqual([]);
  });
});

describe("a channel that is closed to the bot", () => {
  it("does not hide the card: the asker has it in a direct message", async () => {
    const general = journey.house.slack.channels.find(({ id }) => id === "C0GENERAL1");
    Object.assign(general ?? {}, { posting: "admins" });
    await journey.types("ana", "pause burki:42", "C0GENERAL1");
    expect(journey.cards("C0GENERAL1")).toEqual([]);
    expect(journey.card("@ana")).toContain("Paused, and Burki confirms it.");
  });
});
