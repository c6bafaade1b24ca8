import { setTimeout } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { boundedHandle } from "./bounded.ts";
import { isClash } from "./errors.ts";
import type { Q, Store, StoreOptions } from "./handle.ts";
import { findMigrations, needsMigration } from "./migrations.ts";
import * as tables from "./schema.postgres.ts";

const mostConnections = 10;
const mostTries = 8;

/** A pool; several processes may share the database. */
export async function openPostgres(url: string, options: StoreOptions): Promise<Store> {
  const { onFault = () => undefined, onCommit = () => undefined } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: mostConnections,
    connectionTimeoutMillis: 5_000,
    // A write that awaits something other than the database must not hold its rows for long.
    idle_in_transaction_session_timeout: 10_000,
  });
  pool.on("error", onFault);
  try {
    await migratePostgres(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const keys: Store["keys"] = { audit: undefined };
  const database = drizzle(pool);
  const bounded = async <T>(builders: object, run: (q: Q) => Promise<T>): Promise<T> => {
    const { q, end } = boundedHandle(builders as Q, tables, "postgres", keys);
    try {
      return await run(q);
    } finally {
      end();
    }
  };
  return {
    engine: "postgres",
    keys,
    read: (run) => bounded(database, run),
    async write(run, { strict = false } = {}) {
      const isolationLevel = strict ? "serializable" : "read committed";
      const value = await retrying(() =>
        database.transaction((tx) => bounded(tx, run), { isolationLevel }),
      );
      onCommit(1);
      return value;
    },
    async check() {
      const { rows } = await pool.query<{ readonly: string }>(
        "SELECT current_setting('transaction_read_only') AS readonly",
      );
      if (rows[0]?.readonly !== "off") throw new Error("the database takes no writes");
    },
    async scrub() {},
    async backup() {
      throw new Error("a PostgreSQL database is copied with pg_dump");
    },
    close: () => pool.end(),
  };
}

async function retrying<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (!isClash(error) || tries >= mostTries) throw error;
      await setTimeout(Math.random() * 5 * 2 ** tries);
    }
  }
}

/** Any number that no other program would take; drizzle's own migrator takes no lock at all. */
const migrationLock = 7_316_402;

async function migratePostgres(pool: pg.Pool): Promise<void> {
  const migrations = findMigrations("postgres");
  const client = await pool.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    if (needsMigration(migrations, await applied(client))) {
      await migrate(drizzle(client), { migrationsFolder: migrations.folder });
    }
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [migrationLock]);
    client.release();
  }
}

async function applied(client: pg.PoolClient): Promise<number[]> {
  const { rows } = await client.query<{ found: boolean }>(
    "SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS found",
  );
  if (!rows[0]?.found) return [];
  const made = await client.query<{ made: string }>(
    "SELECT created_at AS made FROM drizzle.__drizzle_migrations",
  );
  return made.rows.map((row) => Number(row.made));
}
