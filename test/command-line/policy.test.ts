import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { builtInPolicy } from "../../src/domain/policy.ts";
import { freshFolder, ownTerminal } from "./own-terminal.ts";

const good = `version: 1
channel: C0123456789
rules:
  - name: two pairs of eyes
    when: { action: [resume, cancel], campaign: "Spring*" }
    then:
      approve: { from: [S0CCCCCCC, admins], count: 2 }
      expires: 4h
  - name: no guests
    when: { requester: [guests] }
    then: deny
  - name: the rest
    when: {}
    then: allow
`;

function written(text: string): string {
  const file = join(freshFolder(), "policy.yaml");
  writeFileSync(file, text);
  return file;
}

describe("fermata policy", () => {
  it("shows the built-in policy while there is no other", async () => {
    const { types, reads } = ownTerminal();
    const { code, out } = await types("policy show --workspace T1");
    expect([code, parse(out)]).toEqual([0, builtInPolicy]);
    expect(out).toContain("built-in");
    expect(await reads("policy show --workspace T1 --json")).toEqual(builtInPolicy);
  });

  it("applies a file, and shows it as one that can be applied again", async () => {
    const { types, reads } = ownTerminal();
    const file = written(good);
    expect((await types(["policy", "apply", file, "--workspace", "T1"])).code).toBe(0);
    const { out } = await types("policy show --workspace T1");
    expect(parse(out)).toMatchObject({
      channel: "C0123456789",
      rules: parse(good).rules.map(({ name }: { name: string }) => ({ name })),
    });
    expect(await reads("policy apply - --workspace T1 --json", out)).toEqual({
      workspace: "T1",
      version: 2,
    });
    expect(parse((await types("policy show --workspace T1")).out)).toEqual(parse(out));
  });

  it("applies to one workspace only, and puts it on record", async () => {
    const { types } = ownTerminal();
    await types("policy apply - --workspace T1", good);
    expect(parse((await types("policy show --workspace T2")).out)).toEqual(builtInPolicy);
    expect((await types("audit export --workspace T1")).out).toContain('"event":"policy_saved"');
  });

  it("checks a file without a database, and says what it means", async () => {
    const { types } = ownTerminal({ FERMATA_KEYRING: undefined });
    const { code, out } = await types("policy check - --workspace T1", good);
    expect(code).toBe(0);
    expect(out).toContain("resume or cancel of Spring* by anyone needs 2 of S0CCCCCCC, admins");
    expect(out).toContain("never the asker), within 4h");
    expect(out).toContain("by guests is denied");
    expect(out).toContain("Anything else is denied.");
  });

  it.each([
    ["a wrong word", good.replace("deny", "dney"), "Line 11: rules[1].then must be"],
    ["an unknown key", good.replace("expires", "expiry"), "Line 8: rules[0].then.expiry is not"],
    ["a wrong entry of a list", good.replace("cancel", "stopp"), "Line 5: rules[0].when.action[1]"],
    [
      "what is missing",
      good.replace("- name: no guests\n    ", "- "),
      "Line 9: rules[1].name is missing",
    ],
    ["no version", good.replace("version: 1\n", ""), "Line 1: version is missing."],
    ["a list for a file", "- a\n- b\n", "Line 1: The policy must have version and rules."],
    ["an empty file", "", "Line 1: "],
    ["a comment only", "# nothing\n\n", "Line "],
    ["bad YAML", "version: 1\nrules:\n  - name: a: b\n", "Line 3: "],
    ["a tab", "version: 1\nrules:\n\t- a\n", "Line 3: "],
    ["a key twice", `${good}version: 1\n`, "Line 15: "],
    ["two documents", `${good}---\nversion: 1\n`, "Line "],
    [
      "a stranger among the approvers",
      good.replace("S0CCCCCCC", "boss"),
      "Line 7: rules[0].then.approve.from[0]",
    ],
  ])("names line and reason for %s", async (_what, text, words) => {
    const { types } = ownTerminal();
    for (const verb of ["check", "apply"]) {
      const { code, out, err } = await types(`policy ${verb} - --workspace T1`, text);
      expect([code, out]).toEqual([65, ""]);
      expect(err).toContain(words);
    }
    expect(parse((await types("policy show --workspace T1")).out)).toEqual(builtInPolicy);
  });

  it("finds the line of what stands behind an alias", async () => {
    const text = `version: 1
rules:
  - &first
    name: first
    when: { action: [pauze] }
    then: deny
  - *first
`;
    const { err } = await ownTerminal().types("policy check -", text);
    expect(err.match(/^Line 5: rules\[[01]\]\.when\.action/gm)).toHaveLength(2);
  });

  it("survives a file that multiplies itself by aliases", async () => {
    const levels = Array.from(
      { length: 9 },
      (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`)}]`,
    );
    const bomb = ["a0: &a0 x", ...levels].join("\n");
    const { code, err } = await ownTerminal().types("policy check -", bomb);
    expect(code).toBe(65);
    expect(err).toContain("aliases");
  });

  it.each([
    ["nests 10,000 lists", `version: 1\nrules: ${"[".repeat(10_000)}`, "nested deeper than"],
    ["multiplies itself", `a: &a [x]\nb: [${"*a,".repeat(60)}]\n`, "Line 2: The file repeats"],
  ])("saves nothing of a file that %s", async (_what, text, words) => {
    const { types } = ownTerminal();
    const { code, out, err } = await types("policy apply - --workspace T1", text);
    expect([code, out]).toEqual([65, ""]);
    expect(err).toContain(words);
    expect(err).toContain("Nothing was saved.");
    expect(parse((await types("policy show --workspace T1")).out)).toEqual(builtInPolicy);
  });

  it("says which file cannot be read", async () => {
    const { code, err } = await ownTerminal().types("policy check /nowhere/policy.yaml");
    expect([code, err]).toEqual([65, "/nowhere/policy.yaml cannot be read."]);
  });
});
