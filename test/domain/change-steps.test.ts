import { describe, expect, it } from "vitest";
import {
  answeredFor,
  grown,
  isUntouched,
  superseded,
  withTarget,
} from "../../src/domain/change-steps.ts";
import { emptyScope, isGrowing, leavesOut, withReached } from "../../src/domain/stop-scope.ts";
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

describe("an emergency stop that grows", () => {
  const scope = { ...emptyScope, open: [{ id: "con_2", name: "sarvam" }] };
  const growing = aChange({ state: "running", scope, targets: [aTarget()] });

  it("has not ended while a connection is still to be read", () => {
    const stands = withTarget(growing, "tgt_1", { state: "done" }, minutesAfter(1));
    expect([stands.state, stands.endedAt]).toEqual(["running", undefined]);
    const last = grown(stands, [], withReached(scope, "con_2", {}), minutesAfter(2));
    expect([last.state, last.endedAt]).toEqual(["done", minutesAfter(2)]);
  });

  it("goes on with what is added, or with what is still being done", () => {
    const done = withTarget(growing, "tgt_1", { state: "done" }, minutesAfter(1));
    const reached = withReached(scope, "con_2", { taken: ["sarvam:1"], beyond: 3 });
    const added = grown(done, [aTarget({ id: "tgt_2" })], reached, minutesAfter(2));
    expect(added).toMatchObject({ state: "running", targets: [{ id: "tgt_1" }, { id: "tgt_2" }] });
    expect(added.scope).toEqual({ ...emptyScope, taken: ["sarvam:1"], beyond: 3 });
    expect(grown(growing, [], reached, minutesAfter(2)).endedAt).toBeUndefined();
    expect(grown(done, [], scope, minutesAfter(2)).endedAt).toBeUndefined();
  });

  it("leaves something out only where it says so", () => {
    expect(leavesOut(scope)).toBe(false);
    expect(leavesOut({ ...scope, beyond: 1 })).toBe(true);
    expect(isGrowing({})).toBe(false);
  });
});
