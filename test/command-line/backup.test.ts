import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { tamper } from "../store/tamper.ts";
import { type OwnTerminal, ownTerminal } from "./own-terminal.ts";

/** A terminal whose database holds one connection, and a name beside it for a copy. */
async function withDatabase(): Promise<OwnTerminal & { file: string; copy: string }> {
  const own = ownTerminal();
  const line = "connect --workspace T1 --vendor burki --name one --no-check";
  await own.types(line, '{"apiKey":"canary-1234567890"}');
  const file = (own.environment.DATABASE_URL ?? "").slice("file:".length);
  return { ...own, file, copy: join(dirname(file), "copy.db") };
}

function migrationsIn(path: string): number {
  const database = new Database(path, { readonly: true });
  const count = database.prepare("SELECT count(*) FROM __drizzle_migrations").pluck().get();
  database.close();
  return Number(count);
}

describe("fermata backup", () => {
  it("makes a copy for its owner alone, which opens and whose record is whole", async () => {
    const { types, environment, copy } = await withDatabase();
    const bytes = /^Copied the database to .*copy\.db: (\d+) bytes\.$/;
    const { code, out } = await types(["backup", copy]);
    expect([code, bytes.exec(out)?.[1]]).toEqual([0, String(statSync(copy).size)]);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    const restored = ownTerminal({ ...environment, DATABASE_URL: `file:${copy}` });
    expect((await restored.types("audit verify")).out).toBe("The record is whole: 1 line.");
    expect((await restored.types("connections --workspace T1")).out).toContain("one");
  });

  it("prints where it is and how large, as JSON", async () => {
    const { reads, copy } = await withDatabase();
    expect(await reads(["backup", copy, "--json"])).toEqual({
      file: copy,
      bytes: statSync(copy).size,
    });
  });

  it("needs no keyring, and leaves the database as it is", async () => {
    const { environment, file, copy } = await withDatabase();
    const before = readFileSync(file);
    const keyless = ownTerminal({ DATABASE_URL: environment.DATABASE_URL, FERMATA_KEYRING: "" });
    expect((await keyless.types(["backup", copy])).code).toBe(0);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("copies an older database as it is, and does not bring it up to date", async () => {
    const { types, environment, file, copy } = await withDatabase();
    const older = migrationsIn(file) - 1;
    await tamper(
      environment.DATABASE_URL ?? "",
      "DELETE FROM __drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM __drizzle_migrations)",
    );
    expect((await types(["backup", copy])).code).toBe(0);
    expect(migrationsIn(copy)).toBe(older);
  });

  it("refuses a file that exists, and leaves that as it is", async () => {
    const { types, copy } = await withDatabase();
    writeFileSync(copy, "");
    const { code, out, err } = await types(["backup", copy]);
    expect([code, out, err]).toEqual([65, "", `${copy} exists already. Nothing was copied.`]);
    expect(statSync(copy).size).toBe(0);
    mkdirSync(`${copy}.d`);
    expect((await types(["backup", `${copy}.d`])).code).toBe(65);
  });

  it("refuses a folder that is not there", async () => {
    const { types, copy } = await withDatabase();
    const { code, err } = await types(["backup", join(dirname(copy), "none", "copy.db")]);
    expect([code, err]).toEqual([
      65,
      expect.stringMatching(/does not exist\. Nothing was copied\.$/),
    ]);
  });

  it("refuses where there is no database, and makes none", async () => {
    const { types, environment } = ownTerminal();
    const { code, err } = await types(["backup", "copy.db"]);
    expect([code, err]).toEqual([
      78,
      "There is no database where DATABASE_URL points. Nothing was copied.",
    ]);
    expect(existsSync((environment.DATABASE_URL ?? "").slice("file:".length))).toBe(false);
  });

  it("refuses PostgreSQL in words", async () => {
    const { types } = ownTerminal({ DATABASE_URL: "postgres://u:canary@127.0.0.1:1/none" });
    const { code, err } = await types("backup copy.db");
    expect([code, err]).toEqual([
      78,
      "Only SQLite is copied by this; for PostgreSQL use pg_dump. Nothing was copied.",
    ]);
  });

  it("H62: refuses to call a damaged database's copy a backup, and leaves none", async () => {
    const { types, file, copy } = await withDatabase();
    const bytes = readFileSync(file);
    // Whole pages: half of one may be its unused half, and one alone may be a free one.
    const middle = Math.floor(bytes.length / 2 / 4096) * 4096;
    writeFileSync(file, bytes.fill(0xa5, middle, middle + 3 * 4096));
    const { code, err } = await types(["backup", copy]);
    expect([code, err]).toEqual([78, expect.stringContaining("damaged")]);
    expect(existsSync(copy)).toBe(false);
  });
});
