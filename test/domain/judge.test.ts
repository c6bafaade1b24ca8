import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Asked, judge } from "../../src/domain/judge.ts";
import {
  builtInPolicy,
  type Policy,
  policyActions,
  rule,
  type Then,
  type When,
} from "../../src/domain/policy.ts";
import { anAdmin, ana, aPerson, aPolicy, aRef, ben, monday } from "./builders.ts";

const guest = aPerson({ id: "U_GUS", kind: "guest", groups: ["S1"] });
const bot = aPerson({ id: "U_BOT", kind: "bot" });
const stranger = aPerson({ id: "U_SID", kind: "stranger" });
const deactivated = aPerson({ id: "U_OLD", kind: "deactivated", admin: true });

const spring = aRef();
const winback = aRef({ campaign: { id: "7", name: "EU Winback" } });

const asks = (facts: Partial<Asked> = {}): Asked => ({
  action: "resume",
  by: ana,
  targets: [spring],
  at: monday,
  ...facts,
});
const approveBy = (...from: string[]): Then => ({ approve: { from } });

describe("the built-in policy", () => {
  it("lets any full member pause", () => {
    expect(judge(builtInPolicy, asks({ action: "pause" }))).toEqual({
      kind: "allow",
      rule: "any full member may pause",
    });
  });

  it.each(["resume", "cancel"] as const)("lets admins %s", (action) => {
    expect(judge(builtInPolicy, asks({ action, by: anAdmin })).kind).toBe("allow");
  });

  it.each(["resume", "cancel"] as const)(
    "asks one admin when anyone else wants to %s",
    (action) => {
      expect(judge(builtInPolicy, asks({ action }))).toEqual({
        kind: "approve",
        rule: "anyone else's resume or cancel needs one admin",
        steps: [{ from: ["admins"], count: 1, self: false, chain: 0 }],
        expiresAfterMs: 8 * 3_600_000,
      });
    },
  );

  it.each([
    [guest, "Guests of this workspace may not pause campaigns here. Nothing was changed."],
    [bot, "Bots may not pause campaigns here. Nothing was changed."],
    [stranger, "People of other organisations may not pause campaigns here. Nothing was changed."],
    [
      deactivated,
      "This account is deactivated, so it may not pause anything. Nothing was changed.",
    ],
  ])("refuses everybody else: $kind", (by, sentence) => {
    expect(judge(builtInPolicy, asks({ action: "pause", by }))).toEqual({
      kind: "deny",
      rule: "",
      sentence,
    });
  });
});

describe("judge", () => {
  it("goes by the first rule that matches", () => {
    const policy = aPolicy(rule("first", {}, "allow"), rule("second", {}, approveBy("admins")));
    expect(judge(policy, asks())).toEqual({ kind: "allow", rule: "first" });
  });

  it("lets a matching deny win, wherever it stands", () => {
    const policy = aPolicy(
      rule("first", {}, "allow"),
      rule("never on weekdays", { action: ["resume"] }, "deny"),
    );
    expect(judge(policy, asks())).toEqual({
      kind: "deny",
      rule: "never on weekdays",
      sentence:
        "The policy does not let you resume “Spring launch” (rule “never on weekdays”). Nothing was changed.",
    });
  });

  it("denies what no rule speaks of", () => {
    expect(judge(aPolicy(), asks())).toEqual({
      kind: "deny",
      rule: "",
      sentence: "No rule of the policy lets you resume “Spring launch”. Nothing was changed.",
    });
  });

  it("denies a wish without campaigns", () => {
    expect(judge(builtInPolicy, asks({ targets: [] }))).toEqual({
      kind: "deny",
      rule: "",
      sentence: "No campaign was named. Nothing was changed.",
    });
  });

  it.each<[string, When, boolean]>([
    ["its action", { action: ["pause", "resume"] }, true],
    ["another action", { action: ["stop"] }, false],
    ["its connection", { connection: ["Burki"] }, true],
    ["another connection", { connection: ["sales-eu"] }, false],
    ["fewer campaigns than it has", { targets: { max: 0 } }, false],
    ["as many campaigns as it has, at least", { targets: { min: 1 } }, true],
    ["as many campaigns as it has, at most", { targets: { max: 1 } }, true],
    ["more campaigns than it has", { targets: { min: 2, max: 3 } }, false],
    ["an hour that it is", { hours: { zone: "UTC", from: "12:00", to: "13:00" } }, true],
    ["an hour that it is not", { hours: { zone: "UTC", from: "13:00", to: "14:00" } }, false],
    ["its vendor", { vendor: ["talkdesk", "burki"] }, true],
    ["another vendor", { vendor: ["talkdesk"] }, false],
    ["its name", { campaign: ["spring*"] }, true],
    ["its id", { campaign: ["4?"] }, true],
    ["another name", { campaign: ["winter*"] }, false],
    ["the asker", { requester: ["U_BEN", "U_ANA"] }, true],
    ["the asker's group", { requester: ["S1"] }, true],
    ["members", { requester: ["members"] }, true],
    ["admins, who the asker is not among", { requester: ["admins"] }, false],
    ["guests", { requester: ["guests"] }, false],
    ["only one of two things", { action: ["resume"], vendor: ["sarvam"] }, false],
  ])("matches a rule by %s", (_what, when, matches) => {
    const verdict = judge(
      aPolicy(rule("a", when, "allow")),
      asks({ by: aPerson({ groups: ["S1"] }) }),
    );
    expect(verdict.kind).toBe(matches ? "allow" : "deny");
  });

  it("counts the policy's own admins as admins", () => {
    const policy = { ...aPolicy(rule("a", { requester: ["admins"] }, "allow")), admins: [ana.id] };
    expect(judge(policy, asks()).kind).toBe("allow");
    expect(judge(policy, asks({ by: ben })).kind).toBe("deny");
  });

  it("uses the time to decide that the rule gives", () => {
    const policy = aPolicy(rule("a", {}, { approve: { from: ["admins"] }, expires: "90m" }));
    expect(judge(policy, asks())).toMatchObject({ expiresAfterMs: 5_400_000 });
  });

  it.each([
    [["U_ANA"], 1],
    [["U_ANA", "U_BEN"], 2],
  ])("denies at once what nobody else could approve: %j asked for %d", (from, count) => {
    const policy = aPolicy(rule("alone", {}, { approve: { from, count } }));
    expect(judge(policy, asks())).toEqual({
      kind: "deny",
      rule: "alone",
      sentence: `Too few people can approve this besides you (rule “alone” asks for ${count}). Nothing was changed.`,
    });
  });

  it("hands on who is called, when again, and what silence does", () => {
    const then: Then = {
      approve: { from: ["admins"] },
      notify: ["S1"],
      remind: ["30m", "1h"],
      on_timeout: { escalate: ["U_BEN"] },
    };
    expect(judge(aPolicy(rule("a", {}, then)), asks())).toMatchObject({
      notify: ["S1"],
      remindAfterMs: [1_800_000, 3_600_000],
      onTimeout: { escalate: ["U_BEN"] },
    });
  });

  it("leaves out a reminder that is no duration, and gives eight hours where `expires` is none", () => {
    const then = { approve: { from: ["admins"] }, remind: ["soon", "1h"], expires: "soon" };
    expect(judge(aPolicy(rule("a", {}, then)), asks())).toMatchObject({
      remindAfterMs: [3_600_000],
      expiresAfterMs: 8 * 3_600_000,
    });
  });

  it("acts first where the rule says so, for twelve hours and for good unless it says otherwise", () => {
    const from = ["S1"];
    expect(judge(aPolicy(rule("a", {}, { ratify: { from } })), asks())).toEqual({
      kind: "ratify",
      rule: "a",
      from,
      withinMs: 12 * 3_600_000,
      otherwise: "keep",
    });
    const ratify = { from, within: "1h", otherwise: "revert" as const };
    expect(judge(aPolicy(rule("a", {}, { ratify, notify: ["U_BEN"] })), asks())).toEqual({
      kind: "ratify",
      rule: "a",
      from,
      withinMs: 3_600_000,
      otherwise: "revert",
      notify: ["U_BEN"],
    });
  });

  it("denies for lack of people only where it knows them all", () => {
    const asked = (from: string[], count: number) =>
      judge(aPolicy(rule("a", {}, { approve: { from, count } })), asks()).kind;
    expect(asked(["U_BEN", "U_CHI"], 2)).toBe("approve");
    expect(asked(["U_BEN", "U_ANA"], 2)).toBe("deny");
    expect(asked(["U_BEN", "S1"], 3)).toBe("approve");
    expect(asked(["S0OUR"], 3)).toBe("approve");
  });

  it("asks the asker too where the rule says so", () => {
    const policy = aPolicy(rule("alone", {}, { approve: { from: ["U_ANA"], self: true } }));
    expect(judge(policy, asks()).kind).toBe("approve");
  });
});

describe("a wish for several campaigns", () => {
  const targets = [spring, winback];
  const forWinback = (then: Then, ...rest: Policy["rules"]) =>
    aPolicy(rule("winback", { campaign: ["EU*"] }, then), ...rest, rule("others", {}, "allow"));

  it("is allowed when all are", () => {
    expect(judge(aPolicy(rule("a", {}, "allow")), asks({ targets }))).toEqual({
      kind: "allow",
      rule: "a",
    });
  });

  it("is denied as a whole when one is, and says which", () => {
    expect(judge(forWinback("deny"), asks({ targets }))).toMatchObject({
      kind: "deny",
      sentence: expect.stringContaining("“EU Winback”"),
    });
  });

  it("needs the approval that one of them needs", () => {
    expect(judge(forWinback(approveBy("U_BEN")), asks({ targets }))).toMatchObject({
      kind: "approve",
      rule: "winback",
      steps: [{ from: ["U_BEN"], count: 1, self: false }],
    });
  });

  it("takes one step for each different approval, and the shortest time", () => {
    const policy = aPolicy(
      rule("winback", { campaign: ["EU*"] }, { approve: { from: ["U_BEN"] }, expires: "2h" }),
      rule(
        "spring",
        { campaign: ["Spring*"] },
        { approve: { from: ["S1"], count: 2 }, expires: "1h" },
      ),
    );
    expect(judge(policy, asks({ targets }))).toEqual({
      kind: "approve",
      rule: "spring, winback",
      steps: [
        { from: ["S1"], count: 2, self: false, chain: 0 },
        { from: ["U_BEN"], count: 1, self: false, chain: 1 },
      ],
      expiresAfterMs: 3_600_000,
    });
  });

  it("takes one step where the approvals are the same", () => {
    const policy = aPolicy(
      rule("winback", { campaign: ["EU*"] }, approveBy("U_BEN", "admins")),
      rule("spring", {}, approveBy("admins", "U_BEN")),
    );
    expect(judge(policy, asks({ targets }))).toHaveProperty("steps.length", 1);
  });
});

describe("people who are not full members", () => {
  it.each([
    [guest, ["U_GUS"], "allow"],
    [guest, ["guests"], "allow"],
    [guest, ["members"], "deny"],
    [guest, ["S1"], "deny"],
    [stranger, ["U_SID"], "allow"],
    [stranger, ["guests"], "deny"],
    [bot, ["U_BOT"], "allow"],
    [deactivated, ["U_OLD"], "deny"],
    [deactivated, ["admins"], "deny"],
  ])("count only where a rule names them: %o for %j is %s", (by, requester, kind) => {
    expect(judge(aPolicy(rule("a", { requester }, "allow")), asks({ by })).kind).toBe(kind);
  });

  it("are told so where only a deny names them", () => {
    const policy = aPolicy(rule("not Gus", { requester: ["U_GUS"] }, "deny"));
    expect(judge(policy, asks({ by: guest }))).toMatchObject({
      rule: "",
      sentence: "Guests of this workspace may not resume campaigns here. Nothing was changed.",
    });
  });

  it("are reached by every deny that could mean them", () => {
    const policy = aPolicy(
      rule("guests", { requester: ["guests"] }, "allow"),
      rule("not that group", { requester: ["S1"] }, "deny"),
    );
    expect(judge(policy, asks({ by: guest }))).toMatchObject({
      kind: "deny",
      rule: "not that group",
    });
  });

  it("get nothing from any policy that does not name them", () => {
    const when = fc.record(
      {
        action: fc.subarray([...policyActions], { minLength: 1 }),
        campaign: fc.constantFrom(["*"], ["Spring*"]),
        requester: fc.subarray(["admins", "members", "S1", "U_ANA"], { minLength: 1 }),
      },
      { requiredKeys: [] },
    );
    const decision = fc.constantFrom<Then>("allow", "deny", approveBy("admins"));
    const rules = fc.array(
      fc.tuple(when, decision).map(([given, then]) => rule("any", given, then)),
    );
    const people = fc.constantFrom(guest, { ...guest, admin: true }, bot, stranger, deactivated);
    fc.assert(
      fc.property(rules, people, fc.constantFrom(...policyActions), (some, by, action) => {
        expect(judge(aPolicy(...some), asks({ by, action })).kind).toBe("deny");
      }),
    );
  });
});

describe("somebody with an id for the organisation and one for the workspace", () => {
  const by = aPerson({ id: "W_ANA", otherIds: ["U_ANA"] });

  it.each(["W_ANA", "U_ANA"])("is kept out by a deny that names %s", (named) => {
    const policy = aPolicy(
      rule("not them", { requester: [named] }, "deny"),
      rule("all", {}, "allow"),
    );
    expect(judge(policy, asks({ by })).kind).toBe("deny");
  });

  it.each(["W_ANA", "U_ANA"])("is not counted among those who can approve them as %s", (named) => {
    const policy = aPolicy(
      rule("two of two", {}, { approve: { from: [named, "U_BEN"], count: 2 } }),
    );
    expect(judge(policy, asks({ by })).kind).toBe("deny");
  });

  it.each(["W_ANA", "U_ANA"])("is the admin that the policy names as %s", (named) => {
    const policy = { ...aPolicy(rule("a", { requester: ["admins"] }, "allow")), admins: [named] };
    expect(judge(policy, asks({ by })).kind).toBe("allow");
  });
});
