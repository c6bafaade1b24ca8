import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { digestFor } from "../../src/store/digests.ts";
import { comes, daysIn, opensDigest, setsDigest } from "../support/digest.ts";
import { type Cast, type Journey, outreach, startJourney, textOf } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ connected: [] });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const digest = () => journey.house.world.store.read((q) => digestFor(q, journey.house.workspace));
const person = (name: Cast) => {
  const found = journey.house.slack.people.find((one) => one.name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
};

describe("setting the digest", () => {
  it("opens a form for an admin, with the zone of her Slack profile", async () => {
    person("dee").tz = "America/New_York";
    const view = await opensDigest(journey, "dee");
    expect(view.title).toBe("Daily digest");
    expect(textOf(view)).toContain("Time zone: *America/New_York*, from your Slack profile.");
    expect(JSON.stringify(view.blocks)).toContain(`"initial_conversation":"${outreach}"`);
    expect(JSON.stringify(view.blocks)).toContain('"initial_time":"09:00"');
  });

  it.each(["ana", "gus", "sam"] as const)("refuses %s in words, without a form", async (name) => {
    const view = await opensDigest(journey, name, name === "sam" ? "C0SHAREDACME" : outreach);
    expect(view.submit).toBeUndefined();
    expect(textOf(view)).toContain(
      "Only admins may do this, and you are not one. Nothing was changed.",
    );
    expect(await digest()).toBeUndefined();
  });

  it("is not set by somebody who stopped being an admin while the form was open", async () => {
    const view = await opensDigest(journey, "dee");
    person("dee").isAdmin = false;
    const { errors } = await journey.house.slack.submit("dee", view.id, {});
    expect(errors).toEqual({ on: expect.stringMatching(/admin/) });
    expect(await digest()).toBeUndefined();
  });

  it("asks again for a channel and a time that are left out", async () => {
    const view = await opensDigest(journey, "dee");
    const { errors } = await journey.house.slack.submit("dee", view.id, {
      channel: null,
      time: null,
    });
    expect(errors).toEqual({ channel: "Choose a channel.", time: "Choose a time." });
    expect(await digest()).toBeUndefined();
  });

  it("says where and when it comes, and puts on record who set it", async () => {
    const told = await setsDigest(journey, "dee", { time: "17:45", channel: "C0APPROVALS" });
    expect(told).toContain("every day at 17:45 (Europe/Berlin) in <#C0APPROVALS>");
    expect(await digest()).toMatchObject({
      channel: "C0APPROVALS",
      time: "17:45",
      zone: "Europe/Berlin",
      setBy: person("dee").id,
    });
  });

  it("takes the zone anew from the profile of whoever saves it", async () => {
    await setsDigest(journey, "dee", { time: "09:00" });
    person("dee").tz = "Asia/Tokyo";
    expect(textOf(await opensDigest(journey, "dee"))).toContain("*Asia/Tokyo*");
    await setsDigest(journey, "dee", { time: "09:00" });
    expect(await digest()).toMatchObject({ zone: "Asia/Tokyo" });
  });

  it("ends it, and says so", async () => {
    await comes(journey, "2027-06-01T05:00:00Z");
    await setsDigest(journey, "dee", { time: "09:00" });
    await comes(journey, "2027-06-01T07:00:00Z");
    expect(await setsDigest(journey, "dee", "off")).toContain("The daily digest is off.");
    expect(await digest()).toBeUndefined();
    await comes(journey, "2027-06-02T07:00:00Z");
    expect(daysIn(journey)).toEqual(["Tuesday 1 June"]);
  });

  it("that was ended and set again on the same day does not come twice that day", async () => {
    await comes(journey, "2027-07-01T05:00:00Z");
    await setsDigest(journey, "dee", { time: "09:00" });
    await comes(journey, "2027-07-01T07:00:00Z");
    await setsDigest(journey, "dee", "off");
    await setsDigest(journey, "dee", { time: "10:00" });
    await comes(journey, "2027-07-01T08:00:00Z");
    expect(daysIn(journey)).toEqual(["Thursday 1 July"]);
    await comes(journey, "2027-07-02T08:00:00Z");
    expect(daysIn(journey)).toEqual(["Thursday 1 July", "Friday 2 July"]);
  });
});
