import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendAudit } from "../../src/store/audit.ts";
import { checkCanaries } from "../../src/store/canaries.ts";
import { openStore } from "../../src/store/database.ts";
import { newKeyLine } from "../../src/store/seal.ts";
import { inspectSqlite } from "../../src/store/sqlite-inspect.ts";
import { buildProgram, cleanUp, startChild } from "../command-line/child.ts";
import { figures } from "../hostile/figures.ts";
import { aKeyring } from "../support/two-engines.ts";

const lines = 100_000;
const folder = mkdtempSync(join(tmpdir(), "fermata-large-"));
const file = join(folder, "large.db");
const keyring = newKeyLine("test");
const environment = {
  DATABASE_URL: `file:${file}`,
  FERMATA_KEYRING: keyring,
  SLACK_SIGNING_SECRET: "canary-signing-secret",
  SLACK_BOT_TOKEN: "xoxb-canary-token",
  HOST: "127.0.0.1",
  PORT: "0",
};

const lineOf = (n: number) => ({
  event: "change.asked",
  subject: `chg_${n}`,
  detail: { connection: "burki", campaign: "42", reason: "wrong price, told by phone" },
});

beforeAll(async () => {
  await buildProgram();
  const store = await openStore(`file:${file}`);
  const check = await checkCanaries(store, aKeyring(keyring));
  if (!check.ok) throw new Error(check.sentence);
  for (let first = 0; first < lines; first += 1_000) {
    const added = Array.from({ length: 1_000 }, (_, n) => lineOf(first + n));
    const entry = { workspace: "T1", at: new Date(first), actor: "U0ANA00001", lines: added };
    await store.write((q) => appendAudit(q, entry));
  }
  await store.close();
}, 240_000);
afterAll(() => {
  cleanUp();
  rmSync(folder, { recursive: true, force: true });
});

async function timed<T>(work: () => Promise<T> | T): Promise<{ ms: number; value: T }> {
  const begun = performance.now();
  const value = await work();
  return { ms: Math.round(performance.now() - begun), value };
}

const megabytes = (path: string) => (statSync(path).size / 1e6).toFixed(1);

describe(`a database with ${lines} lines of record`, () => {
  it("H62: is looked at page by page, and started from", async () => {
    const look = await timed(() => inspectSqlite(file, { thorough: true }));
    const child = startChild(["serve"], environment);
    const start = await timed(() => child.ready());
    child.process.kill("SIGTERM");
    expect((await child.ended).code).toBe(0);
    figures(
      `${lines} lines, ${megabytes(file)} MB: every page looked at in ${look.ms} ms, ready ${start.ms} ms after the start`,
    );
  });

  it("H59: is verified to its last line", async () => {
    const verified = await timed(() => startChild(["audit", "verify"], environment).ended);
    expect(verified.value).toMatchObject({
      code: 0,
      out: `The record is whole: ${lines} lines.\n`,
    });
    figures(`${lines} lines verified in ${verified.ms} ms`);
  });

  it("is exported in less than 200 MB of memory", async () => {
    const child = startChild(["audit", "export"], environment);
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, memoryOf(child.process.pid));
    }, 50);
    const exported = await timed(() => child.ended);
    clearInterval(watch);
    expect(exported.value.out.trimEnd().split("\n")).toHaveLength(lines);
    figures(`${lines} lines exported in ${exported.ms} ms, in ${peak} MB of memory at most`);
    expect(peak).toBeLessThan(200);
  });

  it("is copied while the bot runs and writes, and the copy is whole", async () => {
    const copy = join(folder, "copy.db");
    const bot = startChild(["serve"], environment);
    const url = await bot.ready();
    const waits: number[] = [];
    let open = true;
    const probe = (async () => {
      while (open) waits.push((await timed(() => fetch(`${url}/readyz`))).ms);
    })();
    const copied = await timed(() => startChild(["backup", copy], environment).ended);
    open = false;
    await probe;
    bot.process.kill("SIGTERM");
    expect(copied.value).toMatchObject({ code: 0, err: "" });
    expect((await bot.ended).code).toBe(0);
    const verified = await startChild(["audit", "verify"], {
      ...environment,
      DATABASE_URL: `file:${copy}`,
    }).ended;
    expect(verified).toMatchObject({ code: 0, out: `The record is whole: ${lines} lines.\n` });
    const database = new Database(copy, { readonly: true });
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    database.close();
    const slowest = Math.max(...waits);
    figures(
      `backup of ${megabytes(copy)} MB in ${copied.ms} ms beside ${waits.length} writes, the slowest of them ${slowest} ms`,
    );
  });
});

/** Resident, in megabytes; 0 where the system does not say. */
function memoryOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
