import { describe, expect, it } from "vitest";
import { mayLeaveTo } from "../../src/domain/away.ts";
import { ana, aPerson, ben } from "./builders.ts";

describe("a stand-in", () => {
  it("is a full member, whoever they are to the policy", () => {
    expect(mayLeaveTo(ben, ana)).toEqual({ ok: true });
  });

  it("is not oneself, by whichever id", () => {
    const onGrid = aPerson({ id: "W_BEN", otherIds: [ben.id] });
    for (const self of [ben, onGrid])
      expect(mayLeaveTo(ben, self)).toMatchObject({
        sentence: expect.stringContaining("cannot stand in for yourself"),
      });
  });

  it.each([
    ["guest", "Guests may not decide here"],
    ["bot", "Bots may not decide here"],
    ["deactivated", "This account is deactivated"],
    ["stranger", "People of other organisations may not decide here"],
  ] as const)("is no %s", (kind, why) => {
    expect(mayLeaveTo(ben, aPerson({ id: "U_GUS", kind }))).toEqual({
      ok: false,
      sentence: `${why}, so they cannot stand in for you. Name a full member of this workspace. Nothing was changed.`,
    });
  });

  it("is needed by nobody who may not decide themselves", () => {
    expect(mayLeaveTo(aPerson({ kind: "guest" }), ben)).toMatchObject({
      ok: false,
      sentence: expect.stringContaining("nobody has to stand in for you"),
    });
  });
});
