import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { quickFolder } from "../../sandbox/quick-folder.ts";
import { checkCanaries } from "../../src/store/canaries.ts";
import { openStore } from "../../src/store/database.ts";
import type { Engine, Store, StoreOptions } from "../../src/store/handle.ts";
import { type Keyring, newKeyLine, parseKeyring } from "../../src/store/seal.ts";
import { migratedTemplate } from "./postgres-on-demand.ts";

/** For `describe.each(engines)`: what is promised of the store is promised of both. */
export const engines: readonly Engine[] = ["sqlite", "postgres"];

/** A store of its own for one test, migrated, with its keyring opened; gone when the test ends. */
export async function freshStore(
  engine: Engine,
  options: StoreOptions = {},
): Promise<{ store: Store; url: string; keyring: Keyring }> {
  const url = engine === "sqlite" ? freshFile() : await emptyPostgres();
  const store = await openStore(url, options);
  onTestFinished(() => store.close());
  const keyring = aKeyring();
  const check = await checkCanaries(store, keyring);
  if (!check.ok) throw new Error(check.sentence);
  return { store, url, keyring };
}

export function aKeyring(text: string = newKeyLine("test")): Keyring {
  const reading = parseKeyring(text);
  if (!reading.ok) throw new Error(reading.problems.join("; "));
  return reading.keyring;
}

/** The address of a database that nobody has opened yet. */
export async function freshDatabase(engine: Engine): Promise<string> {
  return engine === "sqlite" ? freshFile() : freshPostgres("template1");
}

function freshFile(): string {
  const folder = mkdtempSync(join(quickFolder(), "fermata-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return `file:${join(folder, "fermata.db")}`;
}

/** Migrated databases of this test file that no test uses at the moment: emptying one is far quicker than making one. */
const spare: string[] = [];

async function emptyPostgres(): Promise<string> {
  const url = spare.pop() ?? (await freshPostgres(migratedTemplate));
  onTestFinished(() => void spare.push(url));
  // Without the triggers that protect the audit.
  await run(url, "SET session_replication_role = replica", emptyEveryTable);
  return url;
}

const emptyEveryTable = `DO $$ BEGIN
  EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') || ' RESTART IDENTITY'
    FROM pg_tables WHERE schemaname = 'public');
END $$`;

async function freshPostgres(template: string): Promise<string> {
  const response = await fetch(inject("postgresAt"));
  const server = await response.text();
  if (!response.ok) throw new Error(`PostgreSQL did not start: ${server}`);
  const name = `fermata_${randomBytes(8).toString("hex")}`;
  await run(`${server}/postgres`, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return `${server}/${name}`;
}

async function run(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
