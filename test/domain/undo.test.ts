import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import { undo } from "../../src/domain/undo.ts";
import { aChange, ana, aRef, aTarget, ben, minutesAfter, monday } from "./builders.ts";

const now = minutesAfter(10);
const seven = { campaign: { id: "7", name: "Early renewal" } };

function done(facts: Partial<Change> = {}): Change {
  const targets = [aTarget({ state: "done" }), aTarget({ ...seven, id: "tgt_2", state: "done" })];
  return aChange({ action: "pause", state: "done", endedAt: monday, targets, ...facts });
}

const idsOf = (change: Change, overtaken = [] as Parameters<typeof undo>[1]) => {
  const found = undo(change, overtaken, now);
  return found.kind === "possible" ? found.targets.map(({ campaign }) => campaign.id) : found;
};

describe("undoing what is done", () => {
  it("asks for the opposite", () => {
    expect(undo(done(), [], now)).toMatchObject({ kind: "possible", action: "resume" });
    expect(undo(done({ action: "resume" }), [], now)).toMatchObject({ action: "pause" });
  });

  it("is for what this change did, not for what was so already or did not stay so", () => {
    const [one, other] = [aTarget({ state: "done" }), aTarget({ ...seven, state: "already" })];
    expect(idsOf(done({ targets: [one, other] }))).toEqual(["42"]);
    const changed = aTarget({ ...seven, state: "done", watch: "changed" });
    expect(idsOf(done({ targets: [one, changed] }))).toEqual(["42"]);
    expect(idsOf(done({ targets: [other] }))).toMatchObject({
      sentence: expect.stringContaining("None of its campaigns stands as it is by this change"),
    });
  });

  it("is possible for what succeeded where not all of it did", () => {
    const targets = [aTarget({ state: "done" }), aTarget({ ...seven, state: "refused" })];
    expect(idsOf(done({ state: "partly", targets }))).toEqual(["42"]);
  });

  it("leaves out what a newer change is about, and only that", () => {
    expect(idsOf(done(), [aRef(seven)])).toEqual(["42"]);
    expect(idsOf(done(), [aRef({ connectionId: "con_2" })])).toEqual(["42", "7"]);
    expect(idsOf(done(), [aRef(), aRef(seven)])).toMatchObject({
      sentence: "A newer change of its campaigns has come since. Nothing was changed.",
    });
  });

  it("is possible for a day and not a moment longer", () => {
    const day = 24 * 60;
    expect(undo(done(), [], minutesAfter(day)).kind).toBe("possible");
    expect(undo(done(), [], new Date(minutesAfter(day).getTime() + 1))).toMatchObject({
      kind: "impossible",
      sentence: expect.stringContaining("type /campaign resume"),
    });
  });

  it.each(["failed", "needs_attention", "denied", "running", "waiting"] as const)(
    "is not for a change that is %s",
    (state) => expect(undo(done({ state }), [], now).kind).toBe("impossible"),
  );

  it("brings nothing back that was cancelled", () => {
    expect(undo(done({ action: "cancel" }), [], now)).toMatchObject({
      sentence: "What was cancelled is not brought back by a press. Nothing was changed.",
    });
  });

  it("waits for whoever has to answer for it", () => {
    const verdict = {
      kind: "ratify",
      rule: "act first",
      from: [ben.id],
      withinMs: 1,
      otherwise: "keep",
    } as const;
    const owed = done({ verdict, ratifyBy: minutesAfter(60) });
    expect(undo(owed, [], now)).toMatchObject({ kind: "impossible" });
    const ratified = { kind: "ratified", by: ben.id, at: now } as const;
    expect(undo({ ...owed, askedBy: ana.id, ratified }, [], now).kind).toBe("possible");
    expect(undo({ ...owed, ratified: { ...ratified, kind: "reversed" } }, [], now)).toMatchObject({
      sentence: "This is being taken back already. Nothing was changed.",
    });
  });
});
