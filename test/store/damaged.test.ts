import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openStore } from "../../src/store/database.ts";
import { enqueue } from "../../src/store/jobs.ts";
import { findMigrations } from "../../src/store/migrations.ts";
import { freshDatabase } from "../support/two-engines.ts";
import { noon } from "./sample-change.ts";

const pathOf = (url: string) => url.slice("file:".length);

/** A file with some rows, its log folded into it. */
async function filled(): Promise<string> {
  const url = await freshDatabase("sqlite");
  const store = await openStore(url);
  await store.write(async (q) => {
    const payload = { text: "x".repeat(400) };
    for (let n = 0; n < 500; n += 1) {
      await enqueue(q, { kind: "tidy", workspace: null, payload, key: `n:${n}` }, noon);
    }
  });
  await store.close();
  return url;
}

/** The file and its log, byte for byte; an empty log is none. */
const bytesOf = (url: string) =>
  ["", "-wal"].map((end) => {
    const file = pathOf(url) + end;
    return existsSync(file) ? readFileSync(file).toString("base64") : "";
  });

function overwrite(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, at, at + 4096);
  writeFileSync(file, bytes);
}

const refusal = (url: string) =>
  openStore(url, { exclusive: true }).then(
    (store) => store.close().then(() => undefined),
    (error) => error,
  );

describe("a damaged file", () => {
  it.each<[string, (file: string, size: number) => void]>([
    ["4 kB in its middle are overwritten", (file, size) => overwrite(file, size >> 1)],
    ["4 kB across two pages are overwritten", (file, size) => overwrite(file, (size >> 1) + 2000)],
    ["its beginning is overwritten", (file) => overwrite(file, 0)],
    ["its second half is gone", (file, size) => truncateSync(file, size >> 1)],
    ["it was never a database", (file) => writeFileSync(file, "Dear diary, ".repeat(2000))],
  ])("H62: is refused with 78 and left byte for byte, when %s", async (_what, spoil) => {
    const url = await filled();
    spoil(pathOf(url), readFileSync(pathOf(url)).length);
    const before = bytesOf(url);
    const refused = await refusal(url);
    expect(refused).toMatchObject({ name: "StoreRefused", exitCode: 78 });
    expect(refused.message).toContain("Restore a backup");
    expect(bytesOf(url)).toEqual(before);
  });

  it("H62: is started from again as soon as its backup is in its place", async () => {
    const url = await filled();
    const backup = readFileSync(pathOf(url));
    overwrite(pathOf(url), backup.length >> 1);
    expect(await refusal(url)).toMatchObject({ exitCode: 78 });
    writeFileSync(pathOf(url), backup);
    expect(await refusal(url)).toBeUndefined();
  });
});

describe("a file that a newer program has written", () => {
  it("H64: is refused with 78, its log left in place as well", async () => {
    const url = await filled();
    const newer = new Database(pathOf(url));
    const { made } = findMigrations("sqlite");
    const future = Math.max(...made) + 1;
    newer.exec(`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', ${future})`);
    // As a killed program leaves it: what is newest stands in the log only.
    const left = bytesOf(url);
    newer.close();
    const [file = "", log = ""] = left;
    writeFileSync(pathOf(url), Buffer.from(file, "base64"));
    writeFileSync(`${pathOf(url)}-wal`, Buffer.from(log, "base64"));
    expect(log).not.toBe("");
    expect(await refusal(url)).toMatchObject({ name: "StoreRefused", exitCode: 78 });
    expect(bytesOf(url)).toEqual(left);
  });
});
