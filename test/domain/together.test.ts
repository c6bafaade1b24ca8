import { describe, expect, it } from "vitest";
import type { Approving, OnTimeout, Ratifying, Verdict } from "../../src/domain/policy.ts";
import { together } from "../../src/domain/together.ts";

const allow: Verdict = { kind: "allow", rule: "all" };
const deny: Verdict = { kind: "deny", rule: "none", sentence: "No." };

const approve = (from: string[], facts: Partial<Approving> = {}): Approving => ({
  kind: "approve",
  rule: from.join("+"),
  steps: [{ from, count: 1, self: false, chain: 0 }],
  expiresAfterMs: 1000,
  ...facts,
});

const ratify = (from: string[], facts: Partial<Ratifying> = {}): Ratifying => ({
  kind: "ratify",
  rule: from.join("+"),
  from,
  withinMs: 1000,
  otherwise: "keep",
  ...facts,
});

describe("several verdicts together", () => {
  it.each<[Verdict["kind"], [Verdict, ...Verdict[]]]>([
    ["deny", [allow, ratify(["a"]), approve(["a"]), deny]],
    ["approve", [allow, ratify(["a"]), approve(["a"])]],
    ["ratify", [allow, ratify(["a"]), allow]],
    ["allow", [allow, allow]],
  ])("are as strict as the strictest: %s", (kind, verdicts) => {
    expect(together(verdicts).kind).toBe(kind);
  });

  it("give the sentence of the first denial", () => {
    expect(together([allow, deny, { ...deny, sentence: "Later." }])).toEqual(deny);
  });
});

describe("several approvals together", () => {
  it("take each chain once, in the order in which they come", () => {
    const two = approve(["b", "a", "b"], {
      steps: [
        { from: ["b", "a", "b"], count: 1, self: false, chain: 0 },
        { from: ["c"], count: 1, self: false, chain: 0 },
      ],
    });
    const swapped = { ...two, steps: two.steps.toReversed() };
    const verdict = together([approve(["a", "b"]), two, approve(["b", "a"]), swapped]);
    expect(verdict).toMatchObject({
      steps: [{ chain: 0 }, { chain: 1 }, { chain: 1 }, { chain: 2 }, { chain: 2 }],
    });
    expect(verdict).toHaveProperty("steps.length", 5);
  });

  it.each([
    ["another number", { count: 2, self: false }],
    ["the asker among them", { count: 1, self: true }],
  ])("take a chain apart that has %s", (_what, facts) => {
    const other = approve(["a"], { steps: [{ from: ["a"], chain: 0, ...facts }] });
    expect(together([approve(["a"]), other])).toHaveProperty("steps.length", 2);
  });

  it("name every rule and everybody to be called once, with every reminder in order", () => {
    const one = approve(["a"], { notify: ["x", "y"], remindAfterMs: [900, 300] });
    const other = approve(["b"], { notify: ["y"], remindAfterMs: [300, 100], expiresAfterMs: 500 });
    expect(together([one, other, one])).toMatchObject({
      rule: "a, b",
      notify: ["x", "y"],
      remindAfterMs: [100, 300, 900],
      expiresAfterMs: 500,
    });
  });

  it("leave out what none of them says", () => {
    const verdict = together([approve(["a"]), approve(["b"])]);
    for (const key of ["notify", "remindAfterMs", "onTimeout"])
      expect(verdict).not.toHaveProperty(key);
  });

  it.each<[OnTimeout | undefined, OnTimeout | undefined, OnTimeout | undefined]>([
    ["allow", "allow", "allow"],
    ["allow", undefined, undefined],
    ["allow", "expire", undefined],
    ["allow", { escalate: ["x"] }, { escalate: ["x"] }],
    [{ escalate: ["x"] }, { escalate: ["y", "x"] }, { escalate: ["x", "y"] }],
    ["expire", { escalate: ["x"] }, { escalate: ["x"] }],
  ])("let silence do what the strictest lets it do: %j and %j", (one, other, both) => {
    const with_ = (onTimeout: OnTimeout | undefined) =>
      approve(["a"], onTimeout === undefined ? {} : { onTimeout });
    const { onTimeout } = together([with_(one), with_(other)]) as Approving;
    expect(onTimeout).toEqual(both);
  });
});

describe("several that act first together", () => {
  it("are answered for by whoever may answer for each of them, in the shortest time", () => {
    const one = ratify(["a", "b", "c"], { notify: ["x"] });
    const other = ratify(["c", "b"], { withinMs: 400, notify: ["y", "x"] });
    expect(together([one, other])).toEqual({
      kind: "ratify",
      rule: "a+b+c, c+b",
      from: ["b", "c"],
      withinMs: 400,
      otherwise: "keep",
      notify: ["x", "y"],
    });
  });

  it("are answered for by an admin where nobody may answer for all", () => {
    const verdict = together([ratify(["a"]), ratify(["b"])]);
    expect(verdict).toMatchObject({ from: ["admins"] });
    expect(verdict).not.toHaveProperty("notify");
  });

  it("are taken back after their time where one of them is", () => {
    const verdict = together([ratify(["a"]), ratify(["a"], { otherwise: "revert" })]);
    expect(verdict).toMatchObject({ otherwise: "revert" });
  });
});
