import { describe, expect, it, onTestFinished } from "vitest";
import type { Handlers } from "../../src/queue/handlers.ts";
import { newJob } from "../../src/queue/kinds.ts";
import { startWorker, type WorkerOptions } from "../../src/queue/worker.ts";
import { claim } from "../../src/store/claim.ts";
import type { Engine, Store } from "../../src/store/handle.ts";
import { enqueue, enqueueAll, type NewJob } from "../../src/store/jobs.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { keptLog } from "./kept-log.ts";

const start = Date.parse("2026-11-22T12:00:00Z");

/** A store with a worker on it, whose clock only moves when it is told to. */
async function aWorker(engine: Engine, handlers: Handlers, options: Partial<WorkerOptions> = {}) {
  const { store } = await freshStore(engine);
  const { log, lines } = keptLog();
  let time = start;
  const now = () => new Date(time);
  const worker = startWorker({ store, handlers, now, random: () => 0.5, log, ...options });
  onTestFinished(() => worker.stop());
  return {
    store,
    worker,
    lines,
    now,
    pass(ms: number) {
      time += ms;
    },
    async give(...jobs: NewJob[]) {
      await store.write((q) => enqueueAll(q, jobs, now()));
      worker.wake();
    },
  };
}

const show = (changeId: string) => newJob("show_change", "T1", { changeId });
const rows = (store: Store) => store.read((q) => q.select().from(q.t.jobs));

describe.each(engines)("the worker on %s", (engine) => {
  it("runs what it is given, with what it carries and where it belongs", async () => {
    const seen: unknown[] = [];
    const { worker, give, store } = await aWorker(engine, {
      show_change: async ({ changeId }, job) => {
        seen.push([changeId, job.workspace]);
        return { kind: "done" };
      },
    });
    await give(show("chg_1"));
    await worker.idle();
    expect(seen).toEqual([["chg_1", "T1"]]);
    expect(await rows(store)).toMatchObject([
      { failed: false, payload: {}, doneAt: expect.any(Date) },
    ]);
  });

  it("is woken by nothing but the time as well", async () => {
    let ran: () => void = () => undefined;
    const run = new Promise<void>((resolve) => {
      ran = resolve;
    });
    const { store, now } = await aWorker(
      engine,
      {
        tidy: async () => {
          ran();
          return { kind: "done" };
        },
      },
      { pollMs: 20 },
    );
    await store.write((q) => enqueue(q, newJob("tidy", null, {}), now()));
    await run;
  });

  it("leaves kinds alone that it has no handler for", async () => {
    const { worker, give, store } = await aWorker(engine, { tidy: async () => ({ kind: "done" }) });
    await give(show("chg_1"));
    await worker.idle();
    expect(await rows(store)).toMatchObject([{ doneAt: null, tries: 0 }]);
  });

  it("brings a job back when it asks for it", async () => {
    let runs = 0;
    const { worker, give, pass, now } = await aWorker(engine, {
      show_change: async () => {
        runs += 1;
        if (runs === 3) return { kind: "done" };
        return { kind: "again", at: new Date(now().getTime() + 1000) };
      },
    });
    await give(show("chg_1"));
    for (const expected of [1, 2, 3, 3]) {
      await worker.idle();
      expect(runs).toBe(expected);
      pass(1000);
    }
  });

  it("tries again after a fault, waits longer each time, and gives up with a line in the log", async () => {
    let runs = 0;
    const { worker, give, pass, store, lines } = await aWorker(engine, {
      check_connection: async () => {
        runs += 1;
        throw new TypeError("the secret s3cret is wrong");
      },
    });
    const payload = { connectionId: "con_1", user: "U1", channel: "C1" };
    await give(newJob("check_connection", "T1", payload));
    await worker.idle();
    expect(runs).toBe(1);
    pass(249);
    await worker.idle();
    expect(runs).toBe(1);
    pass(1);
    await worker.idle();
    pass(499);
    await worker.idle();
    expect(runs).toBe(2);
    pass(1);
    await worker.idle();
    pass(60_000);
    await worker.idle();
    expect(runs).toBe(3);
    expect(await rows(store)).toMatchObject([{ failed: true, lastError: "TypeError", tries: 3 }]);
    const given = lines.filter((line) => line.event === "a job was given up");
    expect(given).toMatchObject([{ level: "error", facts: { kind: "check_connection" } }]);
  });

  it("gives a job up at once when what it carries cannot be read", async () => {
    const { worker, give, store } = await aWorker(engine, {
      show_change: async () => ({ kind: "done" }),
    });
    await give({ kind: "show_change", workspace: "T1", payload: { other: 1 } });
    await worker.idle();
    expect(await rows(store)).toMatchObject([{ failed: true, tries: 1 }]);
  });

  it("lets no job that hangs stop the others, of its own kind or any other", async () => {
    const shown: string[] = [];
    const { worker, give } = await aWorker(
      engine,
      {
        apply_target: () => new Promise(() => undefined),
        show_change: async ({ changeId }) => {
          shown.push(changeId);
          if (changeId === "hangs") return new Promise(() => undefined);
          return { kind: "done" };
        },
      },
      { patienceMs: 300 },
    );
    const target = { changeId: "chg_1", targetId: "tgt_1" };
    const hanging = Array.from({ length: 30 }, () => newJob("apply_target", "T1", target));
    await give(...hanging, show("hangs"), show("a"), show("b"));
    await expect.poll(() => shown).toEqual(["hangs", "a", "b"]);
    expect(worker.running).toBe(true);
  });

  it("gives the place of a job that hangs to the next one", async () => {
    const ran: string[] = [];
    const { give } = await aWorker(
      engine,
      {
        show_change: async ({ changeId }) => {
          ran.push(changeId);
          if (changeId === "hangs") return new Promise(() => undefined);
          return { kind: "done" };
        },
      },
      { patienceMs: 50, places: { show: 1 } },
    );
    await give(show("hangs"), show("next"));
    await expect.poll(() => ran).toContain("next");
  });

  it("runs as many at once as a lane has places, and no more", async () => {
    let [now, most] = [0, 0];
    const { worker, give } = await aWorker(
      engine,
      {
        show_change: async () => {
          now += 1;
          most = Math.max(most, now);
          await new Promise((resolve) => setTimeout(resolve, 5));
          now -= 1;
          return { kind: "done" };
        },
      },
      { places: { show: 3 } },
    );
    await give(...Array.from({ length: 20 }, (_, index) => show(`chg_${index}`)));
    await worker.idle();
    expect(most).toBe(3);
  });

  it("keeps a long job's lease alive, so that no other worker takes it", async () => {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    let runs = 0;
    const handlers: Handlers = {
      show_change: async () => {
        runs += 1;
        await ended;
        return { kind: "done" };
      },
    };
    const now = () => new Date();
    const options = { leaseMs: 300, now };
    const { worker, store } = await aWorker(engine, handlers, options);
    await store.write((q) => enqueue(q, show("chg_1"), now()));
    worker.wake();
    await expect.poll(() => runs).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const taken = await claim(store, { token: "other", count: 1, leaseMs: 1, now: now() });
    end();
    await worker.idle();
    expect([taken.length, runs]).toEqual([0, 1]);
  });

  it("does not take its own job twice when the clock jumps", async () => {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    let runs = 0;
    const { worker, give, pass, store } = await aWorker(engine, {
      show_change: async () => {
        runs += 1;
        await ended;
        return { kind: "done" };
      },
    });
    await give(show("chg_1"));
    await expect.poll(() => runs).toBe(1);
    pass(86_400_000);
    worker.wake();
    await give(show("chg_2"));
    await expect.poll(() => runs).toBe(2);
    end();
    await worker.idle();
    expect(runs).toBe(2);
    expect((await rows(store)).every((row) => row.doneAt && row.tries === 1)).toBe(true);
  });

  it("takes nothing more once it is stopped, and ends what it has begun", async () => {
    let runs = 0;
    const { worker, give, store } = await aWorker(engine, {
      show_change: async () => {
        runs += 1;
        await new Promise((resolve) => setTimeout(resolve, 30));
        return { kind: "done" };
      },
    });
    await give(show("chg_1"));
    await expect.poll(() => runs).toBe(1);
    await worker.stop();
    expect(await rows(store)).toMatchObject([{ doneAt: expect.any(Date) }]);
    await give(show("chg_2"));
    await worker.idle();
    expect([runs, worker.running]).toEqual([1, false]);
  });
});
