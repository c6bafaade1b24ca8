import { describe, expect, it } from "vitest";
import { VendorFailure } from "../../src/vendors/failure.ts";
import { parseJson } from "../../src/vendors/json.ts";
import { allPages, campaign } from "../../src/vendors/reading.ts";
import { readRetryAfter } from "../../src/vendors/retry-after.ts";
import { tidyWords, withoutSecrets } from "../../src/vendors/vendor-words.ts";

describe("parseJson", () => {
  it.each([
    ['{"id":9007199254740993}', { id: "9007199254740993" }],
    ["[-9007199254740993,9007199254740991]", ["-9007199254740993", 9007199254740991]],
    [
      '{"a":"id 9007199254740993","b\\"9007199254740993":1}',
      { a: "id 9007199254740993", 'b"9007199254740993': 1 },
    ],
    ["[1.0000000000000000000001,1e300,12345678901234567890.5]", [1, 1e300, 12345678901234567000]],
    ['["\\\\",9007199254740993,"\\\\\\""]', ["\\", "9007199254740993", '\\"']],
  ])("keeps big ids exact and nothing else changed: %s", (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it("throws at what is no JSON", () => {
    for (const text of ["", "<html>", "{", "9007199254740993x"])
      expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it("reads a megabyte of one string, and 100,000 brackets, without a fall", () => {
    expect(parseJson(JSON.stringify("\\".repeat(400_000)))).toHaveLength(400_000);
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    try {
      expect(Array.isArray(parseJson(deep))).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
    }
  });

  it("E41: leaves no trace of __proto__ on other objects", () => {
    parseJson('{"__proto__":{"polluted":true}}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("readRetryAfter", () => {
  const now = new Date("2026-11-22T10:00:00Z");
  it.each([
    ["30", 30_000],
    ["0.5", 1_000],
    ["0", 1_000],
    ["60", 60_000],
    ["1000000000", 60_000],
    ["9".repeat(400), 60_000],
    ["Sun, 22 Nov 2026 10:00:20 GMT", 20_000],
    ["Sunday, 22-Nov-26 10:00:20 GMT", 20_000],
    ["Fri, 01 Jan 2100 00:00:00 GMT", 60_000],
    ["Sat, 21 Nov 2026 10:00:00 GMT", undefined],
    ["-5", undefined],
    ["soon", undefined],
    ["1e9", undefined],
    ["NaN", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%s is a wait of %s ms", (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms);
  });
});

describe("withoutSecrets", () => {
  const secret = 'p/+ss"word=';
  it.each([
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
    JSON.stringify(secret).slice(1, -1),
  ])("takes out %s", (spelling) => {
    expect(withoutSecrets(`a ${spelling} b ${spelling}`, [secret])).toBe("a [key] b [key]");
  });

  it("takes no words apart for the sake of a tiny secret", () => {
    expect(withoutSecrets("aaa bbb", ["a", ""])).toBe("aaa bbb");
  });

  it("D29: leaves no half of a secret at the cut", () => {
    expect(tidyWords(`${"x".repeat(195)}${secret}`, [secret])).not.toContain("p/");
  });
});

describe("allPages", () => {
  const vendor = { name: "burki", campaignId: /^\d+$/ } as const;
  const row = (id: unknown) => campaign({}, { id, name: "", word: "running" });

  it("gives up on a list that never ends", async () => {
    let asked = 0;
    const endless = allPages(vendor, async (number) => {
      asked += 1;
      return { campaigns: [row(number)], more: true };
    });
    await expect(endless).rejects.toBeInstanceOf(VendorFailure);
    expect(asked).toBe(500);
  });

  it("names a campaign without a name by its id, and keeps each one once", async () => {
    const pages = [
      [row(1), row(2)],
      [row(2), row(3)],
    ];
    const found = await allPages(vendor, async (number) => ({
      campaigns: pages[number] ?? [],
      more: number === 0,
    }));
    expect(found.map(({ name }) => name)).toEqual(["1", "2", "3"]);
  });
});
