import { beforeEach, describe, expect, it } from "vitest";
import { createPace, type Pace, slackPace, type Turn } from "../../src/slack/pace.ts";

let at: number;
let pace: Pace;
beforeEach(() => {
  at = Date.parse("2026-11-22T12:00:00Z");
  pace = createPace(slackPace, () => new Date(at));
});

const post = (who: string, place: string): Turn => ({
  workspace: "T1",
  method: "chat.postMessage",
  place,
  who,
  importance: "card",
});

/** A job that tries whenever it may, waiting longer after each failure like those of the queue. */
function aJob(turn: Turn, fate: () => "served" | "failed") {
  let since: number | undefined;
  let dueAt = at;
  return {
    served: undefined as number | undefined,
    calls: 0,
    look() {
      if (this.served !== undefined || at < dueAt) return;
      const wait = pace.turn(turn);
      if (wait > 0) {
        dueAt = at + wait;
        return;
      }
      this.calls += 1;
      const how = fate();
      pace.over(turn, how);
      if (how === "served") {
        this.served = at;
        return;
      }
      since ??= at;
      dueAt = at + Math.min(Math.max(at - since, 500), 30_000) * 0.75;
    },
  };
}

function passes(ms: number, ...jobs: ReturnType<typeof aJob>[]): void {
  for (const end = at + ms; at < end; at += 250) for (const job of jobs) job.look();
}

describe("cards that Slack does not take, for reasons that nobody knows", () => {
  it.each([
    ["in one channel", () => "C1", 12],
    ["each in a channel of its own", (n: number) => `C${n}`, 72],
  ])("are tried seldom, and a healthy one goes as if there were none: %s", (_, place, most) => {
    const broken = Array.from({ length: 24 }, (_one, n) =>
      aJob(post(`chg_${n}`, place(n)), () => "failed"),
    );
    passes(120_000, ...broken);
    const before = broken.reduce((sum, { calls }) => sum + calls, 0);
    const delays: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      const asked = at;
      const healthy = aJob(post(`well_${n}`, n % 2 ? "C1" : "C99"), () => "served");
      passes(6_000, healthy, ...broken);
      delays.push((healthy.served ?? Infinity) - asked);
    }
    const aMinute = broken.reduce((sum, { calls }) => sum + calls, 0) - before;
    expect(aMinute).toBeLessThanOrEqual(most);
    expect(Math.max(...delays)).toBeLessThanOrEqual(1_000);
  });

  it("all come within a minute once Slack takes them again", () => {
    let how: "served" | "failed" = "failed";
    const all = Array.from({ length: 24 }, (_, n) => aJob(post(`chg_${n}`, "C1"), () => how));
    passes(30 * 60_000, ...all);
    how = "served";
    passes(60_000, ...all);
    expect(all.filter(({ served }) => served === undefined)).toEqual([]);
  });

  it("stumble once without waiting long", () => {
    let times = 0;
    const job = aJob(post("chg_1", "C1"), () => (++times === 1 ? "failed" : "served"));
    passes(2_000, job);
    expect(job.served).toBeDefined();
  });

  it("hold up no more than three at a time of what hangs", () => {
    for (let n = 0; n < 10; n += 1) {
      expect(pace.turn(post(`chg_${n}`, `C${n}`))).toBe(0);
      pace.over(post(`chg_${n}`, `C${n}`), "failed");
    }
    at += 60_000;
    const waits = Array.from({ length: 10 }, (_, n) => pace.turn(post(`chg_${n}`, `C${n}`)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
  });
});
