import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import { asking, decidedBy, voted } from "../../src/domain/change-steps.ts";
import type { Person } from "../../src/domain/person.ts";
import { type ApproveThen, type OnTimeout, rule, type Then } from "../../src/domain/policy.ts";
import { progress } from "../../src/domain/progress.ts";
import { type Press, review } from "../../src/domain/review.ts";
import { timedOut } from "../../src/domain/time-out.ts";
import {
  aChange,
  ana,
  aPerson,
  aPolicy,
  aTarget,
  ben,
  chi,
  minutesAfter,
  needs,
} from "./builders.ts";

const dee = aPerson({ id: "U_DEE", groups: ["S_LEGAL"] });
const eve = aPerson({ id: "U_EVE", groups: ["S_LEGAL", "S_SALES"] });

const by = (from: string[], count = 1, more: Omit<ApproveThen, "approve"> = {}): Then => ({
  approve: { from, count },
  ...more,
});

/** A press under a policy of one rule, and the change as it then is. */
function press(change: Change, who: Person, then: Then, facts: Partial<Press> = {}) {
  const given: Press = { by: who, kind: "approve", asker: ana, ...facts };
  const result = review(change, given, minutesAfter(2), aPolicy(rule("now", {}, then)));
  if (!("vote" in result)) return { result, change };
  const heard = result.asks ? asking(change, result.asks) : change;
  if (result.kind === "counted") return { result, change: voted(heard, result.vote) };
  return { result, change: decidedBy(heard, result.state, result.vote) };
}

const had = (change: Change) => progress(change).map(({ have, need }) => `${have} of ${need}`);

describe("a policy that was edited after the question", () => {
  it("needs the second approval that it asks for now", () => {
    const first = press(aChange(), ben, by([ben.id, chi.id], 2));
    expect(first.result).toMatchObject({ kind: "counted", vote: { steps: [0, 1] } });
    expect(had(first.change)).toEqual(["1 of 1", "1 of 2"]);
    const second = press(first.change, chi, by([ben.id, chi.id], 2));
    expect(second.change.state).toBe("approved");
  });

  it("needs whoever it asks now besides whoever it asked then", () => {
    const first = press(aChange(), ben, by([dee.id]));
    expect(had(first.change)).toEqual(["1 of 1", "0 of 1"]);
    expect(press(first.change, chi, by([dee.id])).result).toMatchObject({
      kind: "not_counted",
      whoCan: [dee.id],
    });
    expect(press(first.change, dee, by([dee.id])).change.state).toBe("approved");
  });

  it("takes a vote of somebody whom only it names, and still needs those who were asked", () => {
    const first = press(aChange(), dee, by([dee.id]));
    expect(had(first.change)).toEqual(["0 of 1", "1 of 1"]);
    expect(press(first.change, ben, by([dee.id])).change.state).toBe("approved");
  });

  it("needs a step that it has gained, in its order", () => {
    const then: Then = { approve: [{ from: [ben.id, chi.id] }, { from: ["S_LEGAL"] }] };
    expect(press(aChange(), dee, then).result).toMatchObject({
      kind: "not_counted",
      sentence: expect.stringContaining("then it is your turn"),
    });
    const first = press(aChange(), ben, then);
    expect(had(first.change)).toEqual(["1 of 1", "1 of 1", "0 of 1"]);
    expect(press(first.change, dee, then).change.state).toBe("approved");
  });

  it("asks for nothing more where it asks for the same or for less", () => {
    const two = aChange({ verdict: needs({ from: [ben.id, chi.id], count: 2 }) });
    for (const then of [
      by([chi.id, ben.id], 2),
      by([ben.id, chi.id]),
      by(["members", ben.id, chi.id], 2),
    ]) {
      const { result, change } = press(two, ben, then);
      expect(result).not.toHaveProperty("asks");
      expect(had(change)).toEqual(["1 of 2"]);
    }
  });

  it.each<[string, Then]>([
    ["allows it", "allow"],
    ["would act first", { ratify: { from: [dee.id] } }],
  ])("still needs what was asked where it now %s", (_what, then) => {
    const two = aChange({ verdict: needs({ from: [ben.id, chi.id], count: 2 }) });
    const first = press(two, ben, then);
    expect(had(first.change)).toEqual(["1 of 2"]);
    expect(press(first.change, chi, then).change.state).toBe("approved");
  });

  it("lets nobody approve what it now denies, and anybody with a say deny it", () => {
    expect(press(aChange(), ben, "deny").result).toMatchObject({
      kind: "not_counted",
      sentence: expect.stringContaining("The policy has changed since this was asked"),
    });
    expect(press(aChange(), ben, "deny", { kind: "deny" }).change.state).toBe("denied");
  });

  it("lets those whom only it names deny", () => {
    const { result } = press(aChange(), dee, by([dee.id]), { kind: "deny" });
    expect(result).toMatchObject({ state: "denied", vote: { steps: [1] } });
    expect(press(aChange(), eve, by([dee.id]), { kind: "deny" }).result.kind).toBe("not_counted");
  });

  it("keeps the asker out where the asker could be one before", () => {
    const own = aChange({ verdict: needs({ from: ["members"], count: 2, self: true }) });
    const first = press(own, ana, { approve: { from: ["members"], count: 2, self: true } });
    expect(had(first.change)).toEqual(["1 of 2"]);
    const second = press(first.change, ben, by(["members"], 2));
    expect(had(second.change)).toEqual(["2 of 2", "1 of 2"]);
  });

  it("stays as strict as it was at any vote, also once it is eased again", () => {
    const first = press(aChange(), ben, by([dee.id]));
    const eased = press(first.change, chi, by([ben.id, chi.id]));
    expect(eased.result.kind).toBe("not_counted");
    expect(had(eased.change)).toEqual(["1 of 1", "0 of 1"]);
  });

  it("is heard once: what it has added already is not added again", () => {
    const three = by([ben.id, chi.id, dee.id], 3);
    const first = press(aChange(), ben, three);
    const second = press(first.change, chi, three);
    expect(second.result).not.toHaveProperty("asks");
    expect(had(second.change)).toEqual(["1 of 1", "2 of 3"]);
    expect(press(second.change, dee, three).change.state).toBe("approved");
  });

  it("adds the chains of several campaigns beside each other", () => {
    const verdict = {
      kind: "approve",
      rule: "asked",
      steps: [{ from: [ben.id], count: 1, self: false, chain: 0 }],
      expiresAfterMs: 3_600_000,
    } as const;
    const winback = aTarget({ id: "tgt_2", campaign: { id: "7", name: "EU Winback" } });
    const change = aChange({ verdict, targets: [aTarget(), winback] });
    const now = aPolicy(
      rule("spring", { campaign: ["Spring*"] }, by([dee.id])),
      rule("winback", {}, by([eve.id])),
    );
    const given: Press = { by: chi, kind: "approve", asker: ana };
    expect(review(change, given, minutesAfter(2), now)).toMatchObject({
      whoCan: [ben.id, dee.id, eve.id],
    });
    const counted = review(change, { ...given, by: eve }, minutesAfter(2), now);
    expect(counted).toMatchObject({
      vote: { steps: [2] },
      asks: { steps: [{ chain: 0 }, { chain: 1 }, { chain: 2 }] },
    });
  });

  it("calls those whom it names besides the others", () => {
    const { change } = press(aChange(), ben, by([dee.id], 1, { notify: [dee.id] }));
    expect(change.verdict).toMatchObject({ notify: [dee.id] });
    const called = { ...needs({ from: [ben.id] }), notify: [ben.id] } as Change["verdict"];
    const both = press(aChange({ verdict: called }), ben, by([dee.id], 1, { notify: [dee.id] }));
    expect(both.change.verdict).toMatchObject({ notify: [ben.id, dee.id] });
    const nobody = press(aChange(), ben, by([dee.id]));
    expect(nobody.change.verdict).not.toHaveProperty("notify");
  });
});

describe("a vote from before a policy was edited", () => {
  const asked = (...from: string[]) => aChange({ verdict: needs({ from, count: 2 }) });

  it("counts in what was added where the new step names that person", () => {
    const first = press(asked(ben.id, chi.id), ben, by([ben.id, chi.id], 2));
    const second = press(first.change, chi, by([ben.id, dee.id], 2));
    expect(had(second.change)).toEqual(["2 of 2", "1 of 2"]);
    expect(press(second.change, dee, by([ben.id, dee.id], 2)).change.state).toBe("approved");
  });

  it("counts where the new step is open to all members, or to all whom its own step was open to", () => {
    const first = press(asked("S_LEGAL"), dee, by(["S_LEGAL"], 2));
    for (const from of [["members"], ["S_LEGAL", "admins"]]) {
      const second = press(first.change, eve, by(from, 3));
      expect(had(second.change)).toEqual(["2 of 2", "2 of 3"]);
    }
  });

  it("does not count where the record does not show that this person could decide it", () => {
    const first = press(asked("S_LEGAL", "S_SALES"), dee, by(["S_LEGAL", "S_SALES"], 2));
    const second = press(first.change, eve, by(["S_SALES"], 2));
    expect(had(second.change)).toEqual(["2 of 2", "1 of 2"]);
  });

  it("counts step after step, each for as many as it asks for, on record by name", () => {
    const three = aChange({ verdict: needs({ from: ["members"], count: 4 }) });
    const first = press(three, ben, by(["members"], 4));
    const second = press(first.change, chi, by(["members"], 4));
    const then: Then = { approve: [{ from: ["members"] }, { from: ["members"], count: 3 }] };
    const third = press(second.change, dee, then);
    expect(had(third.change)).toEqual(["3 of 4", "1 of 1", "2 of 3"]);
    expect(third.change.verdict).toMatchObject({
      steps: [{}, { already: [ben.id] }, { already: [chi.id] }],
    });
  });

  it("does not count where the asker gave it, in whose place ever", () => {
    const self = aChange({ verdict: needs({ from: [ben.id, chi.id], count: 2, self: true }) });
    const own: Then = { approve: { from: [ben.id, chi.id], count: 2, self: true } };
    const absences = [{ person: ben, standIn: ana.id }];
    const first = press(self, ana, own, { absences });
    expect(first.result).toMatchObject({ vote: { by: ana.id, instead: ben.id } });
    const second = press(first.change, chi, by([ben.id, chi.id], 2));
    expect(had(second.change)).toEqual(["2 of 2", "1 of 2"]);
  });

  it("counts where one of the steps that it counted for shows it, whatever the others ask", () => {
    const change = aChange({ verdict: needs({ from: ["S_LEGAL"], count: 2 }, { from: [ben.id] }) });
    const first = press(change, dee, by(["S_LEGAL"], 2));
    const second = press(first.change, eve, by(["S_LEGAL", "admins"], 3));
    expect(had(second.change)).toEqual(["2 of 2", "0 of 1", "2 of 3"]);
  });

  it("counts for the step that was at hand, not for a later one", () => {
    const first = press(asked("members"), ben, by(["members"], 2));
    const steps: Then = { approve: [{ from: ["admins"] }, { from: ["members"] }] };
    const second = press(first.change, aPerson({ id: "U_ADA", admin: true }), steps);
    expect(had(second.change)).toEqual(["2 of 2", "1 of 1", "0 of 1"]);
  });

  it("counts as the one who was away, and as a member only for its own giver", () => {
    const instead = { absences: [{ person: ben, standIn: dee.id }] };
    const first = press(asked(ben.id, chi.id), dee, by([ben.id, chi.id], 2), instead);
    const named = press(first.change, chi, by([ben.id, chi.id, eve.id], 3));
    expect(had(named.change)).toEqual(["2 of 2", "2 of 3"]);
    const members = press(first.change, chi, by(["members"], 3));
    expect(had(members.change)).toEqual(["2 of 2", "1 of 3"]);
  });

  it("never counts for a step whose place another one has by chance", () => {
    const verdict = needs({ from: ["S_LEGAL"] }, { from: ["S_SALES"], count: 2 });
    const first = press(aChange({ verdict }), dee, by(["S_LEGAL"]));
    expect(first.result).toMatchObject({ vote: { steps: [0] } });
    const second = press(first.change, eve, by(["S_SALES", "admins"], 3));
    expect(had(second.change)).toEqual(["1 of 1", "1 of 2", "1 of 3"]);
  });
});

describe("what silence does once both policies were heard", () => {
  const asked = (onTimeout?: OnTimeout) => {
    const verdict = needs({ from: [ben.id, chi.id], count: 2 });
    return aChange({
      action: "pause",
      verdict: { ...verdict, ...(onTimeout && { onTimeout }) } as Change["verdict"],
    });
  };
  const silence = (was: OnTimeout | undefined, is: OnTimeout | undefined) => {
    const now = by([ben.id, chi.id], 2, is && { on_timeout: is });
    const late = timedOut(press(asked(was), ben, now).change, minutesAfter(61));
    return "after" in late ? late : undefined;
  };

  it.each<[OnTimeout | undefined, OnTimeout | undefined, string]>([
    ["allow", "allow", "allowed"],
    ["allow", "expire", "expired"],
    ["allow", undefined, "expired"],
    ["allow", { escalate: [dee.id] }, "expired"],
    [undefined, "allow", "expired"],
    ["expire", { escalate: [dee.id] }, "expired"],
    [{ escalate: [dee.id] }, "expire", "expired"],
    [{ escalate: [dee.id] }, { escalate: [eve.id] }, "expired"],
    [{ escalate: [dee.id] }, { escalate: [eve.id, dee.id] }, "escalated"],
  ])("is what both say: %j and now %j", (was, is, kind) => {
    expect(silence(was, is)?.kind).toBe(kind);
  });

  it("calls only those late whom both call", () => {
    const late = silence({ escalate: [dee.id, eve.id] }, { escalate: [eve.id] });
    expect(late?.after.verdict).toMatchObject({ steps: [{ from: [ben.id, chi.id, eve.id] }] });
  });

  it("lets those whom both called late decide what was added after that", () => {
    const late = timedOut(asked({ escalate: [dee.id] }), minutesAfter(60));
    if (late.kind !== "escalated") throw new Error(late.kind);
    const three = by([ben.id, chi.id, eve.id], 3, { on_timeout: { escalate: [dee.id] } });
    const first = press(late.after, dee, three);
    expect(had(first.change)).toEqual(["1 of 2", "1 of 3"]);
    const without = press(late.after, dee, by([ben.id, chi.id], 2));
    expect(had(without.change)).toEqual(["1 of 2", "0 of 2"]);
    expect(without.change.verdict).toMatchObject({ onTimeout: { escalate: [dee.id] } });
  });
});
