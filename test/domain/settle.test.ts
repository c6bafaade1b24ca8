import { describe, expect, it } from "vitest";
import {
  type ChangeState,
  endStates,
  openStates,
  type TargetState,
} from "../../src/domain/change.ts";
import { changeStateOf, isEnded, isOpen, isTargetOpen, mayMove } from "../../src/domain/settle.ts";

describe("changeStateOf", () => {
  it.each<[TargetState[], ChangeState]>([
    [["done"], "done"],
    [["done", "already"], "done"],
    [["already"], "done"],
    [["done", "failed"], "partly"],
    [["already", "needs_attention"], "partly"],
    [["failed", "refused"], "failed"],
    [["failed", "needs_attention"], "needs_attention"],
    [["done", "queued"], "running"],
    [["failed", "trying"], "running"],
    [["unknown"], "running"],
    [[], "failed"],
  ])("of %j is %s", (states, state) => {
    expect(changeStateOf(states.map((one) => ({ state: one })))).toBe(state);
  });
});

describe("the states of a change", () => {
  it("are open or ended", () => {
    expect(openStates.map(isOpen)).toEqual([true, true, true]);
    expect(endStates.every(isEnded)).toBe(true);
  });

  it("never change once they are terminal", () => {
    const all = [...openStates, ...endStates];
    expect(endStates.flatMap((from) => all.filter((to) => mayMove(from, to)))).toEqual([]);
  });

  it.each<[ChangeState, ChangeState, boolean]>([
    ["waiting", "approved", true],
    ["waiting", "withdrawn", true],
    ["waiting", "running", false],
    ["approved", "running", true],
    ["approved", "waiting", false],
    ["running", "partly", true],
    ["running", "denied", false],
  ])("go from %s to %s: %s", (from, to, may) => {
    expect(mayMove(from, to)).toBe(may);
  });
});

describe("isTargetOpen", () => {
  it("is true until a target has its outcome", () => {
    expect(isTargetOpen("unknown")).toBe(true);
    expect(isTargetOpen("needs_attention")).toBe(false);
  });
});
