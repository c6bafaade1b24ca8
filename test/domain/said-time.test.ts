import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { saidDuration } from "../../src/domain/said-duration.ts";
import { looksLikeTime, parseTime } from "../../src/domain/said-time.ts";
import { monday } from "./builders.ts";

const berlin = "Europe/Berlin";

describe("parseTime", () => {
  const read = (text: string, now = monday, zone = berlin) => parseTime(text, { now, zone });
  const at = (iso: string) => ({ ok: true, at: new Date(iso) });

  // It is Monday, 13:00 in Berlin.
  it.each([
    ["18:00", "2027-01-04T17:00:00Z"],
    ["today 18:00", "2027-01-04T17:00:00Z"],
    ["9:00", "2027-01-05T08:00:00Z"],
    ["13:00", "2027-01-05T12:00:00Z"],
    ["Tomorrow 9:00", "2027-01-05T08:00:00Z"],
    ["mon 18:00", "2027-01-04T17:00:00Z"],
    ["mon 09:00", "2027-01-11T08:00:00Z"],
    ["Sunday 09:00", "2027-01-10T08:00:00Z"],
    ["6pm", "2027-01-04T17:00:00Z"],
    ["6:30 p.m.", "2027-01-04T17:30:00Z"],
    ["noon", "2027-01-05T11:00:00Z"],
    ["midnight", "2027-01-04T23:00:00Z"],
    ["9am tomorrow", "2027-01-05T08:00:00Z"],
    ["at 9am on Wednesday", "2027-01-06T08:00:00Z"],
    ["24 jan 6pm", "2027-01-24T17:00:00Z"],
    ["January 24th, 2027, at 18:00", "2027-01-24T17:00:00Z"],
    ["18:00 24.1.2027", "2027-01-24T17:00:00Z"],
    ["in 2 hours", "2027-01-04T14:00:00Z"],
    ["next Monday 9am", "2027-01-11T08:00:00Z"],
    ["2027-01-08T10:00", "2027-01-08T09:00:00Z"],
    ["2027-01-08 10:00:30", "2027-01-08T09:00:30Z"],
    ["2027-01-08T10:00+01:00", "2027-01-08T09:00:00Z"],
  ])("reads %s", (text, iso) => {
    expect(read(text)).toEqual(at(iso));
  });

  it.each([
    ["later", "“later” is not a time I can read."],
    ["24:00", "“24:00” is not a time I can read."],
    ["2027-02-30T10:00", "“2027-02-30T10:00” is not a time I can read."],
    ["today 12:59", "“today 12:59” has already passed."],
    ["2027-01-04T12:00Z", "“2027-01-04T12:00Z” has already passed."],
    ["2028-01-01", "“2028-01-01” is too far away: 90 days ahead is the most."],
    ["x".repeat(100), `“${"x".repeat(39)}…” is not a time I can read.`],
  ])("answers %s in words", (text, sentence) => {
    expect(read(text)).toEqual({ ok: false, sentence: expect.stringContaining(sentence) });
  });

  it.each([
    ["2027-01-08", "is a day without a time. Write 2027-01-08 09:00"],
    ["dec 24", "is too far away"],
    ["tomorrow", "is a day without a time. Write tomorrow 09:00"],
    ["7", "may be in the morning or in the evening. Write 07:00 or 19:00."],
    ["12", "may be midnight or noon. Write 00:00 or 12:00."],
    ["tomorrow 7", "Write tomorrow 07:00 or tomorrow 19:00."],
    ["6/2/2027 18:00", "may be 6 February or 2 June. Write 2027-02-06 18:00 or 2027-06-02 18:00."],
    ["next Friday 9am", "may be 8 January or 15 January."],
    ["fri midnight", "Write 2027-01-08 00:00 or 2027-01-09 00:00."],
    ["2h", "is a length and not a time. Write “for 2h”, or 02:00 if that is the time."],
    ["18:00 CET", "“CET” is not the same clock for everybody."],
    ["fri jan 24 6pm", "2027-01-24 is a Sunday"],
    ["tomorrow morning", "is no exact time."],
  ])("asks back what %s means, with the spellings that leave no doubt", (text, sentence) => {
    expect(read(text)).toMatchObject({ ok: false, sentence: expect.stringContaining(sentence) });
  });

  it.each([
    [
      "2027-01-08T10:00:00Z",
      "2027-01-08T10:00:00Z",
      "10:00 in UTC, which is 2027-01-08 11:00 by your own clock",
    ],
    ["2027-01-08T10:00+05:30", "2027-01-08T04:30:00Z", "10:00 in UTC+05:30"],
    ["6pm Asia/Kolkata", "2027-01-04T12:30:00Z", "18:00 in Asia/Kolkata"],
    ["tomorrow 9am utc-5", "2027-01-05T14:00:00Z", "09:00 in UTC-05:00"],
  ])("names the zone of %s, which is not the reader's own", (text, iso, note) => {
    expect(read(text)).toEqual({ ...at(iso), note: expect.stringContaining(note) });
  });

  it.each([
    [{ zone: "Mars/Olympus" }, "2027-01-04T18:00:00Z", "18:00 by UTC, because your time zone"],
    [
      { zone: "UTC", guessed: true },
      "2027-01-04T18:00:00Z",
      "18:00 by UTC, because your time zone",
    ],
    [{ zone: "+05:30", guessed: true }, "2027-01-04T12:30:00Z", "18:00 by UTC+05:30, because"],
  ])("names the zone that stands in for one that nobody knows: %j", (here, iso, note) => {
    expect(parseTime("18:00", { now: monday, ...here })).toEqual({
      ...at(iso),
      note: expect.stringContaining(note),
    });
  });

  it("means the first moment after the change where the clocks skip a time, and says so", () => {
    expect(read("2027-03-28T02:30", new Date("2027-03-01T00:00:00Z"))).toEqual({
      ...at("2027-03-28T01:00:00Z"),
      note: "The clocks of Europe/Berlin skip 02:30 on 2027-03-28, so it is read as 03:00.",
    });
  });

  it("means the first of two where the clocks show a time twice, and says how the second is written", () => {
    const now = new Date("2027-10-01T00:00:00Z");
    expect(read("2027-10-31T02:30", now)).toEqual({
      ...at("2027-10-31T00:30:00Z"),
      note: "The clocks of Europe/Berlin show 02:30 twice on 2027-10-31, and the first is meant. The second is written 2027-10-31T02:30+01:00.",
    });
    expect(read("2027-10-31T02:30+01:00", now)).toEqual(at("2027-10-31T01:30:00Z"));
  });

  it("throws at nothing, whatever stands there and whatever the day", () => {
    const piece = fc.constantFrom(
      ...["6", "18", ":", "30", "pm", "am", " ", "mon", "next", "dec", "24", "/", ".", "-", "2027"],
      ...[
        "utc",
        "+",
        "Europe/Berlin",
        "noon",
        "midnight",
        "in",
        "hours",
        "h",
        "th",
        "31",
        "feb",
        "29",
        "'",
      ],
    );
    const said = fc.oneof(
      fc.string(),
      fc
        .array(piece, { maxLength: 9 })
        .map((all) => all.join(" ").replace(/ (?=[:/.+-])| (?<=[:/.-] )/g, "")),
    );
    const moments = fc.date({
      min: new Date("2026-01-01"),
      max: new Date("2029-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(said, moments, (text, now) => {
        const found = read(text, now);
        if (found.ok) expect(found.at > now).toBe(true);
        else expect(found.sentence).not.toBe("");
      }),
      { numRuns: 2_000 },
    );
  });

  it("reads back every time that it offers where it asks", () => {
    for (const text of [
      "7",
      "12",
      "18",
      "1830",
      "tomorrow 7",
      "fri 8",
      "6/2/2027 18:00",
      "2027-01-08",
      "next Friday",
      "fri midnight",
      "tonight",
      "18.1",
    ]) {
      const found = read(text);
      const offered = found.ok ? "" : found.sentence.slice(found.sentence.indexOf("Write"));
      const ways = [
        ...offered.matchAll(
          /(?:\d{4}-\d\d-\d\d |today |tomorrow |(?:mon|tue|wed|thu|fri|sat|sun) )?\d\d:\d\d/g,
        ),
      ];
      expect(ways.length, text).toBeGreaterThan(0);
      for (const [way] of ways) {
        const again = read(way);
        expect(again.ok || again.sentence, way).toEqual(
          again.ok || expect.stringContaining("is too far away"),
        );
      }
    }
  });
});

describe("a duration, as it is said", () => {
  it.each([
    ["2 hours", 120],
    ["90 min", 90],
    ["2h 30m", 150],
    ["2h30", 150],
    ["1.5h", 90],
    ["1 week", 7 * 24 * 60],
    ["two days", 48 * 60],
    ["half an hour", 30],
    ["an hour", 60],
    ["1 day and 12 hours", 36 * 60],
    ["30 mins.", 30],
    ["1d12h", 36 * 60],
  ])("%s", (text, minutes) => {
    expect(saidDuration(text)).toBe(minutes * 60_000);
  });

  it.each([
    "",
    "90",
    "0 min",
    "2 months",
    "12h 1d",
    "2h 2h",
    "13 weeks",
    "1 dd",
    "h",
    "a",
    "x".repeat(99),
    "-2h",
  ])("is not %s", (text) => {
    expect(saidDuration(text)).toBeUndefined();
  });
});

describe("looksLikeTime", () => {
  it.each(["25:00", "mon", "Tomorrow noon"])("is true of %s", (text) => {
    expect(looksLikeTime(text)).toBe(true);
  });

  it.each(["monster sale", "stocks last", ""])("is false of “%s”", (text) => {
    expect(looksLikeTime(text)).toBe(false);
  });
});
