import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/database.ts";
import { findMigrations } from "../../src/store/migrations.ts";
import { newKeyLine } from "../../src/store/seal.ts";
import { buildProgram, cleanUp, startChild } from "../command-line/child.ts";
import { figures } from "../hostile/figures.ts";
import { anOlderFile } from "../support/older-file.ts";

const { folder: migrations, made } = findMigrations("sqlite");
const newest = made.length;
const folder = mkdtempSync(join(tmpdir(), "fermata-migrations-"));
const killer = new URL("./die-at.mjs", import.meta.url).href;
let kills = 0;

beforeAll(() => buildProgram());
afterAll(() => {
  cleanUp();
  rmSync(folder, { recursive: true, force: true });
});

/** Statements of each migration, as they are run one by one. */
const statements = readdirSync(migrations)
  .filter((name) => name.endsWith(".sql"))
  .sort()
  .map((name) => readFileSync(join(migrations, name), "utf8").split("--> statement-breakpoint"));

interface Death {
  where: string;
  from: number;
  at: string;
  /** Migrations that are in the file afterwards. */
  left: number;
}

/** The first is drizzle's own table, the second a look into it, the third BEGIN; each migration ends with its line. */
function deathsFrom(from: number): Death[] {
  const missing = statements.slice(from).map(({ length }) => length);
  const nth = (n: number) => `CREATE TABLE IF NOT EXISTS "__drizzle_migrations"#${n}`;
  const before = (index: number) =>
    3 + missing.slice(0, index).reduce((sum, length) => sum + length + 1, 0);
  const commit = before(missing.length) + 1;
  return [
    ...(from > 0 ? [{ where: "before the copy", from, at: "VACUUM INTO#1", left: from }] : []),
    { where: "after the copy", from, at: nth(1), left: from },
    ...missing.map((length, index) => ({
      where: `in the middle of ${from + index + 1}`,
      from,
      at: nth(before(index) + Math.floor(length / 2) + 1),
      left: from,
    })),
    { where: "before the commit", from, at: nth(commit), left: from },
    { where: "after the commit", from, at: nth(commit + 1), left: newest },
  ];
}

function prepare(file: string, from: number): void {
  if (from === 0) return;
  const older = anOlderFile(file, from);
  older.exec(
    "INSERT INTO jobs (kind, payload, run_at, tries, urgent, created_at, failed) VALUES ('tidy', '{}', 0, 0, 0, 0, 0)",
  );
  older.close();
}

interface Found {
  applied: number;
  jobs: number;
  sound: unknown;
}

function lookAt(file: string): Found {
  const database = new Database(file);
  const count = (table: string) =>
    database.prepare("SELECT 1 FROM sqlite_master WHERE name = ?").get(table)
      ? (database.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number)
      : 0;
  try {
    return {
      applied: count("__drizzle_migrations"),
      jobs: count("jobs"),
      sound: database.pragma("integrity_check", { simple: true }),
    };
  } finally {
    database.close();
  }
}

async function killedAt(file: string, at: string): Promise<void> {
  const child = startChild(["keys", "status"], {
    DATABASE_URL: `file:${file}`,
    FERMATA_KEYRING: newKeyLine("test"),
    NODE_OPTIONS: `--import ${killer}`,
    DIE_AT: at,
  });
  const { code, err } = await child.ended;
  expect([code, err]).toEqual([-1, ""]);
  kills += 1;
}

describe("a migration that is killed", () => {
  it.each(statements.map((_, from) => ({ from })))(
    "H64: from version $from, at every step, leaves that version whole, and the next start completes it",
    async ({ from }) => {
      const jobs = from > 0 ? 1 : 0;
      for (const { where, at, left } of deathsFrom(from)) {
        const file = join(folder, `from-${from}-${kills}.db`);
        prepare(file, from);
        await killedAt(file, at);
        expect(lookAt(file), where).toEqual({ applied: left, jobs, sound: "ok" });
        const store = await openStore(`file:${file}`, { exclusive: true });
        await store.close();
        expect(lookAt(file), where).toEqual({ applied: newest, jobs, sound: "ok" });
        const copy = `${file}.before-${from}`;
        expect(existsSync(copy), where).toBe(from > 0);
        if (from === 0) continue;
        expect(statSync(copy).mode & 0o777).toBe(0o600);
        expect(lookAt(copy), where).toEqual({ applied: from, jobs, sound: "ok" });
      }
    },
  );

  afterAll(() => {
    const versions = `${newest} versions`;
    figures(
      `${kills} kills within migrations from ${versions}: each left as it was, each completed`,
    );
  });
});
