import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { findMigrations } from "../../src/store/migrations.ts";

/** A database file as the first `count` migrations leave it, open. */
export function anOlderFile(file: string, count: number): Database.Database {
  const folder = mkdtempSync(join(tmpdir(), "fermata-migrations-"));
  try {
    cpSync(findMigrations("sqlite").folder, folder, { recursive: true });
    const journal = join(folder, "meta", "_journal.json");
    const { entries, ...rest } = JSON.parse(readFileSync(journal, "utf8"));
    writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, count) }));
    const database = new Database(file);
    migrate(drizzle(database), { migrationsFolder: folder });
    return database;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
