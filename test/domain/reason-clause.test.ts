import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCommand } from "../../src/domain/command.ts";
import type { Reading } from "../../src/domain/reason-clause.ts";

const now = new Date("2026-10-05T12:00:00Z");
const connections = ["burki", "sales-eu", "in", "and"];
const parse = (text: string, reading?: Reading) =>
  parseCommand(text, { now, zone: "UTC", connections, ...(reading && { reading }) });
const inTwoHours = new Date("2026-10-05T14:00:00Z");
const id = (text: string) => ({ kind: "id", id: text });

describe("a reason that ends in what could be a limit", () => {
  it.each([
    ["stop all because wrong price list in burki", "in burki"],
    ["stop all because wrong price list in Burki.", "in Burki."],
    ["stop all because wrong prices in burki and sales-eu", "in burki and sales-eu"],
    ["stop all because wrong prices in burki, sales-eu", "in burki, sales-eu"],
    ["stop all because wrong prices in burki in sales-eu", "in burki in sales-eu"],
    ["stop all because wrong prices in burki and talkdsk", "in burki and talkdsk"],
    ['stop all because wrong prices in "burki"', 'in "burki"'],
    ["stop all because wrong prices in burki for 2h", "in burki"],
    ["stop all in sales-eu because wrong prices in burki", "in burki"],
    ["pause burki:42 because of the outage for 2h", "for 2h"],
    ["pause burki:42 because of the outage for 2h.", "for 2h."],
    ["pause burki:42 because of the outage, until 14:00", "until 14:00"],
    ["pause burki:42 because of the outage until tomorrow 9:00", "until tomorrow 9:00"],
    ["pause 42 because x in burki", "in burki"],
    ["pause 42 because x in burki for 2h", "in burki for 2h"],
    ["pause 42 because x for 2h in burki", "for 2h in burki"],
    ["pause Spring because x in burki", "in burki"],
    ["resume 42 because it is fixed in burki", "in burki"],
    ["cancel 42 because it is over in burki", "in burki"],
    ["PAUSE burki:42 BECAUSE outage FOR 2H", "FOR 2H"],
  ])("is asked about: %s", (text, clause) => {
    expect(parse(text)).toMatchObject({ kind: "which_clause", clause });
  });

  it.each([
    ['pause burki:42 because "outage for 2h"', "outage for 2h"],
    ['stop all because "wrong price list in burki"', "wrong price list in burki"],
    ["stop all because wrong price list in peachdesk", "wrong price list in peachdesk"],
    ["stop all because prices in burki are wrong", "prices in burki are wrong"],
    ["stop all in burki because wrong prices in burki", "wrong prices in burki"],
    ["stop all because down for 2h", "down for 2h"],
    ["pause burki:42 because wrong prices in burki", "wrong prices in burki"],
    ["pause burki:42 because wrong prices in sales-eu", "wrong prices in sales-eu"],
    ["pause burki:42 for 1h because it is down for 2h", "it is down for 2h"],
    ["resume burki:42 because it was down for 2h", "it was down for 2h"],
    ["pause burki:42 because we wait for Ana", "we wait for Ana"],
    ["pause 42 because wrong prices in burki and sales-eu", "wrong prices in burki and sales-eu"],
  ])("is a reason and nothing else: %s", (text, reason) => {
    expect(parse(text)).toMatchObject({ reason });
  });

  it.each<[string, object]>([
    ["stop all because wrong list in burki", { connections: ["burki"], reason: "wrong list" }],
    [
      "stop all because bad in burki and sales-eu",
      { connections: ["burki", "sales-eu"], reason: "bad" },
    ],
    [
      "stop all in sales-eu because bad in burki",
      { connections: ["sales-eu", "burki"], reason: "bad" },
    ],
    ["stop all because bad in burki for 2h", { connections: ["burki"], reason: "bad for 2h" }],
    [
      "pause burki:42 because of the outage, for 2h.",
      { until: inTwoHours, reason: "of the outage" },
    ],
    [
      "pause 42, Spring because x in burki for 2h",
      {
        until: inTwoHours,
        reason: "x",
        targets: [
          { kind: "exact", connection: "burki", id: "42" },
          { kind: "exact", connection: "burki", id: "Spring" },
        ],
      },
    ],
    ["pause 42 because x for 2h in burki", { until: inTwoHours, reason: "x" }],
    [
      "pause burki:42, 7 because x in burki",
      {
        targets: [
          { kind: "exact", connection: "burki", id: "42" },
          { kind: "exact", connection: "burki", id: "7" },
        ],
      },
    ],
  ])("is a limit when that is meant: %s", (text, wish) => {
    expect(parse(text, "limit")).toMatchObject(wish);
  });

  it("is part of the reason when that is meant, as it was typed", () => {
    expect(parse("stop all because wrong list in burki.", "reason")).toEqual({
      kind: "stop_all",
      connections: [],
      reason: "wrong list in burki.",
    });
    expect(parse("pause 42 because x in burki for 2h", "reason")).toEqual({
      kind: "change",
      action: "pause",
      targets: [id("42")],
      reason: "x in burki for 2h",
    });
  });

  it.each(["stop all because in burki", "pause 42 because for 2h"])(
    "is no reason at all where nothing else stands there: %s",
    (text) => {
      expect(parse(text)).toMatchObject({ kind: "not_understood" });
    },
  );

  it("is asked about however it is written, and either answer is a whole wish", () => {
    const words = fc.array(
      fc.constantFrom("wrong", "price", "in", "for", "list,", "until", "and", "burki", "“x”"),
      { maxLength: 5 },
    );
    const clause = fc.constantFrom(
      "in burki",
      "IN Burki",
      "in burki.",
      "in burki and sales-eu",
      "in sales-eu,",
    );
    fc.assert(
      fc.property(words, clause, (before, end) => {
        const text = `stop all because it is ${before.join(" ")} wrong ${end}`;
        expect(parse(text).kind).toBe("which_clause");
        expect(parse(text, "reason")).toMatchObject({ kind: "stop_all", connections: [] });
        const limit = parse(text, "limit");
        expect(limit.kind === "stop_all" && limit.connections.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("the connections of an emergency stop", () => {
  it.each(
    [
      "in and",
      "in in burki",
      "in burki and",
      "in ,",
      "in",
      "in and burki",
      "in burki in",
      "in burki and and sales-eu",
      "in burki,,sales-eu",
      "in , burki",
      "in burki,",
      "burki",
      "and burki",
      "in burki or",
    ].filter((scope) => scope !== "in burki or"),
  )("are a usage error where none is said: stop all %s because x", (scope) => {
    expect(parse(`stop all ${scope} because x`)).toMatchObject({ kind: "not_understood" });
  });

  it.each<[string, string[]]>([
    ['in "in"', ["in"]],
    ['in "and" and "in"', ["and", "in"]],
    ["in burki, and sales-eu", ["burki", "sales-eu"]],
    ["in burki and in sales-eu", ["burki", "sales-eu"]],
    ["in burki sales-eu", ["burki", "sales-eu"]],
  ])("are named: %s", (scope, names) => {
    expect(parse(`stop all ${scope} because x`)).toMatchObject({ connections: names });
  });
});
