import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { attemptsOf, closeAttempt, openAttempt } from "../../src/store/attempts.ts";
import { appendAudit, auditOf } from "../../src/store/audit.ts";
import { listChanges, loadChange } from "../../src/store/changes.ts";
import { claim } from "../../src/store/claim.ts";
import { commit } from "../../src/store/commit.ts";
import { addConnection, connectionByName, listConnections } from "../../src/store/connections.ts";
import { digestFor, setDigest } from "../../src/store/digests.ts";
import { enqueue } from "../../src/store/jobs.ts";
import { latestPolicy, savePolicy } from "../../src/store/policies.ts";
import { postAt, rememberPost } from "../../src/store/posts.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { aChange, asked, aTarget, later, noon } from "./sample-change.ts";
import { aConnection } from "./sample-connection.ts";

const statements = [
  "'; DROP TABLE connections; --",
  "' OR '1'='1",
  '" OR ""="',
  "x'); DELETE FROM audit; --",
  "\\'; UPDATE changes SET state='done'; --",
  "$1 ? ?1 :name @p %s {1}",
  "');ATTACH DATABASE '/tmp/x' AS x;--",
  "$$; SELECT pg_sleep(9); $$",
  "/* */ -- \n; VACUUM;",
  "%' UNION SELECT sealed_secret FROM connections --",
];

/** What the database says it consists of, but for how many rows there are. */
async function schemaOf(url: string): Promise<unknown[]> {
  if (url.startsWith("file:")) {
    const file = new Database(url.slice("file:".length), { readonly: true });
    const schema = file.prepare("SELECT type, name, sql FROM sqlite_master ORDER BY name").all();
    file.close();
    return schema;
  }
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(
    "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
  );
  await client.end();
  return rows;
}

describe.each(engines)("text made to be run on %s", (engine) => {
  it("E38: comes back from every field as it was written, and the schema stays as it is", async () => {
    const { store, url, keyring } = await freshStore(engine);
    const before = await schemaOf(url);
    expect(before.length).toBeGreaterThan(10);
    for (const [n, text] of statements.entries()) {
      const workspace = `T${n}${text}`;
      const connection = await aConnection(keyring, {
        ...{ workspace, id: text, name: text, baseUrl: text, createdBy: text },
        options: { [text]: text },
      });
      const target = aTarget({
        ...{ connectionId: text, connection: text, before: text, sentence: text },
        campaign: { id: text, name: text },
      });
      const change = aChange({
        ...{ id: `${n}${text}`, workspace, reason: text, askedBy: text, channel: text },
        targets: [target],
      });
      const attempt = {
        ...{ workspace, id: `${n}${text}`, targetId: target.id, number: 1 },
        ...({ action: "pause", startedAt: noon } as const),
      };
      const post = { workspace, id: text, changeId: change.id, channel: text, ts: text };
      const digest = { workspace, channel: text, time: text, zone: text, setBy: text, setAt: noon };
      const document = { [text]: [text] };
      const job = { kind: text, workspace, payload: { [text]: text }, key: `${n}${text}` };
      await store.write(async (q) => {
        await addConnection(q, connection);
        await commit(q, asked(change));
        await openAttempt(q, attempt);
        await closeAttempt(q, workspace, attempt.id, {
          endedAt: noon,
          result: "done",
          detail: text,
        });
        await rememberPost(q, { ...post, shownVersion: 1 });
        await savePolicy(q, { workspace, document, savedAt: noon, savedBy: text });
        await setDigest(q, digest);
        await enqueue(q, job, noon);
        const line = { event: text, subject: text, detail: { [text]: text } };
        await appendAudit(q, { workspace, at: noon, actor: text, lines: [line] });
      });
      await store.read(async (q) => {
        expect(await listConnections(q, workspace)).toStrictEqual([connection]);
        expect(await connectionByName(q, workspace, text)).toStrictEqual(connection);
        expect(await loadChange(q, workspace, change.id)).toMatchObject({
          reason: text,
          targets: [{ campaign: { id: text, name: text } }],
        });
        expect(await listChanges(q, { workspace, limit: 10 })).toHaveLength(1);
        expect(await attemptsOf(q, workspace, change.id)).toMatchObject([{ detail: text }]);
        expect(await postAt(q, workspace, text, text)).toMatchObject(post);
        expect((await latestPolicy(q, workspace))?.document).toEqual(document);
        expect(await digestFor(q, workspace)).toStrictEqual(digest);
        expect(await auditOf(q, workspace, text)).toMatchObject([{ actor: text, event: text }]);
      });
      const wanted = { kinds: [text], token: text, count: 9, now: later(1), leaseMs: 9 };
      expect(await claim(store, wanted)).toMatchObject([job]);
    }
    expect(await schemaOf(url)).toEqual(before);
    expect(await store.read((q) => q.$count(q.t.connections))).toBe(statements.length);
  });
});

describe("the sources", () => {
  const src = join(import.meta.dirname, "../../src");
  const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [name, readFileSync(join(src, name), "utf8")] as const);

  it("E38: run no SQL that was glued together", () => {
    for (const [name, text] of sources) {
      expect(text, name).not.toMatch(/\bsql\.raw\(|\bsql\.identifier\(/);
      const runs = name.startsWith("store/")
        ? text.matchAll(/\.(?:exec|prepare|query)\(\s*(.)/g)
        : [];
      const loose = [...runs].filter(([, first]) => first !== '"').map(([all]) => all);
      // The driver's own compiled text, with its values apart.
      expect(loose, name).toEqual(name === "store/sqlite.ts" ? [".prepare(t"] : []);
    }
  });
});
