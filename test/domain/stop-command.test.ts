import { describe, expect, it } from "vitest";
import { parseCommand } from "../../src/domain/command.ts";
import { monday } from "./builders.ts";

const parse = (text: string) => parseCommand(text, { now: monday, zone: "UTC" });

describe("stop all", () => {
  it("needs nothing but a reason", () => {
    expect(parse("STOP all because wrong price")).toEqual({
      kind: "stop_all",
      connections: [],
      reason: "wrong price",
    });
  });

  it.each(["in burki, sarvam", "in burki and sarvam", "in burki in sarvam", "in burki sarvam"])(
    "is for the connections that are named: %s",
    (scope) => {
      expect(parse(`stop all ${scope} because x`)).toMatchObject({
        connections: ["burki", "sarvam"],
      });
    },
  );

  it.each([
    ["stop all", "needs a reason"],
    ["stop all because", "needs a reason"],
    ["stop burki:42 because x", "for everything at once"],
    ["stop all in because x", "After “stop all”"],
    ["stop all burki because x", "After “stop all”"],
  ])("says what is missing: %s", (text, sentence) => {
    expect(parse(text)).toMatchObject({
      kind: "not_understood",
      sentence: expect.stringContaining(sentence),
    });
  });
});
