import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Change, endStates, type Vote } from "../../src/domain/change.ts";
import { rule } from "../../src/domain/policy.ts";
import { progress } from "../../src/domain/progress.ts";
import { type Press, review } from "../../src/domain/review.ts";
import { timedOut } from "../../src/domain/time-out.ts";
import { withdraw } from "../../src/domain/withdraw.ts";
import {
  aChange,
  ana,
  aPerson,
  aPolicy,
  aTarget,
  aVote,
  ben,
  chi,
  minutesAfter,
  needs,
} from "./builders.ts";

const dee = aPerson({ id: "U_DEE", groups: ["S1"] });
const open = aPolicy(rule("a", {}, "allow"));

/** Presses Approve two minutes after the change was asked for, under a policy that has nothing against it. */
function press(
  change: Change,
  facts: Partial<Press> = {},
  now = minutesAfter(2),
  policyNow = open,
) {
  return review(change, { by: ben, kind: "approve", asker: ana, ...facts }, now, policyNow);
}

describe("a vote", () => {
  it("approves where one is asked for", () => {
    expect(press(aChange(), { reason: "fine" })).toEqual({
      kind: "decided",
      state: "approved",
      vote: { by: ben.id, kind: "approve", at: minutesAfter(2), steps: [0], reason: "fine" },
    });
  });

  it("counts towards two, and the second one approves", () => {
    const change = aChange({ verdict: needs({ from: [ben.id, chi.id], count: 2 }) });
    expect(press(change)).toMatchObject({ kind: "counted", progress: [{ have: 1, need: 2 }] });
    expect(press({ ...change, votes: [aVote()] }, { by: chi })).toMatchObject({
      kind: "decided",
      state: "approved",
    });
  });

  it("counts for every open step that names the voter", () => {
    const change = aChange({
      verdict: needs({ from: [ben.id] }, { from: ["S1"] }, { from: ["members"] }),
    });
    expect(press(change)).toMatchObject({ kind: "counted", vote: { steps: [0, 2] } });
    const half = { ...change, votes: [aVote({ steps: [0, 2] })] };
    expect(press(half, { by: dee })).toMatchObject({
      kind: "decided",
      state: "approved",
      vote: { steps: [1] },
    });
  });

  it("denies at any step, also before its turn", () => {
    const steps = [ben.id, dee.id].map((id) => ({ from: [id], count: 1, self: false, chain: 0 }));
    const verdict = { ...needs(), steps } as Change["verdict"];
    expect(press(aChange({ verdict }), { by: dee }).kind).toBe("not_counted");
    expect(press(aChange({ verdict }), { by: dee, kind: "deny" })).toMatchObject({
      state: "denied",
      vote: { steps: [1] },
    });
  });

  it("has no reason where none was given, and nobody instead of whom it was", () => {
    const { vote } = press(aChange()) as { vote: Vote };
    expect(Object.keys(vote)).toEqual(["by", "kind", "at", "steps"]);
  });

  it("denies at once, whoever has approved before", () => {
    const change = aChange({
      verdict: needs({ from: [ben.id, chi.id], count: 2 }),
      votes: [aVote()],
    });
    expect(press(change, { by: chi, kind: "deny", reason: "wrong week" })).toMatchObject({
      kind: "decided",
      state: "denied",
      vote: { by: chi.id, reason: "wrong week" },
    });
  });

  it("approves only with as many different people as were asked for", () => {
    const people = [ana, ben, chi, dee];
    const presses = fc.array(
      fc.record({ by: fc.constantFrom(...people), kind: fc.constant<Vote["kind"]>("approve") }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.boolean(), presses, (count, self, many) => {
        let change = aChange({ verdict: needs({ from: ["members"], count, self }) });
        for (const one of many) {
          const outcome = press(change, one);
          if ("vote" in outcome) change = { ...change, votes: [...change.votes, outcome.vote] };
          if (outcome.kind === "decided") change = { ...change, state: outcome.state };
        }
        const agreed = new Set(many.map(({ by }) => by.id).filter((id) => self || id !== ana.id));
        expect(change.state).toBe(agreed.size >= count ? "approved" : "waiting");
      }),
    );
  });
});

describe("a vote is not counted", () => {
  const sentenceOf = (change: Change, facts: Partial<Press> = {}, policyNow = open) =>
    press(change, facts, minutesAfter(2), policyNow);
  const not = (sentence: string) => ({
    kind: "not_counted",
    sentence: expect.stringContaining(sentence),
  });

  it("when it comes from the asker", () => {
    const change = aChange({ verdict: needs({ from: ["members"] }) });
    expect(sentenceOf(change, { by: ana })).toEqual({
      ...not("You asked for this, so somebody else has to decide."),
      whoCan: ["members"],
    });
    expect(sentenceOf(change, { by: ana, kind: "deny" })).toEqual({
      ...not("Use Withdraw instead."),
      whoCan: ["members"],
    });
  });

  it("unless the asker may be one of them", () => {
    const change = aChange({ verdict: needs({ from: ["members"], self: true }) });
    expect(sentenceOf(change, { by: ana })).toMatchObject({ kind: "decided", state: "approved" });
  });

  it("when the same person votes again, either way", () => {
    const change = aChange({ verdict: needs({ from: ["members"], count: 2 }), votes: [aVote()] });
    const again = {
      ...not("You have already decided on this."),
      alreadyBy: ben.id,
      at: minutesAfter(1),
    };
    expect(sentenceOf(change)).toEqual(again);
    expect(sentenceOf(change, { kind: "deny" })).toEqual(again);
  });

  it.each(["guest", "bot", "stranger", "deactivated"] as const)(
    "when it comes from a %s",
    (kind) => {
      expect(sentenceOf(aChange(), { by: { ...ben, kind } })).toEqual({
        ...not("Only full members"),
        whoCan: [ben.id, chi.id],
      });
    },
  );

  it("when the policy asked for other people", () => {
    expect(sentenceOf(aChange(), { by: dee })).toEqual({
      ...not("The policy asks other people to decide this."),
      whoCan: [ben.id, chi.id],
    });
  });

  it("when no approval was asked for", () => {
    const asksNow = aPolicy(rule("a", {}, { approve: { from: [ben.id] } }));
    for (const policyNow of [open, asksNow])
      expect(sentenceOf(aChange({ verdict: { kind: "allow", rule: "a" } }), {}, policyNow)).toEqual(
        { ...not("The policy asks other people"), whoCan: [] },
      );
  });

  it.each([
    ["still asks the voter", aPolicy(rule("a", {}, { approve: { from: ["members"] } })), true],
    ["now denies it to all", aPolicy(rule("a", {}, "allow"), rule("b", {}, "deny")), false],
    [
      "now denies it to the asker",
      aPolicy(rule("a", {}, "allow"), rule("b", { requester: [ana.id] }, "deny")),
      false,
    ],
    [
      "denies it to somebody else",
      aPolicy(rule("a", {}, "allow"), rule("b", { requester: [dee.id] }, "deny")),
      true,
    ],
    ["no longer speaks of it", aPolicy(), false],
    ["now lets only admins", aPolicy(rule("a", { requester: ["admins"] }, "allow")), false],
    ["now lets members", aPolicy(rule("a", { requester: ["members"] }, "allow")), true],
  ])("unless the policy of now agrees: it %s", (_what, policyNow, counts) => {
    const outcome = sentenceOf(aChange(), {}, policyNow);
    expect(outcome).toMatchObject(
      counts ? { kind: "decided" } : not("The policy has changed since this was asked"),
    );
  });

  it("when the policy of now denies the emergency stop that it is", () => {
    const noStop = aPolicy(rule("a", {}, "allow"), rule("b", { action: ["stop"] }, "deny"));
    const facts = { action: "pause" as const, verdict: needs({ from: [ben.id] }) };
    expect(press(aChange({ ...facts, stop: true }), {}, minutesAfter(2), noStop).kind).toBe(
      "not_counted",
    );
    expect(press(aChange(facts), {}, minutesAfter(2), noStop).kind).toBe("decided");
  });

  it("when one of several campaigns is no longer allowed", () => {
    const change = aChange({ targets: [aTarget(), aTarget({ id: "tgt_2", vendor: "sarvam" })] });
    expect(
      sentenceOf(change, {}, aPolicy(rule("a", { vendor: ["burki"] }, "allow"))),
    ).toMatchObject({
      kind: "not_counted",
    });
  });

  it("after the time to decide", () => {
    const expired = { kind: "expired", sentence: "Nobody decided in time. Nothing was changed." };
    expect(press(aChange(), {}, minutesAfter(60))).toEqual(expired);
    expect(press(aChange(), {}, minutesAfter(59.99))).toMatchObject({ kind: "decided" });
  });
});

describe("a late press", () => {
  it.each(endStates)("changes nothing any more: %s", (state) => {
    expect(press(aChange({ state }))).toMatchObject({
      kind: "not_counted",
      sentence: expect.stringMatching(/Nothing more to do\.$/),
    });
  });

  it.each([
    ["approved", "This is already approved. Nothing more to do.", chi.id],
    ["running", "This is already approved and being carried out. Nothing more to do.", chi.id],
    ["done", "This was already approved and is done. Nothing more to do.", chi.id],
    ["partly", "This was already approved and is partly done. Nothing more to do.", chi.id],
    ["failed", "This was already approved, and it failed. Nothing more to do.", chi.id],
    [
      "needs_attention",
      "This was already approved, and its outcome is not known. Nothing more to do.",
      chi.id,
    ],
    ["denied", "This was already denied. Nothing more to do.", dee.id],
    ["withdrawn", "This was already withdrawn. Nothing more to do.", ana.id],
  ] as const)("hears who decided and when: %s", (state, sentence, alreadyBy) => {
    const votes = [
      aVote({ at: minutesAfter(1) }),
      aVote({ by: chi.id, at: minutesAfter(2) }),
      aVote({ by: dee.id, kind: "deny", at: minutesAfter(3) }),
    ];
    const change = aChange({ state, votes, decidedAt: minutesAfter(5) });
    expect(press(change)).toEqual({
      kind: "not_counted",
      sentence,
      alreadyBy,
      at: minutesAfter(5),
    });
  });

  it("takes the time from the vote where no other is on record", () => {
    expect(press(aChange({ state: "denied", votes: [aVote({ kind: "deny" })] }))).toMatchObject({
      at: minutesAfter(1),
    });
  });

  it("names nobody where time decided", () => {
    const change = aChange({ state: "expired", endedAt: minutesAfter(60) });
    expect(press(change)).toEqual({
      kind: "not_counted",
      sentence: "Nobody decided this in time, so it expired. Nothing more to do.",
    });
  });

  it("names nobody where something newer took its place", () => {
    const change = aChange({ state: "superseded", votes: [aVote()], decidedAt: minutesAfter(5) });
    expect(press(change)).toEqual({
      kind: "not_counted",
      sentence: "This was replaced by something newer. Nothing more to do.",
      at: minutesAfter(5),
    });
  });

  it("denies what is approved, until its first call has left", () => {
    const approved = aChange({ state: "approved", votes: [aVote()] });
    const denial = { by: chi, kind: "deny" } as const;
    expect(press(approved, denial)).toMatchObject({ kind: "decided", state: "denied" });
    expect(press(approved, { by: chi }).kind).toBe("not_counted");
    const running = { ...approved, state: "running" as const };
    expect(press(running, denial).kind).toBe("not_counted");
    const called = { ...approved, targets: [aTarget({ attempts: 1 })] };
    expect(press(called, denial)).toMatchObject({ kind: "not_counted", alreadyBy: ben.id });
  });

  it("says so when it was approved and not begun in time", () => {
    const change = aChange({ state: "expired", votes: [aVote()], decidedAt: minutesAfter(60) });
    expect(press(change)).toEqual({
      kind: "not_counted",
      sentence:
        "This was approved, but it was not begun in time, so it expired. Nothing more to do.",
      at: minutesAfter(60),
    });
  });
});

describe("progress", () => {
  it("counts different people who approved, step by step", () => {
    const verdict = needs({ from: ["S1"], count: 2 }, { from: ["admins"], self: true });
    const votes = [
      aVote(),
      aVote(),
      aVote({ by: chi.id, steps: [1] }),
      aVote({ by: dee.id, kind: "deny" }),
    ];
    expect(progress({ verdict, votes })).toEqual([
      { step: 0, have: 1, need: 2, from: ["S1"], self: false, open: true },
      { step: 1, have: 1, need: 1, from: ["admins"], self: true, open: false },
    ]);
  });

  it("is empty where no approval is asked for", () => {
    expect(progress({ verdict: { kind: "allow", rule: "a" }, votes: [] })).toEqual([]);
  });
});

describe("withdraw", () => {
  it("is for the asker, while the change waits", () => {
    expect(withdraw(aChange(), ana, minutesAfter(2))).toEqual({ kind: "withdrawn" });
    expect(withdraw(aChange(), ana, minutesAfter(60)).kind).toBe("expired");
    expect(withdraw(aChange(), ben, minutesAfter(2))).toMatchObject({
      kind: "not_withdrawn",
      sentence: "Only the person who asked can withdraw this. Nothing was changed.",
    });
    expect(withdraw(aChange({ state: "running" }), ana, minutesAfter(2))).toMatchObject({
      kind: "not_withdrawn",
      sentence: "This is already decided, so it can no longer be withdrawn.",
    });
  });
});

describe("timedOut", () => {
  it("ends a change that still waits when its time is over", () => {
    expect(timedOut(aChange(), minutesAfter(60)).kind).toBe("expired");
    expect(timedOut(aChange(), minutesAfter(59)).kind).toBe("not_due");
    expect(timedOut(aChange({ state: "approved" }), minutesAfter(61)).kind).toBe("decided");
  });

  it("never ends a change that has no such time", () => {
    const { expiresAt: _, ...change } = aChange();
    expect(timedOut(change, minutesAfter(9999)).kind).toBe("not_due");
  });
});

describe("one person with two ids", () => {
  const grid = aPerson({ id: "W_BEN", otherIds: [ben.id] });

  it("is one of two approvals, whichever id the earlier vote has", () => {
    const change = aChange({
      verdict: needs({ from: ["members"], count: 2 }),
      votes: [aVote({ by: ben.id })],
    });
    expect(press(change, { by: grid })).toMatchObject({ kind: "not_counted" });
    expect(press({ ...change, votes: [] }, { by: grid })).toMatchObject({ kind: "counted" });
  });

  it("does not approve as the one what they asked as the other", () => {
    const change = aChange({ askedBy: ben.id, verdict: needs({ from: ["members"] }) });
    expect(press(change, { by: grid })).toMatchObject({
      kind: "not_counted",
      sentence: expect.stringContaining("You asked for this"),
    });
  });

  it("takes back what they asked as the other", () => {
    const change = aChange({ askedBy: ben.id });
    expect(withdraw(change, grid, minutesAfter(1)).kind).toBe("withdrawn");
  });

  it("is an approver by the id that the policy names", () => {
    expect(press(aChange(), { by: grid })).toMatchObject({ kind: "decided", state: "approved" });
  });
});
