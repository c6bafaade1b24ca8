import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covers } from "../../src/domain/glob.ts";
import { type Policy, rule } from "../../src/domain/policy.ts";
import { readPolicyText, textOfPolicy } from "../../src/flows/policy-text.ts";

const withWhen = (when: string) =>
  `version: 1\nrules:\n  - name: legal\n    when: { ${when} }\n    then: deny\n`;

function patternOf(text: string): string | undefined {
  const read = readPolicyText(text);
  return read.kind === "policy" ? read.policy.rules[0]?.when.campaign?.[0] : undefined;
}

function problemsIn(text: string): string {
  const read = readPolicyText(text);
  return read.kind === "problems" ? read.problems.join("\n") : "";
}

describe("a bare word where a text is expected", () => {
  it.each([
    "007",
    "12e3",
    "0x1F",
    "0o17",
    "9007199254740993",
    "1_000",
    ".5",
    "1.50",
    "-0",
    "+5",
    ".inf",
    "true",
    "True",
    "yes",
    "2026-01-01",
    "12:30",
    "42",
    "1.5",
  ])("is the text as it is written: %s", (written) => {
    expect(patternOf(withWhen(`campaign: ${written}`))).toBe(written);
    expect(patternOf(withWhen(`campaign: [${written}]`))).toBe(written);
    expect(patternOf(`%YAML 1.1\n---\n${withWhen(`campaign: ${written}`)}`)).toBe(written);
    expect(covers(patternOf(withWhen(`campaign: ${written}`)) ?? "", written)).toBe(true);
  });

  it("is so for names of rules and connections as well", () => {
    const read = readPolicyText(
      "version: 1\nrules:\n- { name: 012, when: { connection: 007 }, then: deny }",
    );
    expect(read).toMatchObject({
      policy: { rules: [{ name: "012", when: { connection: ["007"] } }] },
    });
  });

  it.each([
    ["campaign: ~", "Line 4: ~ says that nothing stands here."],
    ["campaign: null", "Line 4: null says that nothing stands here."],
    ["campaign: [a, Null]", "Line 4: Null says that nothing stands here."],
    ["campaign: ", "Line 4: "],
    ["campaign: &Spring*", "Line 4: "],
    ["campaign: !Spring*", "Line 4: The tag !Spring* means nothing here."],
    ["campaign: !foo Spring*", "Line 4: The tag !foo means nothing here."],
    ["campaign: !!binary aGk=", "Line 4: The tag !!binary means nothing here."],
    ['campaign: !!int "7"', "Line 4: The tag !!int means nothing here."],
    ["<<: { action: pause }", "Line 4: "],
    ["12: x", "Line 4: A key must be a plain word."],
    ["targets: { min: 0x2 }", "Line 4: rules[0].when.targets.min must be a whole number."],
    ["targets: { min: 02 }", "Line 4: rules[0].when.targets.min must be a whole number."],
    ["targets: { min: 1_0 }", "Line 4: rules[0].when.targets.min must be a whole number."],
  ])("is refused with its line where it says something else: %s", (when, words) => {
    expect(problemsIn(withWhen(when))).toContain(words);
  });

  it("keeps numbers and truths where those are expected", () => {
    const read = readPolicyText(
      "version: 1\nrules:\n- name: a\n  when: { targets: { min: 2, max: 10 } }\n  then: { approve: { from: [U0A, U0B], count: 2, self: true } }",
    );
    expect(read).toMatchObject({ kind: "policy" });
    expect(
      problemsIn(
        withWhen("campaign: a").replace("deny", "{ approve: { from: admins, self: True } }"),
      ),
    ).toContain("Line 5: rules[0].then.approve.self must be true or false.");
  });

  it("is not cut by a remark that was meant as part of it", () => {
    expect(
      problemsIn("version: 1\nrules:\n- name: a\n  when:\n    campaign: Spring #1*\n  then: deny"),
    ).toContain("Line 5: “#1*” is read as a remark");
    expect(
      patternOf(
        "version: 1\nrules:\n- name: a\n  when:\n    campaign: Spring* # the big one\n  then: deny",
      ),
    ).toBe("Spring*");
  });

  it("is written so that it is read as the same again", () => {
    const word = fc.oneof(
      fc.constantFrom(
        "007",
        "~",
        "null",
        "true",
        "1_000",
        "0x1F",
        "2026-01-01",
        "#1",
        "a #1",
        "&a",
        "!x",
        "a: b",
      ),
      fc.string({ minLength: 1, maxLength: 12 }),
    );
    fc.assert(
      fc.property(word, (pattern) => {
        const wanted: Policy = { version: 1, rules: [rule("a", { campaign: [pattern] }, "deny")] };
        const read = readPolicyText(textOfPolicy(wanted));
        if (read.kind === "problems") return;
        expect(covers(read.policy.rules[0]?.when.campaign?.[0] ?? "", pattern)).toBe(true);
        expect(readPolicyText(textOfPolicy(read.policy))).toEqual(read);
      }),
    );
  });
});

describe("a value that reads right and does nothing", () => {
  it.each([
    [
      "campaign: “Spring*”",
      "Line 4: rules[0].when.campaign[0] is “Spring*” with its quotation marks",
    ],
    ["campaign: [“Spring, Q4*”]", "Line 4: rules[0].when.campaign[0] is “Spring with its"],
    ["campaign: „Spring*“", "with its quotation marks"],
    ["campaign: «Spring*»", "with its quotation marks"],
    ["campaign: ‘Spring*’", "with its quotation marks"],
    ["campaign: '\"Spring*\"'", "with its quotation marks"],
    [
      "connection: “burki”",
      "Line 4: rules[0].when.connection[0] is “burki” with its quotation marks",
    ],
    [
      "connection: sales-*",
      "Line 4: rules[0].when.connection[0] is no name that a connection can have",
    ],
    ["connection: sales eu", "is no name that a connection can have"],
    ['campaign: "\\u00ad\\u200b"', "Line 4: rules[0].when.campaign[0] is empty."],
    ["campaign: []", "Line 4: rules[0].when.campaign is an empty list"],
    ["action: cancel, vendor: [talkdesk, peachdesk]", "Line 4: rules[0].when.vendor has no cancel"],
    ['hours: { zone: UTC, from: "24:00", to: "00:00" }', "leaves no time at all"],
    ["hours: { zone: UTC, days: [], from: 09:00, to: 10:00 }", "is an empty list"],
    ["targets: { min: 3, max: 2 }", "is less than `min`"],
    ["requester: [C0123456]", "must be a user id"],
  ])("is refused with its line: %s", (when, words) => {
    expect(problemsIn(withWhen(when))).toContain(words);
  });

  it.each([
    ["campaign: Champions’", "Champions’"],
    ["campaign: 'Aktion „Frühling“'", "Aktion „Frühling“"],
    ['campaign: "Spr\\u00ading*"', "Spring*"],
    ["campaign: Ｓpring*", "Spring*"],
  ])("is taken where it can match: %s", (when, pattern) => {
    expect(patternOf(withWhen(when))).toBe(pattern);
  });

  it("takes an action that one of several platforms has", () => {
    expect(problemsIn(withWhen("action: [cancel, resume], vendor: talkdesk"))).toBe("");
    expect(problemsIn(withWhen("action: cancel, vendor: [talkdesk, burki]"))).toBe("");
  });

  it("may begin with a byte order mark, and loses no character on the way", () => {
    expect(problemsIn(`\ufeff${withWhen("campaign: a")}`)).toBe("");
    expect(problemsIn(withWhen("campaign: Fr\ufffdhling"))).toContain(
      "Line 4: There is a character that was lost",
    );
  });
});
