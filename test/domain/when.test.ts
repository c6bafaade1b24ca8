import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDuration, localDate, nextLocalTime, parseDuration } from "../../src/domain/when.ts";

const hour = 3_600_000;
const berlin = "Europe/Berlin";
const newYork = "America/New_York";

describe("parseDuration", () => {
  it.each([
    ["90s", 90_000],
    ["30m", hour / 2],
    ["2h", 2 * hour],
    ["1d12h", 36 * hour],
    [" 1D2H3M4S ", 26 * hour + 184_000],
    ["90d", 90 * 24 * hour],
  ])("reads %s", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(["", "0s", "0d0h", "91d", "2", "h", "2x", "-1h", "1.5h", "12h1d", "99999999999d"])(
    "refuses “%s”",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it("reads back what formatDuration writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 * 24 * 3600 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });

  it("writes less than a second as none", () => {
    expect(formatDuration(999)).toBe("0s");
  });
});

describe("nextLocalTime", () => {
  const daysFrom = (first: string, zone: string, time: string) => {
    const one = nextLocalTime({ zone, time, after: new Date(first) });
    const two = nextLocalTime({ zone, time, after: one });
    const three = nextLocalTime({ zone, time, after: two });
    return [one, two, three].map((date) => date.toISOString().replace(":00.000Z", ""));
  };

  it.each([
    [
      berlin,
      "spring",
      "2027-03-27T00:00Z",
      ["2027-03-27T08:00", "2027-03-28T07:00", "2027-03-29T07:00"],
    ],
    [
      berlin,
      "autumn",
      "2027-10-30T00:00Z",
      ["2027-10-30T07:00", "2027-10-31T08:00", "2027-11-01T08:00"],
    ],
    [
      newYork,
      "spring",
      "2027-03-13T06:00Z",
      ["2027-03-13T14:00", "2027-03-14T13:00", "2027-03-15T13:00"],
    ],
    [
      newYork,
      "autumn",
      "2026-10-31T05:00Z",
      ["2026-10-31T13:00", "2026-11-01T14:00", "2026-11-02T14:00"],
    ],
  ])(
    "is 09:00 on the clocks of %s, once a day, over the change in %s",
    (zone, _season, first, days) => {
      expect(daysFrom(first, zone, "09:00")).toEqual(days);
    },
  );

  it.each([
    [
      berlin,
      "2027-03-27T12:00Z",
      "02:30",
      ["2027-03-28T01:00", "2027-03-29T00:30", "2027-03-30T00:30"],
    ],
    [
      newYork,
      "2027-03-13T12:00Z",
      "02:30",
      ["2027-03-14T07:00", "2027-03-15T06:30", "2027-03-16T06:30"],
    ],
  ])("comes right after the change where the clocks of %s skip it", (zone, first, time, days) => {
    expect(daysFrom(first, zone, time)).toEqual(days);
  });

  it.each([
    [
      berlin,
      "2027-10-30T12:00Z",
      "02:30",
      ["2027-10-31T00:30", "2027-11-01T01:30", "2027-11-02T01:30"],
    ],
    [
      newYork,
      "2026-10-31T12:00Z",
      "01:30",
      ["2026-11-01T05:30", "2026-11-02T06:30", "2026-11-03T06:30"],
    ],
  ])(
    "comes once, at the first, where the clocks of %s show it twice",
    (zone, first, time, days) => {
      expect(daysFrom(first, zone, time)).toEqual(days);
    },
  );

  it("is always later, and on another date each time", () => {
    const moments = fc.date({
      min: new Date("2026-01-01"),
      max: new Date("2028-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, fc.constantFrom(berlin, newYork, "Asia/Kolkata"), (after, zone) => {
        const one = nextLocalTime({ zone, time: "02:30", after });
        const two = nextLocalTime({ zone, time: "02:30", after: one });
        expect(one > after && two > one).toBe(true);
        expect(localDate(two, zone)).not.toBe(localDate(one, zone));
      }),
    );
  });
});

describe("localDate", () => {
  it.each([
    ["Europe/Berlin", "2027-01-05"],
    ["America/New_York", "2027-01-04"],
    ["nowhere", "2027-01-04"],
  ])("is the date in %s", (zone, date) => {
    expect(localDate(new Date("2027-01-04T23:30:00Z"), zone)).toBe(date);
  });
});
