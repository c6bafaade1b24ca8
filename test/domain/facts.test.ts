import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge } from "../../src/domain/judge.ts";
import { dependsOnName } from "../../src/domain/judge-one.ts";
import { judgeWithLeave } from "../../src/domain/judge-with-leave.ts";
import { type PolicyAction, rule } from "../../src/domain/policy.ts";
import { ratify } from "../../src/domain/ratify.ts";
import { review } from "../../src/domain/review.ts";
import { groupsAsking, groupsDeciding } from "../../src/domain/rights.ts";
import { type Moment, whyNotAnyMore } from "../../src/domain/still-agreed.ts";
import {
  aChange,
  ana,
  aPerson,
  aPolicy,
  aRef,
  aTarget,
  aVote,
  ben,
  minutesAfter,
  monday,
  needs,
} from "./builders.ts";

const unread = aRef({ campaign: { id: "42", name: "42" }, unread: true });
const debts = rule("no debts", { campaign: ["Debt*"] }, "deny");
const all = rule("all", {}, "allow");
const asks = (action: PolicyAction, target = unread, by = ana) => ({
  action,
  by,
  targets: [target],
  at: monday,
});

describe("a campaign whose name nobody has read", () => {
  it.each(["resume", "cancel"] as const)(
    "is not started or ended where a rule depends on the name: %s",
    (action) => {
      const verdict = judge(aPolicy(debts, all), asks(action));
      expect(verdict).toMatchObject({ kind: "deny", unsaid: "name" });
      expect(verdict.kind === "deny" && verdict.sentence).toContain(
        "could not read the name of burki:42 on Burki",
      );
    },
  );

  it.each(["pause", "stop"] as const)("is stopped all the same: %s", (action) => {
    expect(judge(aPolicy(debts, all), asks(action))).toMatchObject({ kind: "allow" });
    const only = aPolicy(rule("tests", { campaign: ["Test*"] }, "allow"));
    expect(judge(only, asks(action))).toMatchObject({ kind: "allow", rule: "tests" });
  });

  it.each([
    ["a rule names its id", aPolicy(rule("it", { campaign: ["42"] }, "allow"), all)],
    [
      "an earlier rule decides whatever its name is",
      aPolicy(all, rule("tests", { campaign: ["Test*"] }, "allow")),
    ],
    [
      "the rule is about another action",
      aPolicy(rule("x", { action: ["cancel"], campaign: ["Debt*"] }, "deny"), all),
    ],
    [
      "the rule is about other people",
      aPolicy(rule("x", { requester: ["U_BEN"], campaign: ["Debt*"] }, "deny"), all),
    ],
    ["no rule speaks of names", aPolicy(all)],
  ])("is judged where nothing depends on the name: %s", (_why, policy) => {
    expect(judge(policy, asks("resume"))).toMatchObject({ kind: "allow" });
  });

  it("is denied without a name where a deny holds for any", () => {
    const policy = aPolicy(
      rule("never", {}, "deny"),
      rule("tests", { campaign: ["Test*"] }, "allow"),
    );
    expect(judge(policy, asks("resume"))).toMatchObject({ kind: "deny", rule: "never" });
  });

  it("stays closed where only a name could open it", () => {
    const policy = aPolicy(rule("tests", { campaign: ["Test*"] }, "allow"));
    expect(judge(policy, asks("resume"))).toMatchObject({ kind: "deny", unsaid: "name" });
    expect(judgeWithLeave(aPolicy(debts), asks("resume"), "leave")).toMatchObject({
      unsaid: "name",
    });
    expect(judgeWithLeave(aPolicy(debts), asks("pause"), "leave")).toMatchObject({ kind: "allow" });
  });

  it("is judged by the name that it has now once that is read", () => {
    const policy = aPolicy(debts, all);
    expect(judge(policy, asks("resume", { ...unread, calledNow: "Debt 1" }))).toMatchObject({
      rule: "no debts",
    });
    expect(judge(policy, asks("resume", { ...unread, calledNow: "Test" }))).toMatchObject({
      kind: "allow",
    });
  });

  it("never gets a verdict for starting or ending that its true name would not get", () => {
    const names = fc.constantFrom("Debt 1", "Test", "Spring", "42");
    const pattern = fc.constantFrom("Debt*", "Test*", "42", "*", "?????");
    const then = fc.constantFrom("allow" as const, "deny" as const, {
      approve: { from: ["U_BEN"] },
    });
    const aRule = fc.record({
      campaign: fc.option(fc.array(pattern, { minLength: 1, maxLength: 2 }), { nil: undefined }),
      then,
    });
    fc.assert(
      fc.property(
        fc.array(aRule, { maxLength: 5 }),
        names,
        fc.constantFrom("resume" as const, "cancel" as const),
        (rules, name, action) => {
          const policy = aPolicy(
            ...rules.map(({ campaign, then: what }, at) =>
              rule(`r${at}`, campaign ? { campaign } : {}, what),
            ),
          );
          const unknown = judge(policy, asks(action));
          const truly = judge(policy, asks(action, aRef({ campaign: { id: "42", name } })));
          const depends = dependsOnName(policy, { action, count: 1, at: monday }, ana, unread);
          expect(depends).toBe(unknown.kind === "deny" && unknown.unsaid === "name");
          if (unknown.kind !== "deny") expect(unknown).toEqual(truly);
        },
      ),
    );
  });
});

describe("a campaign that is called otherwise now", () => {
  const renamed = aRef({ campaign: { id: "42", name: "Test" }, calledNow: "Debt 1" });

  it("is judged by both names, and a deny for either refuses", () => {
    expect(judge(aPolicy(debts, all), asks("resume", renamed))).toMatchObject({ rule: "no debts" });
    expect(
      judge(aPolicy(rule("t", { campaign: ["Test"] }, "deny"), all), asks("resume", renamed)),
    ).toMatchObject({ rule: "t" });
  });

  it("gets the approvals of both, and no vote where the new name is denied", () => {
    const change = aChange({
      targets: [aTarget({ campaign: { id: "42", name: "Test" }, calledNow: "Debt 1" })],
    });
    const both = aPolicy(
      rule("d", { campaign: ["Debt*"] }, { approve: { from: ["U_DEE"] } }),
      rule("all", {}, { approve: { from: ["U_BEN", "U_CHI"] } }),
    );
    const press = { by: ben, kind: "approve" as const, asker: ana };
    const counted = review(change, press, minutesAfter(1), both);
    expect(counted).toMatchObject({ kind: "counted" });
    const refused = review(change, press, minutesAfter(1), aPolicy(debts, all));
    expect(refused).toMatchObject({ kind: "not_counted" });
    expect("sentence" in refused && refused.sentence).toContain("resume “Debt 1”");
  });
});

describe("a user group that cannot be read", () => {
  const open = aPerson({ unread: ["SALES"] });
  const sales = { requester: ["SALES"] };

  it("grants nothing, and is named where only it could", () => {
    const verdict = judge(aPolicy(rule("sales", sales, "allow")), asks("pause", aRef(), open));
    expect(verdict).toMatchObject({ kind: "deny", unsaid: "group" });
    expect(verdict.kind === "deny" && verdict.sentence).toContain(
      "could not read the user group SALES",
    );
    expect(
      judge(aPolicy(rule("sales", sales, "allow")), asks("resume", aRef(), open)),
    ).toMatchObject({ unsaid: "group" });
  });

  it("stops nobody whom another rule lets", () => {
    expect(
      judge(aPolicy(rule("sales", sales, "allow"), all), asks("resume", aRef(), open)),
    ).toMatchObject({ kind: "allow" });
  });

  it("makes starting as strict as if the asker were in it, and as if not", () => {
    const policy = aPolicy(rule("sales", sales, { approve: { from: ["U_BEN"] } }), all);
    expect(judge(policy, asks("resume", aRef(), open))).toMatchObject({
      kind: "approve",
      rule: "sales",
    });
    expect(judge(policy, asks("pause", aRef(), open))).toMatchObject({ kind: "allow" });
  });

  it("denies starting and ending where a deny names it, and does not hold up stopping", () => {
    const policy = aPolicy(rule("not sales", sales, "deny"), all);
    expect(judge(policy, asks("cancel", aRef(), open))).toMatchObject({ unsaid: "group" });
    expect(judge(policy, asks("stop", aRef(), open))).toMatchObject({ kind: "allow" });
  });

  it("opens no rule for a guest", () => {
    const guest = aPerson({ kind: "guest", unread: ["SALES"] });
    const policy = aPolicy(
      rule("guests", { requester: ["guests"], vendor: ["burki"] }, "allow"),
      rule("sales", sales, { approve: { from: ["U_BEN"] } }),
    );
    expect(judge(policy, asks("resume", aRef(), guest))).toMatchObject({ kind: "allow" });
  });

  it("is named to a voter who could be in it, and to whoever could answer", () => {
    const change = aChange({ verdict: needs({ from: ["SALES"] }) });
    const by = aPerson({ id: "U_BEN", unread: ["SALES"] });
    const policy = aPolicy(rule("all", {}, { approve: { from: ["SALES"] } }));
    const refused = review(change, { by, kind: "approve", asker: ana }, minutesAfter(1), policy);
    expect("sentence" in refused && refused.sentence).toContain(
      "user group SALES could not be read",
    );
    const acted = aChange({
      state: "done",
      ratifyBy: minutesAfter(60),
      targets: [aTarget({ state: "done" })],
      verdict: { kind: "ratify", rule: "r", from: ["SALES"], withinMs: 1, otherwise: "keep" },
    });
    const answer = ratify(acted, { kind: "ratify", by }, minutesAfter(1), {});
    expect("sentence" in answer && answer.sentence).toContain("user group SALES could not be read");
    const own = ratify(acted, { kind: "ratify", by: open }, minutesAfter(1), {});
    expect("sentence" in own && own.sentence).toContain("You asked for this");
  });

  it("is read only where a rule about the action names it", () => {
    const policy = aPolicy(
      rule(
        "a",
        { action: ["resume"], requester: ["S1", "U_BEN"] },
        { approve: { from: ["S2", "admins"] } },
      ),
      rule("b", { action: ["pause"], requester: ["S3"] }, "allow"),
    );
    expect(groupsAsking(policy, "resume")).toEqual(["S1"]);
    expect(groupsDeciding(policy, "resume")).toEqual(["S2"]);
    expect(groupsAsking(policy, "pause")).toEqual(["S3"]);
  });
});

describe("the policy of the moment before a call leaves", () => {
  const votes = [aVote()];
  const agreed = aChange({ state: "approved", votes });
  const target = aTarget();
  const moment = (facts: Partial<Moment>): Moment => ({
    policy: aPolicy(rule("two", {}, { approve: { from: ["U_BEN", "U_CHI"] } })),
    policyVersion: 1,
    by: ana,
    name: "Spring launch",
    at: minutesAfter(2),
    ...facts,
  });
  const why = (facts: Partial<Moment>, change = agreed, of = target) =>
    whyNotAnyMore(change, of, moment(facts));

  it("lets go what has the approvals that it asks for", () => {
    expect(why({})).toBe(undefined);
    expect(why({ policy: aPolicy(all) })).toBe(undefined);
  });

  it("holds what it denies by then, in words that say whether it was changed", () => {
    const policy = aPolicy(rule("never", {}, "deny"));
    expect(why({ policy, policyVersion: 2 })).toContain(
      "changed after this was agreed to and does not allow it",
    );
    expect(why({ policy })).toContain("does not allow this at this time");
  });

  it("holds what has fewer approvals than it asks for by then", () => {
    const policy = aPolicy(rule("dee", {}, { approve: { from: ["U_DEE"] } }));
    expect(why({ policy, policyVersion: 2 })).toContain("asks for an approval");
    expect(why({ policy })).toContain("asks for an approval at this time");
    const allowed = aChange({ state: "approved", verdict: { kind: "allow", rule: "all" } });
    expect(why({ policy }, allowed)).toContain("asks for an approval");
  });

  it("holds what its new name does not let go", () => {
    expect(why({ policy: aPolicy(debts, all), name: "Debt 1" })).toContain(
      "Its name is “Debt 1” now",
    );
    const policy = aPolicy(rule("never", {}, "deny"));
    expect(why({ policy, name: "Debt 1" })).toContain("does not allow this");
  });

  it("hears of whoever asked and may not any more, and of groups that cannot be read", () => {
    expect(why({ by: aPerson({ kind: "deactivated" }) })).toContain("no longer lets whoever asked");
    const policy = aPolicy(rule("x", { requester: ["SALES"] }, "deny"), all);
    const sentence = why({ policy, by: aPerson({ unread: ["SALES"] }) });
    expect(sentence).toBe(
      "Fermata could not read the user group SALES, and a rule of the policy depends on it.",
    );
  });

  it("hears a pause once more only when its name was not known, and an emergency stop as one", () => {
    const pause = aChange({
      action: "pause",
      state: "approved",
      verdict: { kind: "allow", rule: "all" },
    });
    const never = aPolicy(rule("never", {}, "deny"));
    expect(why({ policy: never }, pause)).toBe(undefined);
    const unnamed = aTarget({ campaign: { id: "42", name: "42" }, unread: true });
    expect(why({ policy: aPolicy(debts, all), name: "Debt 1" }, pause, unnamed)).toContain(
      "Its name is “Debt 1” now",
    );
    expect(why({ policy: aPolicy(debts, all) }, pause, unnamed)).toBe(undefined);
    expect(
      why({ policy: aPolicy(debts, all), name: "Debt 1" }, { ...pause, stop: true }, unnamed),
    ).toContain("Debt 1");
  });

  it("leaves a rule's own leave in force unless something is denied", () => {
    const reversed = aChange({
      state: "approved",
      verdict: { kind: "allow", rule: "act first: reversed", leave: true },
    });
    expect(why({}, reversed)).toBe(undefined);
    expect(
      why({ policy: aPolicy(rule("never", {}, "deny")), policyVersion: 2 }, reversed),
    ).toContain("does not allow it");
  });

  it("counts how many campaigns were asked for together", () => {
    const many = aChange({ state: "approved", votes, targets: [target, aTarget({ id: "tgt_2" })] });
    const policy = aPolicy(rule("bulk", { targets: { min: 2 } }, "deny"), all);
    expect(why({ policy }, many)).toContain("does not allow");
  });
});
