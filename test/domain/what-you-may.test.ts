import { describe, expect, it } from "vitest";
import { builtInPolicy, type Policy, rule } from "../../src/domain/policy.ts";
import { type Account, hasSpecialRules, whatYouMay } from "../../src/domain/what-you-may.ts";
import { anAdmin, ana, aPerson, aPolicy, monday } from "./builders.ts";

const burki: Account = { connectionId: "c1", connection: "burki", vendor: "burki", cannot: [] };
const calls: Account = {
  connectionId: "c2",
  connection: "calls",
  vendor: "talkdesk",
  cannot: ["cancel"],
};
const short = (policy: Policy, by = ana, accounts = [burki, calls]) =>
  whatYouMay(policy, by, accounts, monday).map(({ actions, answers }) => [
    actions.join(),
    ...answers.map(({ connections, verdict }) => `${connections.join()} ${verdict.kind}`),
  ]);

describe("what you may do here", () => {
  it("is judged for each action, and told once where it is the same", () => {
    expect(short(builtInPolicy)).toEqual([
      ["pause,stop", "burki,calls allow"],
      ["resume,cancel", "burki,calls approve"],
    ]);
    expect(short(builtInPolicy, anAdmin, [burki])).toEqual([
      ["pause,resume,cancel,stop", "burki allow"],
    ]);
  });

  it("is told for each connection where it differs", () => {
    const policy = aPolicy(
      rule("a", { connection: ["calls"], action: ["pause"] }, "deny"),
      rule("b", { action: ["pause"] }, "allow"),
    );
    expect(short(policy)[0]).toEqual(["pause", "burki allow", "calls deny"]);
  });

  it("names whom to ask where the answer is no", () => {
    const guest = aPerson({ id: "U_GUS", kind: "guest" });
    const [all] = whatYouMay(builtInPolicy, guest, [burki], monday);
    expect(all?.answers[0]).toMatchObject({ verdict: { kind: "deny" }, whoCan: ["members"] });
  });

  it("leaves out what no platform here can do, and everything where none is connected", () => {
    expect(short(builtInPolicy, ana, [calls]).flat().join()).not.toContain("cancel");
    expect(short(builtInPolicy, ana, [])).toEqual([]);
  });

  it("is of a campaign that no rule names, which is said where there are such rules", () => {
    const special = aPolicy(
      rule("a", { campaign: ["Spring*"] }, "deny"),
      rule("b", { action: ["pause"] }, "allow"),
    );
    expect(short(special)[0]).toEqual(["pause", "burki,calls allow"]);
    expect(hasSpecialRules(special)).toBe(true);
    expect(hasSpecialRules(aPolicy(rule("a", { targets: { min: 5 } }, "deny")))).toBe(true);
    expect(hasSpecialRules(builtInPolicy)).toBe(false);
  });
});
