import { describe, expect, it } from "vitest";
import { cleanText, splitWords } from "../../src/domain/words.ts";

describe("cleanText", () => {
  it.each([
    ["<@U123|ana> said so", "@ana said so"],
    ["<@U123>", "@U123"],
    ["<#C123|sales>", "#sales"],
    ["<!here>", "@here"],
    ["<!subteam^S123|@marketing>", "@marketing"],
    ["<!subteam^S123>", "@S123"],
    ["<https://example.com/a>", "https://example.com/a"],
    ["<http://example.com|example.com>", "example.com"],
    ["R&amp;D &lt;3", "R&D <3"],
    ["&amp;lt;", "&lt;"],
  ])("undoes Slack's escape %s", (typed, plain) => {
    expect(cleanText(typed)).toBe(plain);
  });

  it("turns every kind of space into a plain one and drops what cannot be seen", () => {
    expect(cleanText("a\u00a0b\tc \u202eevil\u200b\u0007")).toBe("a b c evil");
  });

  it("writes every character in one form", () => {
    expect(cleanText("Cafe\u0301")).toBe("Caf\u00e9");
  });
});

describe("splitWords", () => {
  const texts = (text: string) => splitWords(text).map((word) => word.text);

  it.each([
    '"Spring launch"',
    "“Spring launch”",
    "„Spring launch“",
    "«Spring launch»",
    "« Spring launch »",
    "'Spring launch'",
    "‘Spring launch’",
  ])("holds %s together", (typed) => {
    expect(splitWords(typed)).toMatchObject([{ text: "Spring launch", quoted: true }]);
  });

  it("keeps commas inside quotation marks and makes the others words of their own", () => {
    expect(texts('"Hello, world", burki:42,7')).toEqual([
      "Hello, world",
      ",",
      "burki:42",
      ",",
      "7",
    ]);
  });

  it("leaves apostrophes and inch marks inside words alone", () => {
    expect(texts("Ana's 5\" list")).toEqual(["Ana's", '5"', "list"]);
  });

  it("goes on as if a quotation mark that is never closed were not there", () => {
    expect(texts('"Spring launch')).toEqual(["Spring", "launch"]);
    expect(texts('burki:"Spring')).toEqual(["burki:Spring"]);
    expect(texts('"')).toEqual([]);
  });

  it("reads a quoted name behind a connection as one word", () => {
    expect(texts('burki:"Spring launch" x')).toEqual(["burki:Spring launch", "x"]);
  });

  it("says where each word stood", () => {
    expect(splitWords("ab cd").map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [3, 5],
    ]);
  });
});
