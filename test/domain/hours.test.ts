import { describe, expect, it } from "vitest";
import { isWithin, isZone } from "../../src/domain/hours.ts";
import type { Hours } from "../../src/domain/policy.ts";

const berlin = "Europe/Berlin";
const office: Hours = { zone: berlin, days: ["mon", "fri"], from: "09:00", to: "18:00" };
const night: Hours = { zone: berlin, days: ["fri"], from: "22:00", to: "06:00" };

describe("hours of a policy", () => {
  it.each<[string, boolean, Hours, string]>([
    ["begin at their first minute", true, office, "2027-01-04T08:00:00Z"],
    ["have not begun a minute before", false, office, "2027-01-04T07:59:59Z"],
    ["are over at their end", false, office, "2027-01-04T17:00:00Z"],
    ["are not on a day that is not named", false, office, "2027-01-05T09:00:00Z"],
    [
      "hold every day where none is named",
      true,
      { ...office, days: ["sun"] },
      "2027-01-03T09:00:00Z",
    ],
    ["go on over midnight into the next day", true, night, "2027-01-09T04:59:00Z"],
    ["end in the morning after", false, night, "2027-01-09T05:00:00Z"],
    ["have not begun in the morning of their own day", false, night, "2027-01-08T04:00:00Z"],
    ["begin in the evening of their day", true, night, "2027-01-08T21:00:00Z"],
    ["go by summer time when it has begun", true, office, "2027-03-29T07:00:00Z"],
    [
      "hold to the end of the day",
      true,
      { zone: "UTC", from: "00:00", to: "24:00" },
      "2027-01-04T23:59:59Z",
    ],
  ])("%s", (_name, within, hours, at) => {
    expect(isWithin(hours, new Date(at))).toBe(within);
  });

  it("know a zone from a word", () => {
    expect([isZone(berlin), isZone("UTC"), isZone("Mars/Olympus")]).toEqual([true, true, false]);
  });
});
