import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const page = readFileSync(
  join(root, "docs", "decisions", "0020-what-people-ask-of-approvals.md"),
  "utf8",
);
const rows = [...page.matchAll(/^\| (\d+) \|.*\| `([^`|]+)` \|$/gm)].map(
  ([, wish = "", title = ""]) => ({ wish: Number(wish), title }),
);

/** Every test file with its calls drawn together, so that a title stands right behind its bracket. */
const tests = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => readFileSync(join(root, "test", file), "utf8").replace(/\(\s+/g, "("));

describe("the wishes that people have for approvals", () => {
  it("are twenty-five, each with the title of a test", () => {
    expect(rows.map(({ wish }) => wish)).toEqual(Array.from({ length: 25 }, (_, at) => at + 1));
  });

  it.each(rows)("$wish is shown by a test that there is: $title", ({ title }) => {
    const found = tests.filter((text) => text.includes(`it("${title}"`));
    expect(found).toHaveLength(1);
  });
});
