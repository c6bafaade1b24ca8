import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import type { Person } from "../../src/domain/person.ts";
import { rule } from "../../src/domain/policy.ts";
import { progress } from "../../src/domain/progress.ts";
import { type Press, review } from "../../src/domain/review.ts";
import {
  aChange,
  ana,
  aPerson,
  aPolicy,
  aVote,
  ben,
  chi,
  minutesAfter,
  needs,
} from "./builders.ts";

const dee = aPerson({ id: "U_DEE" });
const open = aPolicy(rule("a", {}, "allow"));

/** A press of somebody whom these people, being away, have named. */
function press(change: Change, by: Person, away: readonly Person[], facts: Partial<Press> = {}) {
  const absences = away.map((person) => ({ person, standIn: by.id }));
  const given: Press = { by, kind: "approve", asker: ana, absences, ...facts };
  return review(change, given, minutesAfter(2), open);
}

describe("somebody who stands in", () => {
  it("decides instead of one who is away, and both are on record", () => {
    expect(press(aChange(), dee, [ben])).toMatchObject({
      state: "approved",
      vote: { by: dee.id, instead: ben.id, steps: [0] },
    });
    expect(press(aChange(), dee, [ben], { kind: "deny" })).toMatchObject({
      state: "denied",
      vote: { by: dee.id, instead: ben.id },
    });
  });

  it("decides by their own right where they have one", () => {
    const { vote } = press(aChange(), chi, [ben]) as { vote: object };
    expect(vote).not.toHaveProperty("instead");
  });

  it("decides instead of the first who has a say", () => {
    expect(press(aChange(), dee, [aPerson({ id: "U_ELI" }), chi, ben])).toMatchObject({
      vote: { instead: chi.id },
    });
  });

  it("decides nothing instead of one who named somebody else", () => {
    const absences = [{ person: ben, standIn: "U_ELI" }];
    expect(press(aChange(), dee, [], { absences }).kind).toBe("not_counted");
  });

  it("decides nothing instead of one who has decided, or for whom somebody has", () => {
    const two = aChange({ verdict: needs({ from: [ben.id, chi.id], count: 2 }) });
    for (const vote of [aVote(), aVote({ by: "U_ELI", instead: ben.id })])
      expect(press({ ...two, votes: [vote] }, dee, [ben]).kind).toBe("not_counted");
    const other = { ...two, votes: [aVote({ by: "U_ELI", instead: chi.id })] };
    expect(press(other, dee, [ben])).toMatchObject({ state: "approved" });
  });

  it("keeps one who is back from deciding again", () => {
    const two = aChange({ verdict: needs({ from: [ben.id, chi.id], count: 2 }) });
    const votes = [aVote({ by: dee.id, instead: ben.id })];
    expect(press({ ...two, votes }, ben, [])).toMatchObject({
      kind: "not_counted",
      alreadyBy: dee.id,
      at: minutesAfter(1),
    });
  });

  it("counts as the one who is away, and never as a second person", () => {
    const two = aChange({ verdict: needs({ from: ["members"], count: 2 }) });
    const votes = [aVote({ by: dee.id, instead: ben.id }), aVote({ by: ben.id })];
    expect(progress({ ...two, votes })).toMatchObject([{ have: 1 }]);
  });

  it("never decides instead of the asker, nor does the asker for anybody", () => {
    const change = aChange({ verdict: needs({ from: [ana.id, ben.id] }) });
    expect(press(change, dee, [ana]).kind).toBe("not_counted");
    expect(press(change, ana, [ben]).kind).toBe("not_counted");
  });

  it("needs to be a full member", () => {
    expect(press(aChange(), { ...dee, kind: "guest" }, [ben])).toMatchObject({
      sentence: expect.stringContaining("Only full members"),
    });
  });
});
