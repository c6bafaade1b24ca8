import { closeSync, fchmodSync, mkdirSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { boundedHandle } from "./bounded.ts";
import { driverCode, StoreRefused } from "./errors.ts";
import type { Q, Store, StoreOptions } from "./handle.ts";
import * as tables from "./schema.sqlite.ts";
import { copyInto } from "./sqlite-copy.ts";
import { damaged, inspectSqlite, isDamage } from "./sqlite-inspect.ts";
import { migrateSqlite } from "./sqlite-migrate.ts";
import { createWriteQueue, type SingleWriter } from "./write-queue.ts";

/** One writer with a queue before it and one reader that sees committed data only. Local disks only. */
export async function openSqlite(file: string, options: StoreOptions): Promise<Store> {
  const path = resolve(file);
  const exclusive = options.exclusive ?? false;
  const release = prepareFile(path, exclusive);
  let writer: Database.Database | undefined;
  try {
    inspectSqlite(path, { thorough: exclusive });
    writer = openWriter(path);
    migrateSqlite(writer, path);
    // From here on the queue waits for other writers: SQLite itself would stop the whole process meanwhile.
    writer.pragma("busy_timeout = 0");
    const reader = new Database(path, { readonly: true, timeout: busyMs });
    return createStore(writer, reader, release, options);
  } catch (error) {
    writer?.close();
    release();
    throw inWords(error);
  }
}

const busyMs = 2000;

function createStore(
  writer: Database.Database,
  reader: Database.Database,
  release: () => void,
  { onCommit = () => undefined }: StoreOptions,
): Store {
  const keys: Store["keys"] = { audit: undefined };
  const queue = createWriteQueue(singleWriter(writer), { onCommit, patienceMs: busyMs });
  const [writing, reading] = [drizzle(writer) as unknown as Q, drizzle(reader) as unknown as Q];
  const handle = (builders: Q) => boundedHandle(builders, tables, "sqlite", keys);
  return {
    engine: "sqlite",
    keys,
    async read(run) {
      const { q, end } = handle(reading);
      try {
        return await run(q);
      } finally {
        end();
      }
    },
    write(run) {
      const { q, end } = handle(writing);
      return queue.add(() => run(q), end);
    },
    async check() {
      // Writes a page without changing anything, so a full or read-only disk shows itself.
      const version = Number(writer.pragma("user_version", { simple: true }));
      const touch = async () => void writer.pragma(`user_version = ${version}`);
      await queue.add(touch, () => undefined);
    },
    async scrub() {
      await queue.drained();
      // Deleted pages were overwritten (secure_delete), but the log still holds them as they were.
      const [done] = writer.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
      if (done?.busy !== 0) throw new Error("the log of the database is being read");
    },
    async backup(copy) {
      copyInto(reader, copy);
    },
    async close() {
      await queue.drained();
      reader.close();
      writer.close();
      release();
    },
  };
}

function singleWriter(writer: Database.Database): SingleWriter {
  const statement = (text: string) => {
    const prepared = writer.prepare(text);
    return () => void prepared.run();
  };
  const release = statement("RELEASE one");
  const undo = statement("ROLLBACK TO one");
  return {
    begin: statement("BEGIN IMMEDIATE"),
    commit: statement("COMMIT"),
    rollback: statement("ROLLBACK"),
    savepoint: statement("SAVEPOINT one"),
    keepSavepoint: release,
    undoSavepoint() {
      undo();
      release();
    },
    inTransaction: () => writer.inTransaction,
    isHeldByOther: isBusy,
  };
}

function openWriter(path: string): Database.Database {
  const writer = new Database(path, { timeout: busyMs });
  writer.pragma("journal_mode = WAL");
  // Set explicitly: this build of SQLite takes NORMAL in WAL, which may lose acknowledged commits.
  writer.pragma("synchronous = FULL");
  writer.pragma("foreign_keys = ON");
  writer.pragma("secure_delete = ON");
  return writer;
}

/** The database file, readable by its owner only; held for this process alone if asked. Gives the release. */
function prepareFile(path: string, exclusive: boolean): () => void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  ownersOnly(path);
  if (!exclusive) return () => undefined;
  // Whoever may read it could hold it, too, and so keep us from starting.
  ownersOnly(`${path}.lock`);
  const lock = new Database(`${path}.lock`, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new StoreRefused(held(path), 75, { cause: error }) : error;
  }
  return () => void lock.close();
}

function ownersOnly(path: string): void {
  const handle = openSync(path, "a", 0o600);
  fchmodSync(handle, 0o600);
  closeSync(handle);
}

function held(path: string): string {
  return `Another process runs on ${path}. Nothing was changed. Stop that one first, or give this one another DATABASE_URL.`;
}

function isBusy(error: unknown): boolean {
  return driverCode(error).startsWith("SQLITE_BUSY");
}

function inWords(error: unknown): unknown {
  if (isDamage(error)) return damaged(error);
  if (isBusy(error)) {
    const sentence = "Another process keeps the database busy. Nothing was changed. Try again.";
    return new StoreRefused(sentence, 75, { cause: error });
  }
  return error;
}
