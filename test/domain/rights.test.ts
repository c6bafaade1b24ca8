import { describe, expect, it } from "vitest";
import { builtInPolicy, rule } from "../../src/domain/policy.ts";
import { groupsNamed, mayConfigure, maySee, whoMay } from "../../src/domain/rights.ts";
import { anAdmin, ana, aPerson, aPolicy, needs } from "./builders.ts";

const guest = aPerson({ id: "U_GUS", kind: "guest" });

describe("mayConfigure", () => {
  it("lets admins, by Slack or by the policy", () => {
    expect(mayConfigure(anAdmin)).toEqual({ ok: true });
    expect(mayConfigure(ana, { admins: [ana.id] })).toEqual({ ok: true });
  });

  it.each([ana, { ...guest, admin: true }])("refuses everybody else in words", (person) => {
    expect(mayConfigure(person)).toEqual({
      ok: false,
      sentence:
        "Only admins may do this, and you are not one. Nothing was changed. Ask an admin of this workspace.",
    });
  });
});

describe("maySee", () => {
  const forGuests = aPolicy(rule("a", { requester: ["guests"] }, "allow"));

  it("lets full members, and whom a rule names", () => {
    expect(maySee(ana, builtInPolicy)).toEqual({ ok: true });
    expect(maySee(guest, forGuests)).toEqual({ ok: true });
    expect(maySee(guest, aPolicy(rule("a", { requester: [guest.id] }, "allow")))).toEqual({
      ok: true,
    });
  });

  it.each([
    [guest, builtInPolicy, "a guest"],
    [guest, aPolicy(rule("a", {}, "allow")), "a guest"],
    [guest, aPolicy(rule("a", { requester: ["guests"] }, "deny")), "a guest"],
    [aPerson({ kind: "stranger" }), forGuests, "of another organisation"],
    [aPerson({ kind: "bot" }), forGuests, "a bot"],
    [
      aPerson({ kind: "deactivated" }),
      aPolicy(rule("a", { requester: [ana.id] }, "allow")),
      "no longer one",
    ],
  ])("refuses everybody else in words", (person, policy, why) => {
    expect(maySee(person, policy)).toEqual({
      ok: false,
      sentence: `Only full members of this workspace may see its campaigns, and you are ${why}. Ask one of them, or an admin for a rule that names you.`,
    });
  });
});

describe("whoMay", () => {
  it("says who may ask for an action under a policy", () => {
    expect(whoMay(builtInPolicy, "resume")).toEqual(["admins", "members"]);
    expect(whoMay(builtInPolicy, "stop")).toEqual(["members"]);
    expect(whoMay(aPolicy(rule("a", { action: ["pause"] }, "allow")), "stop")).toEqual([]);
    expect(
      whoMay(aPolicy(rule("a", {}, "allow"), rule("b", { requester: ["S1"] }, "deny")), "pause"),
    ).toEqual(["members"]);
  });

  it("says who can approve under a verdict", () => {
    expect(whoMay(needs({ from: ["S1", "admins"] }, { from: ["admins"] }), "resume")).toEqual([
      "S1",
      "admins",
    ]);
    expect(whoMay({ kind: "allow", rule: "a" }, "resume")).toEqual([]);
  });
});

describe("groupsNamed", () => {
  it("is every user group in a policy, once", () => {
    const policy = aPolicy(
      rule("a", { requester: ["S1", "members", "U1"] }, "allow"),
      rule("b", {}, { approve: { from: ["S2", "S1", "admins"] } }),
    );
    expect(groupsNamed(policy)).toEqual(["S1", "S2"]);
  });
});
