import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { isUniqueViolation } from "../../src/store/errors.ts";
import type { Q } from "../../src/store/handle.ts";
import { enqueue } from "../../src/store/jobs.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { noon } from "./sample-change.ts";

const job = (key?: string) => ({ kind: "tidy", workspace: null, payload: { n: 1 }, key });
const count = (q: Q) => q.$count(q.t.jobs);

describe.each(engines)("the store on %s", (engine) => {
  it("keeps nothing of a write that fails, and shows nobody its rows meanwhile", async () => {
    const { store } = await freshStore(engine);
    let seen: number | undefined;
    const failing = store.write(async (q) => {
      await enqueue(q, job(), noon);
      seen = await store.read(count);
      throw new Error("boom");
    });
    await expect(failing).rejects.toThrow("boom");
    expect([seen, await store.read(count)]).toEqual([0, 0]);
  });

  it("undoes only the write that fails among many at once", async () => {
    const { store } = await freshStore(engine);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 9 }, (_, index) =>
        store.write(async (q) => {
          await enqueue(q, job(), noon);
          if (index % 3 === 0) throw new Error("boom");
          return index;
        }),
      ),
    );
    const kept = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(kept.map((outcome) => outcome.value)).toEqual([1, 2, 4, 5, 7, 8]);
    expect(await store.read(count)).toBe(6);
  });

  it("refuses a write within a write", async () => {
    const { store } = await freshStore(engine);
    const nested = store.write(() => store.write((q) => enqueue(q, job(), noon)));
    await expect(nested).rejects.toThrow("a write within a write");
    expect(await store.read(count)).toBe(0);
  });

  it("lets what was started in a write do a write of its own afterwards", async () => {
    const { store } = await freshStore(engine);
    let start = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      start = resolve;
    });
    let after: Promise<boolean> | undefined;
    await store.write(async (q) => {
      after = started.then(() => store.write((inner) => enqueue(inner, job(), noon)));
      await enqueue(q, job(), noon);
    });
    start();
    expect(await after).toBe(true);
    expect(await store.read(count)).toBe(2);
  });

  it("refuses a handle whose transaction has ended", async () => {
    const { store } = await freshStore(engine);
    const kept = await store.write(async (q) => ({ q }));
    await expect(async () => enqueue(kept.q, job(), noon)).rejects.toThrow("has ended");
  });

  it("tells a unique violation from any other fault", async () => {
    const { store } = await freshStore(engine);
    await store.write((q) => enqueue(q, job("once"), noon));
    const [row] = await store.read((q) => q.select().from(q.t.jobs));
    if (!row) throw new Error("the row is missing");
    const twice = await store.write((q) => q.insert(q.t.jobs).values(row)).catch((error) => error);
    const other = await store
      .write((q) => q.insert(q.t.jobs).values({ ...row, id: 99, kind: null as never, key: null }))
      .catch((error) => error);
    expect([isUniqueViolation(twice), isUniqueViolation(other)]).toEqual([true, false]);
    expect(other).toBeInstanceOf(Error);
  });

  it("gives times, truths and JSON back as they were", async () => {
    const { store } = await freshStore(engine);
    const payload = { text: "ü\u0000".slice(0, 1), list: [1, null, true], nested: { a: "b" } };
    const runAt = new Date(8_640_000_000_000);
    await store.write((q) =>
      enqueue(q, { kind: "x", workspace: "T1", payload, runAt, urgent: true }, noon),
    );
    const [row] = await store.read((q) =>
      q.select().from(q.t.jobs).where(eq(q.t.jobs.runAt, runAt)),
    );
    expect(row).toMatchObject({ payload, runAt, createdAt: noon, urgent: true, failed: false });
    expect([typeof row?.id, row?.doneAt]).toEqual(["number", null]);
  });

  it("says that it can be written to", async () => {
    const { store } = await freshStore(engine);
    await expect(store.check()).resolves.toBeUndefined();
  });

  it("keeps a rule over several rows when it is asked to be strict", async () => {
    const { store } = await freshStore(engine);
    const addUnlessTwo = () =>
      store.write(
        async (q) => {
          if ((await count(q)) < 2) await enqueue(q, job(), noon);
        },
        { strict: true },
      );
    await Promise.allSettled(Array.from({ length: 6 }, addUnlessTwo));
    expect(await store.read(count)).toBeLessThanOrEqual(2);
  });
});
