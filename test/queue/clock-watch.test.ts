import { describe, expect, it, onTestFinished } from "vitest";
import { putRight } from "../../src/flows/put-right.ts";
import { startClockWatch } from "../../src/queue/clock-watch.ts";
import { newJob } from "../../src/queue/kinds.ts";
import { keepTimetable } from "../../src/queue/timetable.ts";
import { startWorker } from "../../src/queue/worker.ts";
import { loadChange } from "../../src/store/changes.ts";
import { claim } from "../../src/store/claim.ts";
import { commit } from "../../src/store/commit.ts";
import { setDigest } from "../../src/store/digests.ts";
import { enqueueAll } from "../../src/store/jobs.ts";
import type { World } from "../../src/world.ts";
import { aChange, asked, aTarget, noon } from "../store/sample-change.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { keptLog } from "./kept-log.ts";

const hour = 3_600_000;

/** Two clocks in hand: time that passes moves both, a hand at the clock only one. */
function clocks(start = noon.getTime()) {
  let [wall, steady] = [start, 0];
  return {
    now: () => new Date(wall),
    monotonic: () => steady,
    passes(ms: number) {
      wall += ms;
      steady += ms;
    },
    moved(ms: number) {
      wall += ms;
    },
  };
}

describe("a clock that is watched", () => {
  function watched() {
    const time = clocks();
    const jumps: number[] = [];
    const onJump = async ({ byMs }: { byMs: number }) => void jumps.push(byMs);
    const watch = startClockWatch({ ...time, onJump, onFault: () => undefined, everyMs: hour });
    onTestFinished(() => watch.stop());
    return { time, jumps, watch };
  }

  it("has not jumped while time passes, however much of it", async () => {
    const { time, jumps, watch } = watched();
    for (const ms of [1000, hour, 90 * hour]) {
      time.passes(ms);
      await watch.look();
    }
    expect(jumps).toEqual([]);
  });

  it("has jumped when it is set, and once only", async () => {
    const { time, jumps, watch } = watched();
    time.moved(3 * hour);
    time.passes(1000);
    await watch.look();
    await watch.look();
    time.moved(-3 * hour);
    await watch.look();
    expect(jumps).toEqual([3 * hour, -3 * hour]);
  });

  it("is let drift a little, as time servers do it", async () => {
    const { time, jumps, watch } = watched();
    for (let n = 0; n < 100; n += 1) {
      time.moved(-500);
      time.passes(1000);
      await watch.look();
    }
    expect(jumps).toEqual([]);
  });
});

describe.each(engines)("a clock that was three hours ahead, put right on %s", (engine) => {
  async function anEra() {
    const { store } = await freshStore(engine);
    const time = clocks();
    const { log } = keptLog();
    const world = { store, now: time.now, log, wake: () => undefined } as unknown as World;
    const jobs = () => store.read((q) => q.select().from(q.t.jobs).orderBy(q.t.jobs.id));
    const put = (...all: Parameters<typeof enqueueAll>[1]) =>
      store.write((q) => enqueueAll(q, all, time.now()));
    const rights = async () => {
      time.moved(-3 * hour);
      await putRight(world, { byMs: -3 * hour });
    };
    return { store, time, world, jobs, put, rights };
  }
  const apply = (n: string) => newJob("apply_target", "T1", { changeId: "chg_1", targetId: n });

  it("holds no wait as long as it was wrong, and moves no moment that people were told of", async () => {
    const { time, jobs, put, rights } = await anEra();
    const told = new Date(noon.getTime() + 5 * hour);
    const end = newJob("end_pause", "T1", { changeId: "chg_1" }, { runAt: told });
    time.moved(3 * hour);
    const soon = new Date(time.now().getTime() + 2_000);
    await put({ ...apply("1"), runAt: soon }, end);
    await rights();
    const [wait, plan] = await jobs();
    expect(wait?.runAt).toEqual(new Date(noon.getTime() + 2_000));
    expect(plan?.runAt).toEqual(told);
  });

  it("keeps no lease of a process that died then", async () => {
    const { store, time, jobs, put, rights } = await anEra();
    time.moved(3 * hour);
    await put(apply("1"));
    await claim(store, { token: "dead", count: 1, leaseMs: 15_000, now: time.now() });
    await rights();
    const [job] = await jobs();
    expect(job?.runAt).toEqual(new Date(noon.getTime() + 15_000));
  });

  it("lets a job come back in time that was in work at that moment", async () => {
    const { store, time, jobs, put } = await anEra();
    time.moved(3 * hour);
    await put(apply("1"));
    const worker = startWorker({
      ...{ store, now: time.now, random: () => 0.5, log: keptLog().log },
      handlers: {
        async apply_target() {
          const at = new Date(time.now().getTime() + 2_000);
          time.moved(-3 * hour);
          return { kind: "again", at };
        },
      },
    });
    onTestFinished(() => worker.stop());
    await worker.idle();
    const [job] = await jobs();
    expect(job?.runAt).toEqual(new Date(noon.getTime() + 2_000));
  });

  it("counts the limits of what is open from where they began", async () => {
    const { store, time, rights } = await anEra();
    time.moved(3 * hour);
    const at = time.now();
    const target = aTarget({ state: "trying", attempts: 1, begunAt: at, firstAttemptAt: at });
    const change = aChange({ state: "running", askedAt: at, decidedAt: at, targets: [target] });
    await store.write((q) => commit(q, asked(change)));
    await rights();
    const now = await store.read((q) => loadChange(q, change.workspace, change.id));
    expect(now?.decidedAt).toEqual(noon);
    expect(now?.targets[0]).toMatchObject({ begunAt: noon, firstAttemptAt: noon });
  });

  it("sends tomorrow's digest although days ahead have had theirs", async () => {
    const { store, time } = await anEra();
    const daily = { workspace: "T1", channel: "C1", time: "09:00", zone: "UTC", setBy: "U1" };
    await store.write((q) =>
      setDigest(q, { ...daily, setAt: new Date(noon.getTime() - 99 * hour) }),
    );
    time.moved(72 * hour);
    const sends = async () => {
      await keepTimetable(store, time.now());
      const all = await store.read((q) => q.select().from(q.t.jobs));
      const open = all.filter((job) => job.kind === "show_digest" && !job.doneAt);
      await store.write((q) => q.update(q.t.jobs).set({ doneAt: time.now() }));
      return open.map(({ key }) => key);
    };
    expect(await sends()).toEqual(["digest:T1:2026-11-25"]);
    time.moved(-72 * hour);
    expect(await sends()).toEqual([]);
    const later = [];
    for (let days = 0; days < 3; days += 1) {
      time.passes(24 * hour);
      later.push(...(await sends()));
    }
    expect(later).toEqual(["digest:T1:2026-11-23", "digest:T1:2026-11-24", "digest:T1:2026-11-25"]);
  });
});
