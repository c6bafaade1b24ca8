import { describe, expect, it } from "vitest";
import type { ActionRule } from "../../src/domain/action-rule.ts";
import { endWords } from "../../src/flows/outcome-words.ts";
import { aCampaign, aTarget } from "../domain/builders.ts";

const rule: ActionRule = { from: ["running"], reaches: ["paused"] };
const paused = aCampaign({ phase: "paused", word: "PAUSED" });

describe("the words with which a campaign ends", () => {
  it("always hold the vendor's own word", () => {
    for (const sentence of Object.values(endWords("pause", aTarget(), paused, rule))) {
      expect(sentence).toContain("PAUSED");
    }
  });

  it("say what was done, and what is true of every success", () => {
    const caution = "Calls already handed out may still be placed.";
    expect(endWords("pause", aTarget(), paused, { ...rule, caution }).done).toBe(
      "Paused. Burki shows PAUSED. Calls already handed out may still be placed.",
    );
  });

  it("call a stop a stop where that is the vendor's word", () => {
    const stops = { ...rule, label: "Stop (can be restarted)" };
    expect(endWords("cancel", aTarget(), paused, stops).done).toBe("Stopped. Burki shows PAUSED.");
  });

  it("say that nothing was sent when it was so already", () => {
    expect(endWords("pause", aTarget(), paused, rule).already).toBe(
      "It was paused already, so nothing was sent. Burki shows PAUSED.",
    );
  });

  it("do not call a scheduled campaign running", () => {
    const scheduled = aCampaign({ phase: "scheduled", word: "scheduled" });
    expect(endWords("resume", aTarget(), scheduled, rule).already).toContain("scheduled already");
  });

  it("never say that it is done where no read has shown it", () => {
    const { notYet, unconfirmed, unknown } = endWords("resume", aTarget(), paused, rule);
    for (const sentence of [notYet, unconfirmed, unknown]) expect(sentence).not.toMatch(/^Resumed/);
    expect(notYet).toContain("Nothing was sent.");
    expect(unconfirmed).toContain("not known to be running");
    expect(unknown).toContain("not known to be running");
  });
});
