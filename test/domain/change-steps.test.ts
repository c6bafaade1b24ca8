import { describe, expect, it } from "vitest";
import { answeredFor, isUntouched, superseded, withTarget } from "../../src/domain/change-steps.ts";
import { aChange, aTarget, ben, minutesAfter } from "./builders.ts";

describe("a move of one campaign", () => {
  const running = aChange({
    state: "running",
    targets: [aTarget(), aTarget({ id: "tgt_2" })],
  });

  it("ends the change with the last of them", () => {
    const one = withTarget(running, "tgt_1", { state: "done" }, minutesAfter(1));
    expect([one.state, one.endedAt]).toEqual(["running", undefined]);
    const both = withTarget(one, "tgt_2", { state: "failed" }, minutesAfter(2));
    expect([both.state, both.endedAt]).toEqual(["partly", minutesAfter(2)]);
  });

  it("leaves a change that has ended as it ended", () => {
    const ended = aChange({ state: "done", endedAt: minutesAfter(5) });
    const later = withTarget(
      ended,
      "tgt_1",
      { watch: "changed", state: "failed" },
      minutesAfter(9),
    );
    expect(later).toMatchObject({ state: "done", endedAt: minutesAfter(5) });
    expect(later.targets).toMatchObject([{ watch: "changed" }]);
  });
});

describe("a change", () => {
  it("keeps its state when somebody answers for it", () => {
    const ratified = { kind: "ratified", by: ben.id, at: minutesAfter(1) } as const;
    const change = aChange({ state: "running" });
    expect(answeredFor(change, ratified)).toEqual({ ...change, ratified });
  });

  it("is untouched until a call has left or one of its campaigns has ended", () => {
    const idle = aTarget();
    expect(isUntouched(aChange({ targets: [idle, idle] }))).toBe(true);
    expect(isUntouched(aChange({ targets: [idle, aTarget({ attempts: 1 })] }))).toBe(false);
    expect(isUntouched(aChange({ targets: [aTarget({ state: "already" }), idle] }))).toBe(false);
  });

  it("tells each of its campaigns why it was replaced", () => {
    const change = aChange({ targets: [aTarget(), aTarget({ id: "tgt_2" })] });
    expect(superseded(change, "Gone.", minutesAfter(3))).toMatchObject({
      state: "superseded",
      endedAt: minutesAfter(3),
      targets: [{ sentence: "Gone." }, { sentence: "Gone." }],
    });
  });
});
