import { describe, expect, it } from "vitest";
import type { ActionRule } from "../../src/domain/action-rule.ts";
import type { Change, Target } from "../../src/domain/change.ts";
import { isLate, isPointless, patience } from "../../src/flows/patience.ts";
import { VendorFailure } from "../../src/vendors/failure.ts";
import { aChange, aTarget, monday, needs } from "../domain/builders.ts";

const second = 1000;
const past = (seconds: number) => new Date(monday.getTime() + seconds * second);
const secondsOf = (at: Date) => (at.getTime() - monday.getTime()) / second;
const rule: ActionRule = { from: ["running"], reaches: ["paused"] };
const waiting = (at: Date, { random = 0.5, haste = 1 } = {}) =>
  patience({ now: () => at, random: () => random, haste });
const called = (parts: Partial<Target>) =>
  aTarget({ attempts: 1, firstAttemptAt: monday, reads: 5, ...parts });
const agreed = (parts: Partial<Change> = {}) => aChange({ decidedAt: monday, ...parts });

describe("the next read after a call", () => {
  it.each([
    [0, 1],
    [1, 2],
    [2, 4],
    [3, 8],
    [4, 15],
    [40, 15],
  ])("after %i reads comes in %i s", (reads, seconds) => {
    expect(secondsOf(waiting(monday).nextRead(aTarget({ reads })))).toBe(seconds);
  });
});

describe("backing off from a vendor that cannot serve us", () => {
  const failure = (retryAfterMs?: number) =>
    new VendorFailure({
      vendor: "burki",
      kind: "unavailable",
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  it.each([
    ["what it asked for", 0, 7000, 0.9, 7],
    ["a share of a second at first", 0, undefined, 0.5, 0.5],
    ["a share of twice as much each time", 3, undefined, 0.5, 4],
    ["a share of half a minute at most", 30, undefined, 0.5, 15],
    ["a fifth of a second at least", 0, undefined, 0, 0.2],
    ["a fifth of a second even where it asked for none", 0, 0, 0.5, 0.2],
  ])("waits %s", (_name, stumbles, asked, random, seconds) => {
    const at = waiting(monday, { random }).backOff(aTarget({ stumbles }), failure(asked));
    expect(secondsOf(at)).toBe(seconds);
  });
});

describe("the time in which it must come to an end by itself", () => {
  const begun = aTarget({ begunAt: monday });
  it.each<[string, boolean, Target, number]>([
    ["does not run while it waits for its turn", false, aTarget(), 100_000],
    ["runs for two minutes from when it was first looked at", false, begun, 119.9],
    ["is over two minutes after that", true, begun, 120],
    [
      "runs from the first call where there was one",
      false,
      called({ begunAt: monday, firstAttemptAt: past(100) }),
      130,
    ],
    ["is over at the fifth stumble before any call", true, aTarget({ stumbles: 4 }), 1],
    ["is not over at the fourth", false, aTarget({ stumbles: 3 }), 1],
    ["is not cut short by stumbles after a call", false, called({ stumbles: 9 }), 1],
  ])("%s", (_name, over, target, seconds) => {
    expect(waiting(past(seconds)).outOfTime(target)).toBe(over);
  });

  it("lets a call that was turned away be made again four times", () => {
    const may = (stumbles: number) => waiting(past(1)).mayBackOff(called({ stumbles }));
    expect([1, 2, 3, 4, 5].map(may)).toEqual([true, true, true, true, false]);
  });

  it("is as much shorter as a test is in haste", () => {
    expect(waiting(past(12), { haste: 10 }).outOfTime(begun)).toBe(true);
    expect(waiting(past(11.9), { haste: 10 }).outOfTime(begun)).toBe(false);
    expect(secondsOf(waiting(monday, { haste: 10 }).nextRead(aTarget({ reads: 3 })))).toBe(0.8);
  });
});

describe("calls that we hold back ourselves", () => {
  it("come back when we let them, a little apart from each other", () => {
    const failure = new VendorFailure({ vendor: "burki", kind: "held_back", retryAfterMs: 5000 });
    const at = (random: number) => secondsOf(waiting(monday, { random }).heldBack(failure));
    expect([at(0), at(0.5), at(0.99)]).toEqual([5.2, 6, 6.98]);
  });
});

describe("a second changing call", () => {
  const quiet = called({ lastAttempt: "unclear", reads: 3 });
  it.each<[string, boolean, Target, ActionRule, number]>([
    ["comes after three reads and twenty seconds", true, quiet, rule, 20],
    ["does not come sooner", false, quiet, rule, 19.9],
    ["does not come after two reads", false, { ...quiet, reads: 2 }, rule, 60],
    [
      "comes also where we died before the answer",
      true,
      { ...quiet, lastAttempt: "open" },
      rule,
      20,
    ],
    ["is never a third", false, { ...quiet, attempts: 2 }, rule, 60],
    ["never follows a yes", false, { ...quiet, lastAttempt: "accepted" }, rule, 60],
    ["never repeats what cannot be taken back", false, quiet, { ...rule, irreversible: true }, 60],
    ["starts nothing once two minutes are over", false, quiet, rule, 120],
    [
      "comes at once after a clear no",
      true,
      called({ lastAttempt: "refused", stumbles: 1 }),
      rule,
      1,
    ],
    [
      "does not follow a fifth clear no",
      false,
      called({ lastAttempt: "refused", stumbles: 5 }),
      rule,
      1,
    ],
  ])("%s", (_name, may, target, ruleHere, seconds) => {
    expect(waiting(past(seconds)).mayTryAgain(target, ruleHere)).toBe(may);
  });

  it("stops something however late, and starts nothing after its quarter of an hour", () => {
    const refused = called({ lastAttempt: "refused", stumbles: 1 });
    const may = (how: object, seconds: number) =>
      waiting(past(seconds)).mayTryAgain(refused, rule, how);
    expect([may({ stops: true }, 5 * 3600), may({ late: true }, 1), may({}, 1)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe("reading on without a sign of the call", () => {
  const accepted = called({ lastAttempt: "accepted", before: "running" });
  const pending: ActionRule = { ...rule, pending: ["starting"] };
  it.each<[string, boolean, Target, ActionRule, string, number]>([
    ["goes on for twenty seconds after a yes", true, accepted, rule, "running", 19.9],
    [
      "goes on for five reads however late a second call left",
      true,
      { ...accepted, attempts: 2, reads: 4 },
      rule,
      "running",
      500,
    ],
    ["ends then", false, accepted, rule, "running", 20],
    ["goes on for two minutes where something moves", true, accepted, rule, "pausing", 119],
    [
      "goes on for two minutes where the vendor takes its time",
      true,
      accepted,
      pending,
      "running",
      119,
    ],
    [
      "goes on for two minutes after an unclear call",
      true,
      called({ lastAttempt: "unclear" }),
      rule,
      "running",
      119,
    ],
    [
      "ends with the first read after two minutes, whatever kept us from it",
      false,
      { ...accepted, reads: 0 },
      rule,
      "running",
      120,
    ],
    [
      "ends after two minutes in any case",
      false,
      called({ lastAttempt: "unclear" }),
      rule,
      "running",
      120,
    ],
  ])("%s", (_name, may, target, ruleHere, word, seconds) => {
    expect(waiting(past(seconds)).mayStillRead(target, ruleHere, word)).toBe(may);
  });
});

describe("beginning late", () => {
  it.each<[string, boolean, Partial<Change>, number]>([
    ["is allowed for a quarter of an hour", false, { action: "resume" }, 900],
    ["is refused after that", true, { action: "resume" }, 901],
    ["is refused for a cancel too", true, { action: "cancel" }, 901],
    [
      "is always allowed for a pause that needed no leave",
      false,
      { action: "pause", verdict: { kind: "allow", rule: "all" } },
      90_000,
    ],
    [
      "is refused for a pause that was voted on",
      true,
      { action: "pause", verdict: needs({ from: ["admins"] }) },
      901,
    ],
    ["is allowed where two clocks differ a little", false, { action: "resume" }, -59],
    ["is refused where the clock was put back since", true, { action: "resume" }, -61],
  ])("%s", (_name, late, change, seconds) => {
    expect(isLate(agreed(change), past(seconds))).toBe(late);
  });

  it("is pointless for a pause once its end has come", () => {
    const pause = agreed({ action: "pause", until: past(600) });
    expect([past(599), past(600)].map((at) => isPointless(pause, at))).toEqual([false, true]);
    expect(isPointless(agreed({ action: "pause" }), past(1e6))).toBe(false);
  });
});
