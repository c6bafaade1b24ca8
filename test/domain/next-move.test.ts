import { describe, expect, it } from "vitest";
import type { ActionRule } from "../../src/domain/action-rule.ts";
import type { Campaign, Phase } from "../../src/domain/campaign.ts";
import type { Target } from "../../src/domain/change.ts";
import { nextMove } from "../../src/domain/next-move.ts";
import { aCampaign, aTarget } from "./builders.ts";

const resume: ActionRule = {
  from: ["paused"],
  reaches: ["running"],
  pending: ["scheduled"],
  waitOn: ["starting"],
  refusals: {
    draft:
      "Resuming would launch it for the first time. Start it in Woodpecker if that is what you want.",
  },
};

function move(phase: Phase, target: Partial<Target> = {}, campaign: Partial<Campaign> = {}) {
  const read = aCampaign({ phase, word: phase.toUpperCase(), ...campaign });
  return nextMove(resume, read, aTarget(target));
}

describe("before our first call", () => {
  it("sends nothing where it is so already", () => {
    expect(move("running")).toEqual({ kind: "already" });
  });

  it("sends from the phases that the vendor takes it from", () => {
    expect(move("paused")).toEqual({ kind: "send" });
  });

  it("waits for a phase that will pass", () => {
    expect(move("starting")).toEqual({ kind: "wait" });
  });

  it("refuses a status that nobody has told us about", () => {
    expect(move("unknown", {}, { word: "BOUNCING" })).toEqual({
      kind: "refused",
    });
  });

  it("refuses in the vendor's own way", () => {
    expect(move("draft")).toEqual({
      kind: "refused",
      why: "Resuming would launch it for the first time. Start it in Woodpecker if that is what you want.",
    });
  });

  it.each([resume, { from: ["paused"], reaches: ["running"] } satisfies ActionRule])(
    "refuses in general",
    (given) => {
      const read = aCampaign({ phase: "completed", word: "COMPLETED" });
      expect(nextMove(given, read, aTarget())).toEqual({
        kind: "refused",
      });
    },
  );
});

describe("after our call", () => {
  const accepted: Partial<Target> = { attempts: 1, lastAttempt: "accepted", before: "PAUSED" };
  const unclear: Partial<Target> = { ...accepted, lastAttempt: "unclear" };

  it("is done when the vendor shows it", () => {
    expect(move("running", accepted)).toEqual({ kind: "already" });
  });

  it.each<Phase>(["paused", "scheduled", "starting", "unknown"])(
    "reads again while it shows %s",
    (phase) => {
      expect(move(phase, accepted)).toEqual({ kind: "pending" });
    },
  );

  it("offers to send again where the answer was unclear and nothing has moved", () => {
    expect(move("paused", unclear)).toEqual({ kind: "send" });
    expect(move("scheduled", unclear)).toEqual({ kind: "pending" });
  });

  it("goes by the phase where no earlier word is known", () => {
    const { before: _, ...target } = accepted;
    expect(move("paused", target)).toEqual({ kind: "pending" });
    expect(move("stopped", target)).toMatchObject({ kind: "refused" });
  });

  it.each([accepted, unclear])(
    "sends nothing more when somebody has changed it meanwhile",
    (target) => {
      expect(move("stopped", target)).toEqual({
        kind: "refused",
      });
    },
  );

  it("has ended where the platform ran out of it, so that there is nothing left to act on", () => {
    expect(move("completed", accepted)).toEqual({ kind: "ended" });
    expect(move("completed", unclear)).toEqual({ kind: "ended" });
  });

  it("goes by the state alone where no call has ever left, or the only one was turned away", () => {
    expect(move("draft", { attempts: 1, lastAttempt: "unsent" })).toMatchObject({
      kind: "refused",
    });
    expect(move("starting", { attempts: 1, lastAttempt: "unsent" })).toEqual({ kind: "wait" });
    expect(move("completed", { ...accepted, lastAttempt: "refused" })).toEqual({ kind: "refused" });
    expect(move("completed", { ...accepted, attempts: 2, lastAttempt: "unsent" })).toEqual({
      kind: "ended",
    });
  });

  it("reads on where the rule knows no phases in between", () => {
    const bare: ActionRule = { from: ["paused"], reaches: ["running"] };
    const read = aCampaign({ phase: "paused", word: "PAUSED" });
    expect(nextMove(bare, read, aTarget(accepted))).toEqual({
      kind: "pending",
    });
  });
});
