import { describe, expect, it } from "vitest";
import { covers } from "../../src/domain/glob.ts";

describe("covers", () => {
  it.each([
    ["Spring*", "Spring launch"],
    ["*launch", "Spring launch"],
    ["*ring*nch*", "spring LAUNCH"],
    ["Spring launch", "spring  launch"],
    ["4?", "42"],
    ["*", ""],
    ["Caf?", "Cafe\u0301"],
    ["a*ab", "aaab"],
  ])("%s covers “%s”", (pattern, text) => {
    expect(covers(pattern, text)).toBe(true);
  });

  it.each([
    ["Spring", "Spring launch"],
    ["4?", "4"],
    ["4?", "421"],
    ["*b", "abc"],
    [".*", "Spring"],
    ["", "Spring"],
  ])("%s does not cover “%s”", (pattern, text) => {
    expect(covers(pattern, text)).toBe(false);
  });

  it("is not slowed down by a hostile pattern", () => {
    expect(covers(`${"*a".repeat(100)}b`, "a".repeat(5000))).toBe(false);
  });
});
