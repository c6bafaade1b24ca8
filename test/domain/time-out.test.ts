import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import { type OnTimeout, rule } from "../../src/domain/policy.ts";
import { review } from "../../src/domain/review.ts";
import { decideBy, timedOut } from "../../src/domain/time-out.ts";
import { aChange, ana, aPolicy, aVote, ben, chi, minutesAfter, monday, needs } from "./builders.ts";

function asking(onTimeout: OnTimeout, facts: Partial<Change> = {}): Change {
  const verdict = { ...needs({ from: [ben.id] }), onTimeout } as Change["verdict"];
  return aChange({ verdict, ...facts });
}

describe("a change whose time to decide is over", () => {
  it("expires, and an approval by silence needs the policy's word and a pause", () => {
    expect(timedOut(aChange(), minutesAfter(60))).toMatchObject({ after: { state: "expired" } });
    const resume = timedOut(asking("allow"), minutesAfter(60));
    expect(resume).toMatchObject({ kind: "expired", after: { state: "expired" } });
  });

  it("goes ahead without a vote where the policy says so of a pause", () => {
    const late = timedOut(asking("allow", { action: "pause" }), minutesAfter(61));
    expect(late).toMatchObject({
      kind: "allowed",
      after: { state: "approved", decidedAt: minutesAfter(61), votes: [] },
    });
  });

  it("is over for a pause when its own end has come, whatever silence would mean", () => {
    const until = minutesAfter(30);
    for (const onTimeout of ["allow", "expire", { escalate: [chi.id] }] as const) {
      const pause = asking(onTimeout, { action: "pause", until });
      expect(timedOut(pause, minutesAfter(29)).kind).toBe("not_due");
      expect(timedOut(pause, until)).toMatchObject({
        kind: "expired",
        sentence: "The time until which this was to last is over. Nothing was changed.",
        after: { state: "expired" },
      });
    }
    const { verdict } = aChange();
    if (verdict.kind !== "approve") throw new Error(verdict.kind);
    expect(decideBy({ until }, verdict, monday)).toEqual(until);
    expect(decideBy({ until: minutesAfter(90) }, verdict, monday)).toEqual(minutesAfter(60));
    expect(decideBy({}, verdict, monday)).toEqual(minutesAfter(60));
  });

  it("waits once more for others too, and then expires", () => {
    const late = timedOut(asking({ escalate: [chi.id, ben.id] }), minutesAfter(60));
    if (late.kind !== "escalated") throw new Error(late.kind);
    expect(late.after).toMatchObject({
      state: "waiting",
      escalatedAt: minutesAfter(60),
      expiresAt: minutesAfter(120),
      verdict: { steps: [{ from: [ben.id, chi.id] }] },
    });
    expect(timedOut(late.after, minutesAfter(119)).kind).toBe("not_due");
    expect(timedOut(late.after, minutesAfter(120)).kind).toBe("expired");
  });

  it("calls others to the steps at hand only, not to those after them nor to what is complete", () => {
    const steps = [
      { from: [ben.id], count: 1, self: false, chain: 0 },
      { from: ["U_DEE"], count: 1, self: false, chain: 0 },
      { from: ["U_ELI"], count: 1, self: false, chain: 1 },
    ];
    const verdict = { ...needs(), steps, onTimeout: { escalate: [chi.id] } } as Change["verdict"];
    const votes = [aVote({ by: "U_ELI", steps: [2] })];
    const late = timedOut(aChange({ verdict, votes }), minutesAfter(60));
    expect(late).toMatchObject({
      after: {
        verdict: { steps: [{ from: [ben.id, chi.id] }, { from: ["U_DEE"] }, { from: ["U_ELI"] }] },
      },
    });
  });

  it("lets those called later decide, by the policy of that moment too", () => {
    const late = timedOut(asking({ escalate: [chi.id] }), minutesAfter(60));
    if (late.kind !== "escalated") throw new Error(late.kind);
    const then = { approve: { from: [ben.id] }, on_timeout: { escalate: [chi.id] } };
    const press = { by: chi, kind: "approve" as const, asker: ana };
    const policy = aPolicy(rule("a", {}, then));
    expect(review(late.after, press, minutesAfter(61), policy)).toMatchObject({
      kind: "decided",
      state: "approved",
    });
    const without = aPolicy(rule("a", {}, { approve: { from: [ben.id] } }));
    expect(review(late.after, press, minutesAfter(61), without)).toMatchObject({
      kind: "counted",
      progress: [
        { have: 1, need: 1 },
        { have: 0, need: 1, from: [ben.id] },
      ],
    });
  });

  it("asks whoever presses at that moment to press again where others are called", () => {
    const press = { by: ben, kind: "approve" as const, asker: ana };
    const change = asking({ escalate: [chi.id] });
    expect(review(change, press, minutesAfter(60), aPolicy())).toEqual({
      kind: "expired",
      sentence:
        "Nobody decided in time, so more people are asked now. Nothing you pressed was counted. Press again if it is for you to decide.",
    });
  });

  it("tells whoever presses too late what the clock made of it", () => {
    const press = { by: ben, kind: "deny" as const, asker: ana };
    const allowed = asking("allow", { action: "pause" });
    expect(review(allowed, press, minutesAfter(60), aPolicy())).toMatchObject({
      kind: "expired",
      sentence: expect.stringContaining("lets this pause go ahead"),
    });
  });
});
