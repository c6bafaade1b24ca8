import { chmodSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { findMigrations, type Migrations, needsMigration } from "./migrations.ts";

/** Brings the file to the newest schema, one process at a time, after a copy has been put aside. */
export function migrateSqlite(writer: Database.Database, path: string): void {
  const migrations = findMigrations("sqlite");
  if (!needsMigration(migrations, applied(writer))) return;
  const gate = new Database(`${path}.migrate`, { timeout: 30_000 });
  try {
    gate.exec("BEGIN EXCLUSIVE");
    const before = applied(writer);
    if (!needsMigration(migrations, before)) return;
    if (before.length > 0) putAside(writer, `${path}.before-${before.length}`);
    run(writer, migrations);
  } finally {
    gate.close();
    rmSync(`${path}.migrate`, { force: true });
  }
}

/** A consistent copy, readable by its owner only. Throws if the file exists. */
export function copyInto(database: Database.Database, copy: string): void {
  database.prepare("VACUUM INTO ?").run(copy);
  chmodSync(copy, 0o600);
}

/** A copy of the same name is from a start that did not get further, so it is made anew. */
function putAside(writer: Database.Database, copy: string): void {
  rmSync(copy, { force: true });
  copyInto(writer, copy);
}

function run(writer: Database.Database, { folder }: Migrations): void {
  // Inside the migrator's transaction this pragma does nothing, and rebuilding a table needs it off.
  writer.pragma("foreign_keys = OFF");
  try {
    migrate(drizzle(writer), { migrationsFolder: folder });
    const broken = writer.pragma("foreign_key_check") as unknown[];
    if (broken.length > 0) throw new Error(`${broken.length} rows lost what they refer to`);
  } finally {
    writer.pragma("foreign_keys = ON");
  }
}

function applied(writer: Database.Database): number[] {
  const exists = writer
    .prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'")
    .get();
  if (!exists) return [];
  const rows = writer.prepare("SELECT created_at AS made FROM __drizzle_migrations").all();
  return (rows as { made: number }[]).map((row) => Number(row.made));
}
