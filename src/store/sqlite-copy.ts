import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import Database from "better-sqlite3";
import { driverCode } from "./errors.ts";
import { checkEveryPage, damaged, isDamage } from "./sqlite-inspect.ts";

export type Backup =
  | { kind: "copied"; file: string; bytes: number }
  | { kind: "refused"; why: WhyNot };
export type WhyNot = "not_sqlite" | "no_database" | "exists" | "no_folder" | "unwritable" | "full";

/**
 * A consistent copy of a database that others may be writing to, readable by its owner only. Until it is whole
 * and on disk it has another name. The database itself is only read. Throws what is wrong with the database.
 */
export function backupSqlite(database: string, copy: string): Backup {
  const [source, file] = [resolve(database), resolve(copy)];
  if (!existsSync(source)) return { kind: "refused", why: "no_database" };
  if (existsSync(file)) return { kind: "refused", why: "exists" };
  const part = `${file}.part-${process.pid}`;
  const reader = new Database(source, { readonly: true, fileMustExist: true });
  try {
    copyInto(reader, part);
    checkCopy(part);
    // Somebody else may have taken the name meanwhile.
    if (existsSync(file)) return { kind: "refused", why: "exists" };
    renameSync(part, file);
    sync(dirname(file));
    return { kind: "copied", file, bytes: statSync(file).size };
  } catch (error) {
    if (isDamage(error)) throw damaged(error);
    const why = refusals[driverCode(error)];
    if (!why) throw error;
    return { kind: "refused", why };
  } finally {
    reader.close();
    rmSync(part, { force: true });
  }
}

/** Codes that speak of the copy's place: the database was open and readable before. */
const refusals: Record<string, WhyNot> = {
  ENOENT: "no_folder",
  ENOTDIR: "no_folder",
  EACCES: "unwritable",
  EPERM: "unwritable",
  EROFS: "unwritable",
  ENOSPC: "full",
  SQLITE_FULL: "full",
};

/** The same into a file that must not exist yet, for a connection that is open; on disk when it returns. */
export function copyInto(database: Database.Database, copy: string): void {
  // Made before it is filled, so that nobody else could ever read it.
  closeSync(openSync(copy, "wx", 0o600));
  database.prepare("VACUUM INTO ?").run(copy);
  sync(copy);
}

function checkCopy(copy: string): void {
  const database = new Database(copy, { readonly: true });
  try {
    checkEveryPage(database);
  } finally {
    database.close();
  }
}

function sync(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
