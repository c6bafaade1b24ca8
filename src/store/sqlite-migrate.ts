import { rmSync } from "node:fs";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { findMigrations, type Migrations, needsMigration } from "./migrations.ts";
import { copyInto } from "./sqlite-copy.ts";
import { appliedTo } from "./sqlite-inspect.ts";

/**
 * Brings the file to the newest schema, one process at a time, after a copy has been put aside. All that is
 * missing is one transaction: a crash leaves the file as it was, never between two versions.
 */
export function migrateSqlite(writer: Database.Database, path: string): void {
  const migrations = findMigrations("sqlite");
  if (!needsMigration(migrations, appliedTo(writer))) return;
  const gate = new Database(`${path}.migrate`, { timeout: 30_000 });
  try {
    gate.exec("BEGIN EXCLUSIVE");
    const before = appliedTo(writer);
    if (!needsMigration(migrations, before)) return;
    if (before.length > 0) putAside(writer, `${path}.before-${before.length}`);
    run(writer, migrations);
  } finally {
    gate.close();
    rmSync(`${path}.migrate`, { force: true });
  }
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
