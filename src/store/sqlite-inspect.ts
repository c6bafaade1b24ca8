import { existsSync, statfsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import Database from "better-sqlite3";
import { driverCode, StoreRefused } from "./errors.ts";
import { findMigrations, needsMigration } from "./migrations.ts";

/**
 * Looks at a file before anybody opens it for writing, so that what must be refused stays as it is, byte for
 * byte. `thorough` reads every page. Throws `StoreRefused` for a damaged file and for one of a newer program.
 */
export function inspectSqlite(path: string, { thorough }: { thorough: boolean }): void {
  if (statSync(path).size === 0) return;
  const reader = new Database(path, { readonly: true, fileMustExist: true, timeout: 2000 });
  try {
    needsMigration(findMigrations("sqlite"), appliedTo(reader));
    if (thorough) checkEveryPage(reader);
  } catch (error) {
    // What an interrupted program of another journal mode left can only be undone by a writer.
    if (!driverCode(error).startsWith("SQLITE_READONLY")) throw error;
  } finally {
    reader.close();
  }
}

/** In bytes: the file with its log, and what its disk has left for us. */
export interface Room {
  bytes: number;
  free: number;
}

/** Reads every page of a file that others may be working on. Throws `StoreRefused` where it is damaged. */
export function examineSqlite(file: string): Room {
  const path = resolve(file);
  try {
    inspectSqlite(path, { thorough: true });
  } catch (error) {
    throw isDamage(error) ? damaged(error) : error;
  }
  const parts = [path, `${path}-wal`].filter((part) => existsSync(part));
  const { bavail, bsize } = statfsSync(dirname(path));
  return { bytes: parts.reduce((sum, part) => sum + statSync(part).size, 0), free: bavail * bsize };
}

/** Finds pages whose structure is broken; a value changed within a sound page is for `audit verify` to find. */
export function checkEveryPage(database: Database.Database): void {
  const [found] = database.pragma("quick_check(1)") as { quick_check: string }[];
  if (found?.quick_check !== "ok") throw damaged(new Error(found?.quick_check));
}

/** When each applied migration was made. */
export function appliedTo(database: Database.Database): number[] {
  const exists = database
    .prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'")
    .get();
  if (!exists) return [];
  const rows = database.prepare("SELECT created_at AS made FROM __drizzle_migrations").all();
  return (rows as { made: number }[]).map((row) => Number(row.made));
}

export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(driverCode(error));
}

export function damaged(cause: unknown): StoreRefused {
  const sentence =
    "The database file is damaged, or is not a database. It was left as it is. Restore a backup: docs/operating.md says how.";
  return new StoreRefused(sentence, 78, { cause });
}
