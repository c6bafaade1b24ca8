import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
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
  const url = engine === "sqlite" ? freshFile() : await freshPostgres(migratedTemplate);
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
  const folder = mkdtempSync(join(tmpdir(), "fermata-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return `file:${join(folder, "fermata.db")}`;
}

async function freshPostgres(template: string): Promise<string> {
  const response = await fetch(inject("postgresAt"));
  const server = await response.text();
  if (!response.ok) throw new Error(`PostgreSQL did not start: ${server}`);
  const name = `fermata_${randomBytes(8).toString("hex")}`;
  await asAdmin(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  onTestFinished(() => asAdmin(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  return `${server}/${name}`;
}

async function asAdmin(server: string, statement: string): Promise<void> {
  const client = new pg.Client(`${server}/postgres`);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
