import { describe, expect, it } from "vitest";
import { builtInPolicy } from "../../src/domain/policy.ts";
import { loadPolicy } from "../../src/flows/load-policy.ts";
import { applyPolicy, policyAsText, readPolicyText } from "../../src/flows/policy-text.ts";
import { watchPolicies } from "../../src/flows/unreadable-policies.ts";
import { savePolicy } from "../../src/store/policies.ts";
import { aWorld, workspace } from "./a-world.ts";

describe("a policy file", () => {
  it.each([
    ["nothing", ""],
    ["a list", "- version: 1"],
    ["another version", "version: 2\nrules: []"],
    ["a key given twice", "version: 1\nversion: 1\nrules: []"],
    ["no YAML", "version: [1"],
    ["a word that is no decision", "version: 1\nrules: [{ name: x, then: maybe }]"],
    ["more than 256 kB", `version: 1\n# ${"x".repeat(256 * 1024)}\nrules: []`],
    [
      "aliases that multiply",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
        .split("")
        .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcdefg"[at]}`).join(",")}]`)
        .join("\n")}`,
    ],
  ])("of %s is refused with its reasons", (_name, text) => {
    const read = readPolicyText(text);
    expect(read.kind === "problems" && read.problems.length).toBeGreaterThan(0);
  });

  it("that was shown can be read again and is the same", async () => {
    const { world } = await aWorld();
    const { text, version } = await policyAsText(world, workspace);
    expect(version).toBe(0);
    expect(readPolicyText(text)).toEqual({ kind: "policy", policy: builtInPolicy });
  });

  it("is in force from the moment it is applied, and in no other workspace", async () => {
    const { world } = await aWorld();
    const policy = { version: 1 as const, rules: [] };
    expect(await applyPolicy(world, { workspace, policy, by: "U_ADA" })).toBe(1);
    expect(await applyPolicy(world, { workspace, policy, by: "U_ADA" })).toBe(2);
    expect(await loadPolicy(world, workspace)).toEqual({ policy, version: 2 });
    expect((await loadPolicy(world, "T_OTHER")).version).toBe(0);
  });

  it.each([{}, [], 5, "", { version: 9, rules: [] }, { version: 1, rules: [{}] }])(
    "C26: that no longer reads allows nothing, and is counted: %j",
    async (document) => {
      const { world } = await aWorld();
      const saved = { workspace, document, savedAt: world.now(), savedBy: "U_ADA" };
      await world.store.write((q) => savePolicy(q, saved));
      const { policy, broken } = await loadPolicy(world, workspace);
      expect(policy.rules).toEqual([]);
      expect(broken).not.toBe(undefined);
      const unreadable = watchPolicies(world);
      expect([await unreadable(), await unreadable()]).toEqual([1, 1]);
      await applyPolicy(world, { workspace, policy: { version: 1, rules: [] }, by: "U_ADA" });
      expect(await unreadable()).toBe(0);
    },
  );
});
