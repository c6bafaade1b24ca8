import { describe, expect, it } from "vitest";
import { createBreaker } from "../../src/vendors/breaker.ts";
import { type FailureFacts, VendorFailure } from "../../src/vendors/failure.ts";
import type { Outcome } from "../../src/vendors/outcome.ts";

const fine: Outcome = { answer: { status: 200, headers: {}, text: "", json: () => ({}) } };
const failing = (facts: Pick<FailureFacts, "kind"> & Partial<FailureFacts>): Outcome => ({
  failure: new VendorFailure({ vendor: "burki", ...facts }),
});
const fault = failing({ kind: "unavailable", status: 503 });
const reset = failing({ kind: "unclear" });

function aBreaker(haste = 1) {
  const clock = { at: Date.parse("2027-01-04T12:00:00Z") };
  const changes: boolean[] = [];
  const breaker = createBreaker({
    now: () => new Date(clock.at),
    haste,
    changed: (isOpen) => changes.push(isOpen),
  });
  const meets = async (...outcomes: Outcome[]) => {
    for (const outcome of outcomes) await breaker.run(async () => outcome);
  };
  return { breaker, clock, changes, meets };
}

describe("the breaker", () => {
  it("opens after five faults in a row, of whatever kind", async () => {
    const { breaker, changes, meets } = aBreaker();
    await meets(
      fault,
      reset,
      failing({ kind: "unavailable" }),
      failing({ kind: "unclear", status: 500 }),
    );
    expect(breaker.leftMs()).toBe(0);
    await meets(fault);
    expect(breaker.leftMs()).toBe(5_000);
    expect(changes).toEqual([true]);
  });

  it.each<Outcome>([
    fine,
    failing({ kind: "not_found", status: 404 }),
    failing({ kind: "refused", status: 400 }),
    failing({ kind: "rate_limited", status: 429 }),
    failing({ kind: "unavailable", status: 402 }),
    failing({ kind: "bad_answer", status: 200 }),
  ])("takes any answer for a sign of life, even a refusal %#", async (alive) => {
    const { breaker, meets } = aBreaker();
    await meets(fault, fault, fault, fault, alive, fault, fault, fault, fault);
    await meets(alive, alive, alive, alive, alive, alive);
    expect(breaker.isOpen).toBe(false);
  });

  it("gives back what became of every call", async () => {
    const { breaker } = aBreaker();
    expect(await breaker.run(async () => fine)).toBe(fine);
    expect(await breaker.run(async () => fault)).toBe(fault);
  });

  it("lets one call try after five seconds, and all of them once it is answered", async () => {
    const { breaker, clock, changes, meets } = aBreaker();
    await meets(fault, fault, fault, fault, fault);
    clock.at += 4_999;
    expect(breaker.leftMs()).toBe(1);
    clock.at += 1;
    expect(breaker.leftMs()).toBe(0);
    let answer = (_: Outcome) => {};
    const trying = breaker.run(() => new Promise((resolve) => (answer = resolve)));
    expect(breaker.leftMs()).toBe(1_000);
    answer(fine);
    await trying;
    expect(breaker.leftMs()).toBe(0);
    expect(changes).toEqual([true, false]);
  });

  it("rests longer after each try that fails, and never longer than 15 seconds", async () => {
    const { breaker, clock, changes, meets } = aBreaker();
    await meets(fault, fault, fault, fault, fault);
    const rests: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      rests.push(breaker.leftMs());
      clock.at += breaker.leftMs();
      await meets(fault);
    }
    expect(rests).toEqual([5_000, 10_000, 15_000, 15_000, 15_000]);
    expect(changes).toEqual([true]);
  });

  it("begins with short rests again once the platform was well", async () => {
    const { breaker, clock, meets } = aBreaker();
    await meets(fault, fault, fault, fault, fault);
    for (const outcome of [fault, fault, fine]) {
      clock.at += breaker.leftMs();
      await meets(outcome);
    }
    await meets(fault, fault, fault, fault);
    expect(breaker.isOpen).toBe(false);
    await meets(fault);
    expect(breaker.leftMs()).toBe(5_000);
  });

  it("is not kept open by a clock that is set back", async () => {
    const { breaker, clock, meets } = aBreaker();
    await meets(fault, fault, fault, fault, fault);
    clock.at -= 3_600_000;
    expect(breaker.leftMs()).toBe(5_000);
    clock.at += 5_000;
    expect(breaker.leftMs()).toBe(0);
  });

  it("is as much faster as a test is in haste", async () => {
    const { breaker, meets } = aBreaker(10);
    await meets(fault, fault, fault, fault, fault);
    expect(breaker.leftMs()).toBe(500);
  });
});
