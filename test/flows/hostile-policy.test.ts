import { describe, expect, it } from "vitest";
import { readPolicyText } from "../../src/flows/policy-text.ts";

const head = "version: 1\nrules:";
const rule = "{ name: x, when: {}, then: allow }";
const many = (count: number, lineOf: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => lineOf(index)).join("\n");

function problemsIn(text: string): readonly string[] {
  const read = readPolicyText(text);
  return read.kind === "problems" ? read.problems : [];
}

describe("a hostile policy file is refused in words that name the place", () => {
  it.each<[string, string, string]>([
    ["2 MB of comment", `version: 1\n# ${"x".repeat(2 * 1024 * 1024)}\nrules: []`, "The file is"],
    [
      "10,000 lists in each other",
      `${head} ${"[".repeat(10_000)}${"]".repeat(10_000)}`,
      "Line 2: This is nested deeper than is allowed.",
    ],
    [
      "10,000 maps in each other",
      `${head} ${"{a: ".repeat(10_000)}1${"}".repeat(10_000)}`,
      "Line 2: This is nested deeper than is allowed.",
    ],
    [
      "10,000 dashes on a line",
      `${head}\n  ${"- ".repeat(10_000)}x`,
      "Line 3: This is nested deeper than is allowed.",
    ],
    [
      "fifty maps below each other",
      `${head}\n${many(50, (at) => `${" ".repeat(at + 1)}a:`)}`,
      "nested deeper than is allowed.",
    ],
    [
      "10,000 rules",
      `${head}\n${many(10_000, () => `- ${rule}`)}`,
      "The file is larger than 256 kB.",
    ],
    [
      "10,000 short rules",
      `${head}\n${"- {}\n".repeat(10_000)}`,
      "Line 2: rules has more than 500 rules.",
    ],
    [
      "20,000 keys",
      `version: 1\n${many(20_000, (at) => `k${at}: 1`)}`,
      "The file has more parts than are allowed.",
    ],
    [
      "80,000 empty lists",
      `${head} [${"[],".repeat(80_000)}]`,
      "Line 2: The file has more parts than are allowed.",
    ],
    [
      "one alias 500 times",
      `${head}\n- &r ${rule}\n${"- *r\n".repeat(499)}`,
      "Line 4: The file repeats itself",
    ],
    [
      "aliases of aliases",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${many(7, (at) => `${"bcdefgh"[at]}: &${"bcdefgh"[at]} [${Array(9).fill(`*${"abcdefg"[at]}`).join(",")}]`)}`,
      "Line 2: The file repeats itself",
    ],
    [
      "an alias within itself",
      `${head}\n- &a { name: x, when: *a, then: allow }`,
      "Line 3: rules[0].when.name is not",
    ],
    ["an alias of nothing", `${head} *nope`, "Line 2: *nope stands for nothing above it."],
    [
      "20,000 aliases of nothing",
      `${head} [${"*z,".repeat(20_000)}]`,
      "Line 2: *z stands for nothing above it.",
    ],
    [
      "the key __proto__",
      `__proto__: { rules: [] }\n${head} []`,
      "Line 1: __proto__ is not something",
    ],
    [
      "a rule with the key __proto__",
      `${head}\n- { name: x, when: {}, then: allow, __proto__: { then: deny } }`,
      "Line 3: rules[0].__proto__ is not something",
    ],
    [
      "everything under __proto__",
      `__proto__:\n  version: 1\n  rules: []`,
      "Line 1: version is missing.",
    ],
    [
      "the key constructor",
      `${head}\n- name: x\n  when: { constructor: { prototype: {} } }\n  then: allow`,
      "Line 4: rules[0].when.constructor is not something",
    ],
    ["a key twice", `${head} []\nversion: 1`, "Line 3: `version` is given twice."],
    [
      "a key twice in a rule",
      `${head}\n- name: x\n  when: {}\n  then: deny\n  then: allow`,
      "Line 6: `then` is given twice.",
    ],
    [
      "10,000 times the same key",
      `${head} []\n${"version: 1\n".repeat(10_000)}`,
      "Line 3: `version` is given twice.",
    ],
    [
      "a list for a key",
      "version: 1\n? [a, b]\n: 1\nrules: []",
      "Line 2: A key must be a plain word.",
    ],
    ["nothing for a key", `${head} []\n: 1`, "Line 3: A key must be a plain word."],
    [
      "a NUL byte",
      `${head}\n- { name: "a\0b", when: {}, then: allow }`,
      "Line 3: There is a character that nobody can see.",
    ],
    [
      "a NUL byte written out",
      `${head}\n- { name: "a\\0b", when: {}, then: allow }`,
      "Line 3: rules[0].name has a character that nobody can see.",
    ],
    [
      "half a character",
      `${head}\n- { name: "\ud800", when: {}, then: allow }`,
      "Line 3: There is a character that nobody can see.",
    ],
    [
      "an image",
      "\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
      "Line 1: There is a character that nobody can see.",
    ],
    [
      "a web page",
      "<html><body>policy</body></html>",
      "Line 1: The policy must have version and rules.",
    ],
    ["half a JSON", '{"version": 1, "rules": [', "Line 1: "],
    [
      "two documents",
      `${head} []\n---\n${head} []`,
      "Line 3: A second document begins here, but a policy is one.",
    ],
    [
      "code",
      `${head} !!js/function 'function () {}'`,
      "Line 2: The tag !!js/function means nothing here.",
    ],
    ["a text for the version", `version: "1"\nrules: []`, "Line 1: version must be 1."],
    ["a map for the rules", `${head} {}`, "Line 2: rules must be a list of rules."],
    ["a number for a person", `admins: 5\n${head} []`, "Line 1: admins[0] must be a text."],
    [
      "a date for a name",
      `${head}\n- { name: 2027-01-01, when: [], then: { approve: yes } }`,
      "Line 3: rules[0].when ",
    ],
    ["a number without end", `version: .inf\nrules: []`, "Line 1: version must be 1."],
  ])("%s", (_what, text, words) => {
    const problems = problemsIn(text);
    expect(problems.join("\n")).toContain(words);
    expect(problems.length).toBeLessThanOrEqual(50);
    for (const problem of problems) expect(problem).toMatch(/^(Line \d+: |The file is).*[^:]$/);
  });

  it("and leaves every object as it was", () => {
    problemsIn(`${head}\n- { name: x, when: { __proto__: { polluted: 1 } }, then: allow }`);
    problemsIn(`constructor: { prototype: { polluted: 1 } }\n${head} []`);
    expect(({} as Record<string, unknown>).polluted).toBe(undefined);
  });
});

describe("H70: a file made to keep the parser busy", () => {
  const full = 256 * 1024 - 16;
  const filled = (unit: string, begin = "") =>
    begin + unit.repeat(Math.floor((full - begin.length) / Buffer.byteLength(unit)));

  it.each([
    ["of opening brackets", filled("[")],
    ["of opening braces", filled("{")],
    ["of keys in braces", filled("{a: ")],
    ["of lists in lists", filled("- ")],
    ["of keys that are keys", filled("? ")],
    ["of colons", filled(": ")],
    ["of empty keys", filled(":\n")],
    ["of closing brackets", filled("]")],
    ["of closing braces", filled("}")],
    ["of commas", filled(",", "[")],
    ["of tags", filled("!!str ")],
    ["of wrong escapes", `${filled("\\q", '"')}"`],
    ["of right escapes", `${filled("\\x41", '"')}"`],
    ["of quotation marks", filled('"')],
    ["of anchors", filled("&a ")],
    ["of aliases", filled("*a\n")],
    ["of faults", filled("a: b: c\n")],
    ["of steps", Array.from({ length: 700 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")],
    ["of documents", filled("---\n")],
    ["of empty lines", filled("\n")],
  ])("%s is refused at once", (_, text) => {
    const begun = performance.now();
    const problems = problemsIn(text);
    // It took five to forty seconds, or all memory; a busy machine is given its share.
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(/^Line \d+: /);
  });

  it("takes as many signs as it likes where they are only words", () => {
    const words = `${"[".repeat(300)} ${"\\\\".repeat(400)} ${"]".repeat(300)}`;
    const text = `${head}\n- { name: "x", when: { campaign: '${"[".repeat(100)}' }, then: allow } # ${words}`;
    expect(problemsIn(text)).toEqual([]);
  });
});
