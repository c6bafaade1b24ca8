import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import { judgeWithLeave } from "../../src/domain/judge-with-leave.ts";
import { rule } from "../../src/domain/policy.ts";
import { isOwed, ratify } from "../../src/domain/ratify.ts";
import {
  aChange,
  anAdmin,
  ana,
  aPerson,
  aPolicy,
  aTarget,
  ben,
  chi,
  minutesAfter,
  monday,
} from "./builders.ts";

const policy = aPolicy();

function acted(facts: Partial<Change> = {}): Change {
  const hour = 3_600_000;
  const verdict = {
    kind: "ratify",
    rule: "act first",
    from: [ben.id, ana.id],
    withinMs: hour,
    otherwise: "keep",
  } as const;
  const targets = [aTarget({ state: "done" })];
  const times = { ratifyBy: minutesAfter(60), decidedAt: monday };
  return aChange({ action: "pause", state: "done", verdict, targets, ...times, ...facts });
}

const press = (by = ben, kind: "ratify" | "reverse" = "ratify") => ({ kind, by });
const at = minutesAfter(10);

describe("answering for what acted first", () => {
  it("ratifies, or reverses, in the name of whoever the rule names", () => {
    expect(ratify(acted(), press(), at, policy)).toEqual({
      kind: "answered",
      ratified: { kind: "ratified", by: ben.id, at },
    });
    expect(ratify(acted(), press(ben, "reverse"), at, policy)).toMatchObject({
      ratified: { kind: "reversed" },
    });
  });

  it("never counts the asker, also where the rule names them", () => {
    expect(ratify(acted(), press(ana), at, policy)).toMatchObject({
      kind: "not_counted",
      sentence: expect.stringContaining("You asked for this"),
      whoCan: [ben.id, ana.id],
    });
  });

  it("names who could to somebody whom the rule does not name", () => {
    expect(ratify(acted(), press(chi), at, policy)).toMatchObject({
      kind: "not_counted",
      sentence: expect.stringContaining("other people"),
      whoCan: [ben.id, ana.id],
    });
  });

  it("is for full members only", () => {
    const guest = aPerson({ id: ben.id, kind: "guest" });
    expect(ratify(acted(), press(guest), at, policy)).toMatchObject({
      sentence: expect.stringContaining("Only full members"),
    });
  });

  it("counts a stand-in for whoever is away, but never for the asker", () => {
    const instead = (person: typeof ben) => ({
      ...press(chi),
      absences: [{ person, standIn: chi.id }],
    });
    expect(ratify(acted(), instead(ben), at, policy)).toMatchObject({
      kind: "answered",
      ratified: { by: chi.id },
      instead: ben.id,
    });
    expect(ratify(acted(), instead(ana), at, policy).kind).toBe("not_counted");
  });

  it("takes the first answer and tells the second who gave it", () => {
    const ratified = { kind: "ratified", by: ben.id, at } as const;
    expect(ratify(acted({ ratified }), press(ben, "reverse"), at, policy)).toMatchObject({
      kind: "not_counted",
      alreadyBy: ben.id,
      at,
    });
  });

  it("is over at the moment itself", () => {
    expect(ratify(acted(), press(), minutesAfter(60), policy)).toMatchObject({
      sentence: expect.stringContaining("is over"),
    });
  });

  it("is not for what changed nothing", () => {
    const nothing = acted({ targets: [aTarget({ state: "already" })] });
    expect(ratify(nothing, press(), at, policy)).toMatchObject({
      kind: "not_counted",
      sentence: expect.stringContaining("Nothing was changed by this"),
    });
  });

  it("is not for what needs nobody", () => {
    expect(ratify(aChange(), press(), at, policy).kind).toBe("not_counted");
  });
});

describe("somebody still has to answer", () => {
  it.each([
    ["while it is being carried out", { state: "running", targets: [aTarget()] }, true],
    ["after something was done", {}, true],
    ["not where nothing was changed", { targets: [aTarget({ state: "already" })] }, false],
    ["not where it failed", { state: "failed", targets: [aTarget({ state: "failed" })] }, false],
    ["not after somebody did", { ratified: { kind: "kept", at } }, false],
  ] as const)("%s", (_when, facts, owed) => {
    expect(isOwed(acted(facts as Partial<Change>))).toBe(owed);
  });
});

describe("a rule's own leave", () => {
  const asked = { action: "resume", by: ana, targets: [aTarget()], at } as const;

  it("is enough where the policy would ask somebody, or says nothing", () => {
    const asks = aPolicy(rule("ask", { action: ["resume"] }, { approve: { from: ["admins"] } }));
    for (const one of [asks, policy])
      expect(judgeWithLeave(one, asked, "act first: reversed")).toEqual({
        kind: "allow",
        leave: true,
        rule: "act first: reversed",
      });
  });

  it("does not overrule a deny", () => {
    const denies = aPolicy(rule("never", { campaign: ["Spring*"] }, "deny"));
    expect(judgeWithLeave(denies, { ...asked, by: anAdmin }, "x")).toMatchObject({ kind: "deny" });
  });
});
