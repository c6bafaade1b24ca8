import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const table = readFileSync(join(root, "docs", "threats.md"), "utf8");
const rows = [...table.matchAll(/^\| ([A-H]\d+b?) \|(.*)\|$/gm)].map(([, row = "", text = ""]) => ({
  row,
  text,
}));

/** The rows that the titles of all tests name: "A1: …", or "A1, B10: …". */
const shown = new Set(
  readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .flatMap((file) => [
      ...readFileSync(join(root, "test", file), "utf8").matchAll(
        /\(\s*["`]((?:[A-H]\d+b?, )*[A-H]\d+b?): /g,
      ),
    ])
    .flatMap(([, named = ""]) => named.split(", ")),
);

describe("the table of threats", () => {
  it.each(rows)("has a test for row $row, or says why it is out of scope", ({ row, text }) => {
    const outOfScope = text.includes("operating.md#not-in-scope");
    expect(shown.has(row) || outOfScope, `${row} has neither`).toBe(true);
  });

  it("knows every row that a test is named after, once", () => {
    const known = rows.map(({ row }) => row);
    expect(known).toEqual([...new Set(known)]);
    expect([...shown].filter((row) => !known.includes(row))).toEqual([]);
  });
});
