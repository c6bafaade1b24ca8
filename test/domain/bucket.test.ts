import { describe, expect, it } from "vitest";
import { createBucket } from "../../src/domain/bucket.ts";

const minute = 60_000;

describe("a bucket", () => {
  it("gives what it holds at once, and then as much as its minute brings", () => {
    const bucket = createBucket({ burst: 3, perMinute: 6 }, 0);
    const taken = (at: number) => [1, 2, 3, 4].filter(() => bucket.take(at)).length;
    expect(taken(0)).toBe(3);
    expect(taken(9_999)).toBe(0);
    expect(taken(20_000)).toBe(2);
    expect(taken(minute * 60)).toBe(3);
  });

  it("says when there will be so many", () => {
    const bucket = createBucket({ burst: 3, perMinute: 6 }, 0);
    expect(bucket.waitMs(3, 0)).toBe(0);
    expect(bucket.waitMs(5, 0)).toBe(20_000);
    for (let n = 0; n < 3; n += 1) bucket.take(0);
    expect(bucket.waitMs(1, 0)).toBe(10_000);
    expect(bucket.waitMs(1, 10_000)).toBe(0);
  });

  it("leaves to others what is to be left", () => {
    const bucket = createBucket({ burst: 3, perMinute: 6 }, 0);
    expect([bucket.take(0, 2), bucket.take(0, 2)]).toEqual([true, false]);
    expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([true, true, false]);
  });

  it("can be given back what was taken, and never holds more than it holds", () => {
    const bucket = createBucket({ burst: 2, perMinute: 6 }, 0);
    bucket.take(0);
    bucket.give(1);
    bucket.give(1);
    expect(Math.floor(bucket.left(0))).toBe(2);
  });

  it("loses nothing in many small steps", () => {
    const bucket = createBucket({ burst: 1, perMinute: 1 }, 0);
    bucket.take(0);
    for (let at = 0; at < minute; at += 7) bucket.left(at);
    expect(bucket.take(minute)).toBe(true);
  });

  it("gives nothing and takes nothing for a clock that was set back", () => {
    const bucket = createBucket({ burst: 2, perMinute: 6 }, minute);
    bucket.take(minute);
    expect(Math.floor(bucket.left(0))).toBe(1);
    expect(Math.floor(bucket.left(5_000))).toBe(1);
  });
});
