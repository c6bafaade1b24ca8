import { describe, expect, it } from "vitest";
import { createRetryBudget } from "../../src/vendors/retry-budget.ts";

function aBudget() {
  const clock = { at: Date.parse("2027-01-04T12:00:00Z") };
  const now = () => new Date(clock.at);
  const budget = createRetryBudget({ now, share: 0.1, least: 50, waitMs: 5_000 });
  /** Makes this call if it may be made, and tells whether it was. */
  const calls = (what: string, failed: boolean): boolean => {
    if (budget.askMs(what) > 0) return false;
    budget.note(what, failed);
    return true;
  };
  const campaigns = (count: number, prefix = "") =>
    Array.from({ length: count }, (_, n) => `${prefix}${n}`);
  /** How many of these calls were made. */
  const made = (whats: readonly string[], failed: boolean) =>
    whats.filter((what) => calls(what, failed)).length;
  return { budget, clock, calls, campaigns, made };
}

describe("the budget for repeats", () => {
  it("lets every first call go, however many fail", () => {
    const { campaigns, made } = aBudget();
    expect(made(campaigns(5_000), true)).toBe(5_000);
  });

  it("F49: lets fifty of five hundred repeats go when all fail, and keeps the others back for a while", () => {
    const { budget, campaigns, made } = aBudget();
    made(campaigns(500), true);
    expect(made(campaigns(500), true)).toBe(50);
    expect(budget.askMs("0")).toBe(5_000);
  });

  it("earns fifty repeats a minute", () => {
    const { campaigns, clock, made } = aBudget();
    made(campaigns(500), true);
    made(campaigns(500), true);
    clock.at += 30_000;
    expect(made(campaigns(500), true)).toBe(25);
    clock.at += 3_600_000;
    expect(made(campaigns(500), true)).toBe(50);
  });

  it("earns a repeat for every ten first calls", () => {
    const { campaigns, made } = aBudget();
    made(campaigns(500), true);
    made(campaigns(500), true);
    made(campaigns(200, "new "), false);
    expect(made(campaigns(500), true)).toBe(20);
  });

  it("does not count a call that is made again after it succeeded", () => {
    const { calls } = aBudget();
    for (let n = 0; n < 1_000; n += 1) expect(calls("42", false)).toBe(true);
  });

  it("keeps nobody waiting who is well again: a repeat that succeeds costs nothing", () => {
    const { campaigns, made } = aBudget();
    made(campaigns(2_000), true);
    expect(made(campaigns(2_000), false)).toBe(2_000);
    expect(made(campaigns(2_000), true)).toBe(2_000);
  });

  it("is not emptied by a clock that is set back", () => {
    const { campaigns, clock, made } = aBudget();
    made(campaigns(500), true);
    clock.at -= 3_600_000;
    expect(made(campaigns(500), true)).toBe(50);
    clock.at += 60_000;
    expect(made(campaigns(500), true)).toBe(50);
  });

  it("remembers ten thousand failed calls and takes older ones for new", () => {
    const { campaigns, made } = aBudget();
    made(campaigns(10_100), true);
    expect(made(campaigns(100), true)).toBe(100);
  });
});
