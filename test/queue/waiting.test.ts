import { describe, expect, it, onTestFinished } from "vitest";
import type { Handlers, Outcome } from "../../src/queue/handlers.ts";
import { newJob } from "../../src/queue/kinds.ts";
import { startWorker } from "../../src/queue/worker.ts";
import { enqueue, putInto } from "../../src/store/jobs.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { keptLog } from "./kept-log.ts";

type Plan = (run: number, at: Date) => Outcome;

/** One job whose runs end as planned, under a clock that is moved a second at a time. */
async function aJob(engine: (typeof engines)[number], plan: Plan) {
  const { store } = await freshStore(engine);
  const { log } = keptLog();
  let time = Date.parse("2026-11-22T12:00:00Z");
  const now = () => new Date(time);
  let runs = 0;
  const told: number[] = [];
  const handlers: Handlers = {
    show_change: async () => {
      runs += 1;
      return plan(runs, now());
    },
  };
  const farewells = { show_change: async () => void told.push(runs) };
  const worker = startWorker({ store, handlers, farewells, now, random: () => 0.5, log });
  onTestFinished(() => worker.stop());
  const job = newJob("show_change", "T1", { changeId: "chg_1" }, { key: "one" });
  await store.write((q) => enqueue(q, job, now()));
  return {
    store,
    told,
    runs: () => runs,
    async passes(seconds: number) {
      for (let second = 0; second < seconds; second += 1) {
        worker.wake();
        await worker.idle();
        time += 1_000;
      }
    },
    row: async () => (await store.read((q) => q.select().from(q.t.jobs)))[0],
  };
}

const soon = (at: Date) => new Date(at.getTime() + 1_000);
const error = new Error("x");

describe.each(engines)("a job that waits, on %s", (engine) => {
  it("is over after its time, however often it was held back in between, and somebody is told", async () => {
    const { passes, row, told } = await aJob(engine, (run, at) =>
      run % 2
        ? { kind: "held", at: soon(at) }
        : { kind: "waits", at: soon(at), forMs: 20_000, error },
    );
    await passes(15);
    expect(await row()).toMatchObject({ doneAt: null, tries: 0 });
    await passes(15);
    expect(await row()).toMatchObject({ failed: true });
    expect(told).toHaveLength(1);
  });

  it("keeps the tries it had when it was not its turn, and when it waits", async () => {
    const plans: Outcome["kind"][] = ["held", "waits", "held"];
    const { passes, row, runs } = await aJob(engine, (run, at) => {
      const kind = plans[run - 1];
      if (kind === "held") return { kind, at: soon(at) };
      if (kind === "waits") return { kind, at: soon(at), forMs: 60_000, error };
      throw error;
    });
    await passes(4);
    expect(runs()).toBe(4);
    expect(await row()).toMatchObject({ tries: 1, troubledAt: expect.any(Date) });
  });

  it("forgets its trouble once there is news", async () => {
    const { passes, row } = await aJob(engine, (run, at) =>
      run === 1
        ? { kind: "waits", at: soon(at), forMs: 60_000, error }
        : { kind: "again", at: new Date(at.getTime() + 60_000) },
    );
    await passes(3);
    expect(await row()).toMatchObject({ tries: 0, troubledAt: null });
  });

  it("does not end by time alone where its tries are counted", async () => {
    const { passes, row, runs } = await aJob(engine, (_run, at) => ({
      kind: "waits",
      at: soon(at),
      forMs: 1_000,
      tries: 5,
      error,
    }));
    await passes(10);
    expect(runs()).toBe(5);
    expect(await row()).toMatchObject({ failed: true });
  });

  it("is over at once where it cannot be done", async () => {
    const { passes, row, told } = await aJob(engine, () => ({ kind: "over", error }));
    await passes(1);
    expect(await row()).toMatchObject({ failed: true });
    expect(told).toEqual([1]);
  });

  it("carries more for its next run, unless it has ended", async () => {
    const { passes, row, store } = await aJob(engine, (_run, at) => ({
      kind: "held",
      at: soon(at),
    }));
    await store.write((q) => putInto(q, "one", { viewId: "V1" }));
    expect((await row())?.payload).toEqual({ changeId: "chg_1", viewId: "V1" });
    await store.write((q) => putInto(q, "another", { viewId: "V1" }));
    await passes(1);
  });
});
