import { beforeEach, describe, expect, it } from "vitest";
import {
  createPace,
  type Pace,
  type PaceLimits,
  slackPace,
  type Turn,
} from "../../src/slack/pace.ts";

const clock = { at: 0 };
let pace: Pace;
beforeEach(() => {
  clock.at = Date.parse("2027-01-04T12:00:00Z");
  pace = createPace(slackPace, () => new Date(clock.at));
});

const asks = (parts: Partial<Turn> = {}) =>
  pace.turn({
    workspace: "T1",
    method: "chat.postMessage",
    place: "C1",
    who: "somebody",
    importance: "card",
    ...parts,
  });

/** Everybody asks, and comes back when told to, until all have had their turn; the seconds at which they had. */
function everybody(asking: readonly Partial<Turn>[]): { who: string; second: number }[] {
  const begun = clock.at;
  const served: { who: string; second: number }[] = [];
  let waiting = asking.map((one) => ({ one, at: begun }));
  while (waiting.length > 0) {
    clock.at = Math.min(...waiting.map(({ at }) => at));
    const due = waiting.filter(({ at }) => at <= clock.at);
    waiting = waiting.filter(({ at }) => at > clock.at);
    for (const { one } of due) {
      const wait = asks(one);
      if (wait > 0) waiting.push({ one, at: clock.at + wait });
      else served.push({ who: one.who ?? "", second: (clock.at - begun) / 1000 });
    }
  }
  return served;
}

const crowd = (count: number, parts: Partial<Turn> = {}) =>
  Array.from({ length: count }, (_, index) => ({
    who: `${parts.importance ?? "card"} ${index}`,
    ...parts,
  }));

describe("posts to one channel", () => {
  it("go at once in a short burst, and then one a second, in the order in which they were asked for", () => {
    const served = everybody(crowd(10));
    expect(served.map(({ who }) => who)).toEqual(crowd(10).map(({ who }) => who));
    expect(served.map(({ second }) => Math.round(second))).toEqual([0, 0, 0, 0, 1, 2, 3, 4, 5, 6]);
  });

  it("do not wait for those to another channel, or of another workspace", () => {
    everybody(crowd(5));
    expect(asks({ place: "C2" })).toBe(0);
    expect(asks({ workspace: "T2" })).toBe(0);
  });

  it("wait together where a whole workspace posts too much", () => {
    const many = crowd(30).map((one, index) => ({ ...one, place: `C${index}` }));
    const served = everybody(many);
    expect(served.filter(({ second }) => second === 0)).toHaveLength(20);
    expect(served.at(-1)?.second).toBeCloseTo(2.5, 1);
  });

  it("are promised a moment each, so that they do not all come back at the next", () => {
    for (const one of crowd(4)) expect(asks(one)).toBe(0);
    const waits = crowd(50, { importance: "card" }).map(({ who }) => asks({ who: `later ${who}` }));
    expect(new Set(waits).size).toBe(50);
  });

  it("are not held up by somebody who does not come back", () => {
    for (const one of crowd(4)) asks(one);
    expect(asks({ who: "lost" })).toBeGreaterThan(0);
    clock.at += 30_000;
    for (const one of crowd(4)) expect(asks({ ...one, who: `new ${one.who}` })).toBe(0);
  });
});

describe("what is more important", () => {
  it("goes first: cards before news, and both before digests", () => {
    const all = [
      ...crowd(3, { importance: "digest" }),
      ...crowd(3, { importance: "news" }),
      ...crowd(3, { importance: "card" }),
    ];
    for (const one of crowd(4)) asks({ ...one, who: `first ${one.who}` });
    const order = everybody(all).map(({ who }) => who.split(" ")[0]);
    expect(order).toEqual([
      "card",
      "card",
      "card",
      "news",
      "news",
      "news",
      "digest",
      "digest",
      "digest",
    ]);
  });

  it("finds a turn left for it: digests alone never use up the burst", () => {
    for (const one of crowd(9, { importance: "digest" })) asks(one);
    expect(asks({ who: "a card" })).toBe(0);
    expect(asks({ who: "another card" })).toBe(0);
  });
});

describe("edits", () => {
  const edit = { method: "chat.update" } as const;

  it("of one card come once a second", () => {
    const served = everybody(crowd(6, { ...edit, place: "C1/1.0" }));
    expect(served.map(({ second }) => Math.round(second))).toEqual([0, 0, 1, 2, 3, 4]);
  });

  it("of a hundred cards keep to Slack's fifty a minute", () => {
    const cards = crowd(100, edit).map((one, index) => ({ ...one, place: `C1/${index}` }));
    const served = everybody(cards);
    const inFirstMinute = served.filter(({ second }) => second < 60).length;
    expect(inFirstMinute).toBeGreaterThan(60);
    expect(inFirstMinute).toBeLessThanOrEqual(71);
    expect(served.at(-1)?.second).toBeLessThan(100);
  });
});

describe("a method that Slack wants to be left alone with", () => {
  it("is closed for as long as Slack says, for everybody in that workspace, and for no other", () => {
    pace.close("T1", "chat.postMessage", 30_000);
    expect(asks()).toBe(30_000);
    expect(asks({ place: "C2" })).toBe(30_000);
    expect(pace.closedMs("T1", "chat.postMessage")).toBe(30_000);
    expect(pace.closedMs("T1", "views.open")).toBe(0);
    expect(asks({ method: "chat.update" })).toBe(0);
    expect(asks({ workspace: "T2" })).toBe(0);
    clock.at += 30_000;
    expect(asks()).toBe(0);
    expect(pace.closedMs("T1", "chat.postMessage")).toBe(0);
  });

  it("may be every method, for our own work alone", () => {
    pace.close("T1", undefined, 600_000);
    expect(asks()).toBe(600_000);
    expect(asks({ method: "chat.update" })).toBe(600_000);
    expect(pace.closedMs("T1", "views.open")).toBe(0);
  });
});

describe("the memory of the pace", () => {
  it("forgets channels where nothing waits, and nothing of those where something does", () => {
    const limits: PaceLimits = {
      ...slackPace,
      "chat.postMessage": {
        place: { burst: 1, perMinute: 1 },
        workspace: { burst: 1e6, perMinute: 1e6 },
      },
    };
    pace = createPace(limits, () => new Date(clock.at));
    expect(asks({ place: "C0" })).toBe(0);
    for (let index = 1; index < 3_000; index += 1) asks({ place: `C${index}` });
    expect(asks({ place: "C0" })).toBeGreaterThan(0);
  });

  it("bears a clock that is moved back", () => {
    for (const one of crowd(4)) asks(one);
    clock.at -= 3_600_000;
    expect(asks({ who: "late" })).toBe(1_000);
    clock.at += 1_000;
    expect(asks({ who: "late" })).toBe(0);
  });
});
