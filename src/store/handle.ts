import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { Schema } from "./schema.ts";

export type Engine = "sqlite" | "postgres";

/**
 * What a query may use on either engine: builders that are awaited, nothing else. `t` holds the tables.
 * Valid only until the `read` or `write` it was handed to ends.
 */
export type Q = Pick<
  BaseSQLiteDatabase<"async", unknown, Schema>,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "$count"
> & {
  t: Schema;
  engine: Engine;
  /** The key of the audit chain; throws before `checkCanaries` has opened it. */
  auditKey(): Uint8Array;
};

interface WriteOptions {
  /** SERIALIZABLE on PostgreSQL, for the rare rule over several rows. */
  strict?: boolean;
}

export interface Store {
  engine: Engine;
  /** Committed data only. */
  read<T>(run: (q: Q) => Promise<T>): Promise<T>;
  /**
   * One transaction, which may be run again after a clash: await only the database in it, and decide by
   * compare-and-set or a unique key, never by read-then-write. Resolves when the commit is on disk.
   */
  write<T>(run: (q: Q) => Promise<T>, options?: WriteOptions): Promise<T>;
  /** Throws if nothing can be written just now. */
  check(): Promise<void>;
  /** Takes what was deleted out of the file and its log for good. Throws while another process reads. SQLite only. */
  scrub(): Promise<void>;
  /** A consistent copy in a new file; SQLite only. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
  /** Where the opened audit key is kept; set by `checkCanaries` alone. */
  keys: { audit: Uint8Array | undefined };
}

export interface StoreOptions {
  /** SQLite: holds the file for this process alone; a second one is refused. For `serve`. */
  exclusive?: boolean | undefined;
  /** Told of faults that belong to no caller, such as a lost idle connection. */
  onFault?: ((error: unknown) => void) | undefined;
  /** Told of each commit that made writes durable, with how many shared it. */
  onCommit?: ((writes: number) => void) | undefined;
}
