import { describe, expect, it } from "vitest";
import { placesWhen, watchLateness } from "../../src/queue/lateness.ts";

describe("how much is in work at once", () => {
  it("is all there is room for while the process is in time", () => {
    expect([0, 5, 15].map((ms) => placesWhen(ms, 60))).toEqual([60, 60, 60]);
  });

  it("is less the later the process is, and never nothing", () => {
    expect([30, 60, 150, 10_000].map((ms) => placesWhen(ms, 60))).toEqual([30, 15, 6, 1]);
  });

  it("follows from what the event loop was kept from doing", async () => {
    const lateness = watchLateness();
    expect(lateness.ms()).toBe(0);
    const patience = performance.now() + 10_000;
    while (lateness.ms() <= 15 && performance.now() < patience) {
      const slice = performance.now() + 60;
      while (performance.now() < slice);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(lateness.ms()).toBeGreaterThan(15);
    lateness.stop();
  });
});
