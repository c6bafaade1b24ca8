import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import { rule } from "../../src/domain/policy.ts";
import { replay } from "../../src/domain/replay.ts";
import { aChange, ana, aPolicy, ben, chi, monday, needs } from "./builders.ts";

const member = { kind: "member" as const, admin: false, groups: [] };
const past = (facts: Partial<Change> = {}) => aChange({ askedAs: member, ...facts });
const askBen = rule("ask Ben", { action: ["resume"] }, { approve: { from: [ben.id] } });

describe("replaying a policy", () => {
  it("counts what it would have decided, by kind", () => {
    const policy = aPolicy(
      askBen,
      rule("pause", { action: ["pause"] }, "allow"),
      rule("stop", { action: ["stop"] }, { ratify: { from: ["admins"] } }),
    );
    const { allow, approve, ratify, deny, stuck } = replay(policy, [
      past(),
      past({ action: "pause" }),
      past({ action: "pause", stop: true }),
      past({ action: "cancel" }),
    ]);
    expect([allow, approve, ratify, deny, stuck]).toEqual([1, 1, 1, 1, 0]);
  });

  it("finds those that nobody could have approved, the asker left out", () => {
    const byBen = past({ askedBy: ben.id });
    const { stuck, deny, otherwise } = replay(aPolicy(askBen), [byBen, past()]);
    expect([stuck, deny]).toEqual([1, 1]);
    expect(otherwise[0]).toMatchObject({ change: byBen, stuck: true });
  });

  it("finds a group that is too small only where its members are known", () => {
    const policy = aPolicy(rule("ask two", {}, { approve: { from: ["S1", "U_BEN"], count: 2 } }));
    expect(replay(policy, [past()]).stuck).toBe(0);
    expect(replay(policy, [past()], { S1: [ana.id, ben.id] }).stuck).toBe(1);
    expect(replay(policy, [past()], { S1: [chi.id] }).stuck).toBe(0);
  });

  it("never calls stuck what a rule denies, or what no rule lets pass", () => {
    const policy = aPolicy(rule("never", { action: ["cancel"] }, "deny"));
    expect(replay(policy, [past(), past({ action: "cancel" })])).toMatchObject({
      deny: 2,
      stuck: 0,
    });
  });

  it("takes the asker for what they were when they asked", () => {
    const policy = aPolicy(rule("admins", { requester: ["admins"] }, "allow"));
    const asAdmin = past({ askedAs: { ...member, admin: true } });
    expect(replay(policy, [asAdmin, past()])).toMatchObject({ allow: 1, deny: 1, assumed: 0 });
  });

  it("adds the groups that somebody is in now", () => {
    const policy = aPolicy(rule("marketing", { requester: ["S1"] }, "allow"));
    expect(replay(policy, [past()]).allow).toBe(0);
    expect(replay(policy, [past()], { S1: [ana.id] }).allow).toBe(1);
  });

  it("takes an asker of whom nothing is on record for a full member, and says so", () => {
    const policy = aPolicy(rule("members", { requester: ["members"] }, "allow"));
    expect(replay(policy, [aChange()])).toMatchObject({ allow: 1, assumed: 1 });
  });

  it("judges by the hour at which it was asked", () => {
    const hours = { zone: "UTC", days: ["mon" as const], from: "00:00", to: "24:00" };
    const policy = aPolicy(rule("mondays", { hours }, "allow"));
    const sunday = new Date(monday.getTime() - 24 * 3_600_000);
    expect(replay(policy, [past(), past({ askedAt: sunday })])).toMatchObject({
      allow: 1,
      deny: 1,
    });
  });

  it("lists what would be decided otherwise, and nothing else", () => {
    const two = needs({ from: [chi.id, ben.id], count: 2 });
    const policy = aPolicy(rule("ask two", {}, { approve: { from: [ben.id, chi.id], count: 2 } }));
    const { otherwise } = replay(policy, [
      past({ id: "chg_same", verdict: two }),
      past({ id: "chg_other_number" }),
      past({ id: "chg_other_kind", verdict: { kind: "allow", rule: "x" } }),
    ]);
    expect(otherwise.map(({ change }) => change.id)).toEqual([
      "chg_other_number",
      "chg_other_kind",
    ]);
  });
});
