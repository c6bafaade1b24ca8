import { describe, expect, it } from "vitest";
import { readEnd } from "../../src/domain/time-clause.ts";
import { minutesAfter, monday } from "./builders.ts";

const here = { now: monday, zone: "UTC" };

describe("the end that a form asks for", () => {
  it.each([
    ["2h", minutesAfter(120)],
    ["for 2h", minutesAfter(120)],
    ["18:00", minutesAfter(360)],
    ["until 18:00", minutesAfter(360)],
    ["  Until tomorrow 9:00 ", minutesAfter(21 * 60)],
  ])("reads %j as the command does", (text, at) => {
    expect(readEnd(text, here)).toEqual({ ok: true, at });
  });

  it.each(["", "soon", "0h", "100d", "today 9:00"])("says why not %j", (text) => {
    expect(readEnd(text, here)).toMatchObject({ ok: false, sentence: expect.any(String) });
  });
});
