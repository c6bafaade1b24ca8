import { setTimeout } from "node:timers/promises";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { enqueue } from "../../src/store/jobs.ts";
import { freshStore } from "../support/two-engines.ts";
import { noon } from "./sample-change.ts";

const job = { kind: "tidy", workspace: null, payload: {} };

/** A store, and somebody else who holds its file. */
async function held() {
  const { store, url } = await freshStore("sqlite");
  const other = new Database(url.slice("file:".length));
  onTestFinished(() => void other.close());
  other.exec("BEGIN IMMEDIATE");
  return { store, letGo: () => void other.exec("ROLLBACK") };
}

describe("a file that another process holds", () => {
  it("H60: stops neither the event loop nor a read while a write waits", async () => {
    const { store, letGo } = await held();
    const writing = store.write((q) => enqueue(q, job, noon));
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 5);
    await setTimeout(200);
    expect(await store.read((q) => q.$count(q.t.jobs))).toBe(0);
    clearInterval(timer);
    letGo();
    expect(await writing).toBe(true);
    expect(turns).toBeGreaterThan(10);
  });

  it("H60: refuses who has waited two seconds, lets the others wait on, and loses nothing", async () => {
    const { store, letGo } = await held();
    const early = store.write((q) => enqueue(q, job, noon)).catch((error) => error);
    await setTimeout(1_500);
    const late = store.write((q) => enqueue(q, job, noon));
    expect(await early).toMatchObject({ code: "SQLITE_BUSY" });
    letGo();
    expect(await late).toBe(true);
    expect(await store.read((q) => q.$count(q.t.jobs))).toBe(1);
  });

  it("H60: says that nothing can be written, and that it can again", async () => {
    const { store, letGo } = await held();
    await expect(store.check()).rejects.toThrow("locked");
    letGo();
    await expect(store.check()).resolves.toBeUndefined();
  });
});
