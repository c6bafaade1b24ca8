import { describe, expect, it } from "vitest";
import { parseCommand } from "../../src/domain/command.ts";
import { minutesAfter, monday } from "./builders.ts";

const parse = (text: string) => parseCommand(text, { now: monday, zone: "Europe/Berlin" });
const tomorrowNine = new Date("2027-01-05T08:00:00Z");

describe("being away", () => {
  it.each([
    "policy away until tomorrow 09:00 <@U0DEE|dee>",
    "policy away until tomorrow 09:00 with <@U0DEE>",
    "POLICY AWAY <@U0DEE|dee> until tomorrow 09:00",
    "policy away until tomorrow 09:00, <@U0DEE|dee>",
  ])("is until a time in one's own zone, with one stand-in by id: %s", (text) => {
    expect(parse(text)).toEqual({ kind: "away", until: tomorrowNine, standIn: "U0DEE" });
  });

  it("may be for a length of time", () => {
    expect(parse("policy away for 2h <@W0DEE>")).toEqual({
      kind: "away",
      until: minutesAfter(120),
      standIn: "W0DEE",
    });
  });

  it("alone asks who is away", () => {
    expect(parse("policy away")).toEqual({ kind: "who_is_away" });
  });

  it("ends with back, one's own or somebody's", () => {
    expect(parse("policy back")).toEqual({ kind: "back" });
    expect(parse("policy back <@U0BEN|ben>")).toEqual({ kind: "back", person: "U0BEN" });
  });

  it.each([
    ["policy away until tomorrow 09:00", "Say who decides instead of you."],
    ["policy away until tomorrow 09:00 @dee", "picked from the list"],
    ["policy away until tomorrow 09:00 <!subteam^S0LEADS|@leads>", "picked from the list"],
    ["policy away until tomorrow 09:00 <@U0DEE> <@U0CHI>", "That is one person"],
    ["policy away <@U0DEE>", "Say until when you are away"],
    ["policy away soon <@U0DEE>", "Say until when you are away"],
    ["policy away until 25:99 <@U0DEE>", "is not a time I can read"],
    ["policy away until 2026-01-01T09:00 <@U0DEE>", "has already passed"],
    ["policy away until 2028-01-01T09:00 <@U0DEE>", "too far away"],
    ["policy back monday", "After “back” name one person"],
    ["policy teapot", "“teapot” says nothing about the policy."],
  ])("says what is missing: %s", (text, sentence) => {
    expect(parse(text)).toMatchObject({
      kind: "not_understood",
      sentence: expect.stringMatching(new RegExp(`${sentence}.*Nothing was changed\\.$`)),
      usage: ["/campaign policy [away [until TIME @PERSON] | back [@PERSON]]"],
    });
  });

  it("leaves the policy itself to the word alone, and is found by its own name", () => {
    expect(parse("policy")).toEqual({ kind: "policy" });
    expect(parse("away")).toMatchObject({ sentence: expect.stringContaining("mean policy?") });
  });
});
