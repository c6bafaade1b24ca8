import * as postgres from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";

/** What both engines have in common, typed as SQLite; tables are written once against it. */
export const sqliteKit = {
  table: sqlite.sqliteTable,
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
  foreignKey: sqlite.foreignKey,
  serial: (name: string) => sqlite.integer(name).primaryKey({ autoIncrement: true }),
  text: (name: string) => sqlite.text(name),
  int: (name: string) => sqlite.integer(name),
  /** Unix milliseconds, read and written as a Date. */
  time: (name: string) => sqlite.integer(name, { mode: "timestamp_ms" }),
  bool: (name: string) => sqlite.integer(name, { mode: "boolean" }),
  json: <T>(name: string) => sqlite.text(name, { mode: "json" }).$type<T>(),
};
export type Kit = typeof sqliteKit;

const postgresTime = postgres.customType<{ data: Date; driverData: string | number }>({
  dataType: () => "bigint",
  toDriver: (date) => date.getTime(),
  fromDriver: (value) => new Date(Number(value)),
});

// The one cast of the schema: the suites that run on both engines keep it honest.
export const postgresKit = {
  table: postgres.pgTable,
  index: postgres.index,
  uniqueIndex: postgres.uniqueIndex,
  primaryKey: postgres.primaryKey,
  foreignKey: postgres.foreignKey,
  serial: (name: string) => postgres.bigserial(name, { mode: "number" }).primaryKey(),
  text: (name: string) => postgres.text(name),
  int: (name: string) => postgres.integer(name),
  time: (name: string) => postgresTime(name),
  bool: (name: string) => postgres.boolean(name),
  json: (name: string) => postgres.jsonb(name),
} as unknown as Kit;
