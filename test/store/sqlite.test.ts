import { chmodSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { openStore } from "../../src/store/database.ts";
import { enqueue } from "../../src/store/jobs.ts";
import { freshDatabase, freshStore } from "../support/two-engines.ts";
import { noon } from "./sample-change.ts";

const job = { kind: "tidy", workspace: null, payload: {} };
const pathOf = (url: string) => url.slice("file:".length);

describe("the SQLite store", () => {
  it("shares one commit among the writes that wait together", async () => {
    const commits: number[] = [];
    const { store } = await freshStore("sqlite", { onCommit: (writes) => commits.push(writes) });
    commits.length = 0;
    await Promise.all(Array.from({ length: 20 }, () => store.write((q) => enqueue(q, job, noon))));
    expect(commits.reduce((sum, writes) => sum + writes, 0)).toBe(20);
    // How many share one depends on how busy the machine is; that they share does not.
    expect(commits.length).toBeLessThan(20);
  });

  it("undoes a write that awaits something other than the database, and stops it there", async () => {
    const { store } = await freshStore("sqlite");
    let late: unknown;
    const lingering = store.write(async (q) => {
      await enqueue(q, job, noon);
      await setTimeout(5);
      await enqueue(q, job, noon).catch((error) => {
        late = error;
      });
    });
    await expect(lingering).rejects.toThrow("awaited something other than the database");
    await store.write((q) => enqueue(q, job, noon));
    await setTimeout(20);
    expect(late).toBeInstanceOf(Error);
    expect(await store.read((q) => q.$count(q.t.jobs))).toBe(1);
  });

  it("lets the event loop turn during a burst of writes", async () => {
    const { store } = await freshStore("sqlite");
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await Promise.all(
      Array.from({ length: 1000 }, () => store.write((q) => enqueue(q, job, noon))),
    );
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it("D33: keeps its file to its owner, and every commit on the disk", async () => {
    const { store, url } = await freshStore("sqlite");
    await store.write((q) => enqueue(q, job, noon));
    const modes = ["", "-wal"].map((end) => statSync(pathOf(url) + end).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
  });

  it("H63: keeps the lock that a start needs, and the folder it makes, from everybody else on the machine", async () => {
    const url = await freshDatabase("sqlite");
    const folder = join(dirname(pathOf(url)), "made", "anew");
    const file = join(folder, "fermata.db");
    const umask = process.umask(0);
    onTestFinished(() => void process.umask(umask));
    const first = await openStore(`file:${file}`, { exclusive: true });
    await first.close();
    // As an older program left it.
    chmodSync(`${file}.lock`, 0o644);
    const second = await openStore(`file:${file}`, { exclusive: true });
    await second.close();
    expect(statSync(`${file}.lock`).mode & 0o777).toBe(0o600);
    for (const made of [folder, dirname(folder)]) expect(statSync(made).mode & 0o777).toBe(0o700);
  });

  it("refuses the second process that wants the file for itself, until the first lets go", async () => {
    const url = await freshDatabase("sqlite");
    const first = await openStore(url, { exclusive: true });
    const second = openStore(url, { exclusive: true });
    await expect(second).rejects.toMatchObject({ name: "StoreRefused", exitCode: 75 });
    const visitor = await openStore(url);
    await visitor.write((q) => enqueue(q, job, noon));
    await visitor.close();
    await first.close();
    const third = await openStore(url, { exclusive: true });
    await third.close();
  });

  it("says so when somebody else keeps the file locked, and works again afterwards", async () => {
    const { store, url } = await freshStore("sqlite");
    const other = new Database(pathOf(url));
    onTestFinished(() => void other.close());
    other.exec("BEGIN IMMEDIATE");
    await expect(store.write((q) => enqueue(q, job, noon))).rejects.toThrow("locked");
    other.exec("ROLLBACK");
    expect(await store.write((q) => enqueue(q, job, noon))).toBe(true);
  });

  it("leaves a damaged file as it is and says what to do", async () => {
    const url = await freshDatabase("sqlite");
    const { writeFileSync, readFileSync } = await import("node:fs");
    writeFileSync(pathOf(url), "this is not a database at all, but something else".repeat(100));
    const before = readFileSync(pathOf(url));
    await expect(openStore(url)).rejects.toMatchObject({ name: "StoreRefused", exitCode: 78 });
    expect(readFileSync(pathOf(url)).equals(before)).toBe(true);
  });

  it("D33: copies itself while it runs, for its owner alone", async () => {
    const { store, url } = await freshStore("sqlite");
    await store.write((q) => enqueue(q, job, noon));
    const copy = `${pathOf(url)}.copy`;
    await store.backup(copy);
    const restored = await openStore(`file:${copy}`);
    onTestFinished(() => restored.close());
    expect(await restored.read((q) => q.$count(q.t.jobs))).toBe(1);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    await expect(store.backup(copy)).rejects.toThrow();
  });
});
