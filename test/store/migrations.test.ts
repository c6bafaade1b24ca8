import { existsSync, statSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openStore } from "../../src/store/database.ts";
import { enqueue } from "../../src/store/jobs.ts";
import { findMigrations, needsMigration } from "../../src/store/migrations.ts";
import { anOlderFile } from "../support/older-file.ts";
import { engines, freshDatabase } from "../support/two-engines.ts";
import { noon } from "./sample-change.ts";
import { tamper } from "./tamper.ts";

const job = { kind: "tidy", workspace: null, payload: {} };
const fileOf = (url: string) => url.slice("file:".length);

describe.each(engines)("a database on %s", (engine) => {
  it("is brought up by many processes that start at once", async () => {
    const url = await freshDatabase(engine);
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(url)));
    const [first] = stores;
    expect(await first?.write((q) => enqueue(q, job, noon))).toBe(true);
    await Promise.all(stores.map((store) => store.close()));
  });

  it("H64: is refused when a newer program has written it, and stays as it is", async () => {
    const url = await freshDatabase(engine);
    await (await openStore(url)).close();
    const table = engine === "sqlite" ? "__drizzle_migrations" : "drizzle.__drizzle_migrations";
    const future = Date.now() + 1e12;
    await tamper(url, `INSERT INTO ${table} (hash, created_at) VALUES ('x', ${future})`);
    const refused = await openStore(url).catch((error) => error);
    expect(refused).toMatchObject({ name: "StoreRefused", exitCode: 78 });
    expect(refused.message).toContain("newer Fermata");
  });

  it("has migrations whose order is the order of their making", () => {
    const { made } = findMigrations(engine);
    expect([...made].sort((a, b) => a - b)).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });
});

describe("an older SQLite file", () => {
  it("is copied aside before it is migrated, and keeps its rows", async () => {
    const url = await freshDatabase("sqlite");
    const older = anOlderFile(fileOf(url), 1);
    older.exec(
      "INSERT INTO jobs (kind, payload, run_at, tries, urgent, created_at, failed) VALUES ('tidy', '{}', 0, 0, 0, 0, 0)",
    );
    older.close();
    const after = await openStore(url);
    expect(await after.read((q) => q.$count(q.t.jobs))).toBe(1);
    await after.close();
    const copy = `${fileOf(url)}.before-1`;
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    const old = new Database(copy, { readonly: true });
    expect(old.prepare("SELECT count(*) AS n FROM jobs").get()).toEqual({ n: 1 });
    old.close();
  });

  it("is not copied when there is nothing to do, or nothing in it", async () => {
    const url = await freshDatabase("sqlite");
    await (await openStore(url)).close();
    await (await openStore(url)).close();
    expect(existsSync(`${fileOf(url)}.before-0`)).toBe(false);
    expect(existsSync(`${fileOf(url)}.before-2`)).toBe(false);
  });
});

describe("the folder of migrations", () => {
  it("is found from where the program is built to as well", () => {
    const built = new URL("../../dist/src/store", import.meta.url).pathname;
    expect(findMigrations("sqlite", built).folder).toMatch(/migrations\/sqlite$/);
    expect(() => findMigrations("sqlite", "/")).toThrow("are missing");
  });

  it("asks for a migration only when one is missing", () => {
    const migrations = { folder: "", made: [1, 2] };
    expect([[], [1], [1, 2]].map((done) => needsMigration(migrations, done))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
