import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { openConnection } from "../../src/flows/open-connection.ts";
import { auditOf } from "../../src/store/audit.ts";
import { checkCanaries, missingKeys } from "../../src/store/canaries.ts";
import {
  addConnection,
  connectionById,
  everyConnection,
  replaceConnection,
  secretPlace,
} from "../../src/store/connections.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { credentialAad, type Keyring, kidOf, newKeyLine } from "../../src/store/seal.ts";
import { everySealed } from "../../src/store/sealed.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { aWorld, connected } from "../flows/a-world.ts";
import { aConnection } from "../store/sample-connection.ts";
import { tamper } from "../store/tamper.ts";
import { aKeyring, freshDatabase, freshStore } from "../support/two-engines.ts";
import { bundled, removeBundles } from "./bundled.ts";
import { figures, seeded } from "./figures.ts";

const place = {
  workspace: "T1",
  vendor: "burki",
  connectionId: "con_1",
  field: "secret",
  version: 1,
};
const aad = credentialAad(place);
type Jwe = Record<string, string>;

describe("a sealed secret in the hands of somebody else", () => {
  it("is refused with any single bit turned, in any of its parts", async () => {
    const keyring = aKeyring();
    const jwe = JSON.parse(await keyring.seal('{"apiKey":"s3cret"}', aad)) as Jwe;
    let tried = 0;
    let opened = 0;
    for (const [part, text] of Object.entries(jwe)) {
      const bytes = Buffer.from(text, "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const turned = Buffer.from(bytes);
        turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        const sealed = JSON.stringify({ ...jwe, [part]: turned.toString("base64url") });
        if ((await keyring.open(sealed, aad)) !== undefined) opened += 1;
        tried += 1;
      }
    }
    figures(`single-bit flips of a sealed secret: ${tried}, opened: ${opened}`);
    expect(tried).toBeGreaterThan(1_000);
    expect(opened).toBe(0);
  });

  it("is refused with a shorter tag, another algorithm, or parts of two seals put together", async () => {
    const keyring = aKeyring();
    const [one, other] = (await Promise.all(
      ["first", "second"].map((plain) => keyring.seal(plain, aad)),
    ).then((sealed) => sealed.map((text) => JSON.parse(text)))) as [Jwe, Jwe];
    const header = (more: object) =>
      Buffer.from(
        JSON.stringify({
          ...JSON.parse(Buffer.from(one.protected ?? "", "base64url").toString()),
          ...more,
        }),
      ).toString("base64url");
    const forged: object[] = [
      ...[4, 8, 12, 15].map((length) => ({
        ...one,
        tag: Buffer.from(one.tag ?? "", "base64url")
          .subarray(0, length)
          .toString("base64url"),
      })),
      ...["dir", "A128GCMKW", "A256KW", "PBES2-HS256+A128KW", "none"].map((alg) => ({
        ...one,
        protected: header({ alg }),
      })),
      ...["A128GCM", "A256CBC-HS512"].map((enc) => ({ ...one, protected: header({ enc }) })),
      { ...one, protected: header({ kid: "other" }) },
      { ...one, protected: header({ zip: "DEF" }) },
      ...Object.keys(one).map((part) => ({ ...one, [part]: other[part] })),
      ...Object.keys(one).map((part) => ({ ...one, [part]: "" })),
      { ...one, aad: Buffer.from("[]").toString("base64url") },
      { ...one, unprotected: { alg: "dir" } },
    ];
    const results = await Promise.all(forged.map((jwe) => keyring.open(JSON.stringify(jwe), aad)));
    // Both headers are the same text, and a stray `aad` is replaced by our own: those two are no forgeries.
    const opened = results.filter((plain) => plain !== undefined && plain !== "first");
    figures(`forged seals: ${forged.length}, opened as something else: ${opened.length}`);
    expect(opened).toEqual([]);
    expect(results.filter((plain) => plain === undefined).length).toBeGreaterThan(20);
  });

  it("G56: is never sealed twice with the same key and nonce", async () => {
    const keyring = aKeyring();
    const count = 100_000;
    const started = performance.now();
    const ivs = new Set<string>();
    const keys = new Set<string>();
    const wraps = new Set<string>();
    for await (const sealed of sealedOver(keyring, count)) {
      const jwe = JSON.parse(sealed) as Jwe;
      ivs.add(jwe.iv ?? "");
      keys.add(jwe.encrypted_key ?? "");
      const header = JSON.parse(Buffer.from(jwe.protected ?? "", "base64url").toString());
      wraps.add(String(header.iv ?? jwe.header));
    }
    figures(
      `seals: ${count}, different iv: ${ivs.size}, different encrypted_key: ${keys.size}, ` +
        `different nonces of the wrap: ${wraps.size}; ${Math.round((performance.now() - started) / 1000)} s`,
    );
    expect([ivs.size, keys.size]).toEqual([count, count]);
    expect(wraps.size).toBe(count);
  });
});

/** The same text again and again, a hundred at a time. */
async function* sealedOver(keyring: Keyring, count: number): AsyncGenerator<string> {
  for (let n = 0; n < count; n += 100) {
    yield* await Promise.all(Array.from({ length: 100 }, () => keyring.seal("the same", aad)));
  }
}

describe("a row that was moved", () => {
  const statements: [string, string, string][] = [
    ["to another workspace", "UPDATE connections SET workspace = 'T2' WHERE id = $1", "T2"],
    ["to another vendor", "UPDATE connections SET vendor = 'woodpecker' WHERE id = $1", "T1"],
    ["to another version", "UPDATE connections SET version = version + 1 WHERE id = $1", "T1"],
    [
      "to another connection",
      "UPDATE connections SET sealed_secret = (SELECT sealed_secret FROM connections WHERE name = 'other') WHERE id = $1",
      "T1",
    ],
    [
      "by one turned byte",
      `UPDATE connections SET sealed_secret = json_set(sealed_secret, '$.tag', CASE substr(sealed_secret ->> '$.tag', 1, 1)
        WHEN 'A' THEN 'B' ELSE 'A' END || substr(sealed_secret ->> '$.tag', 2)) WHERE id = $1`,
      "T1",
    ],
    [
      "from the audit's own key",
      "UPDATE connections SET sealed_secret = (SELECT sealed FROM canaries WHERE kid = 'audit') WHERE id = $1",
      "T1",
    ],
    [
      "out of its field, cut short",
      "UPDATE connections SET sealed_secret = '{}' WHERE id = $1",
      "T1",
    ],
  ];

  it.each(statements)(
    "G54, G57: %s needs reconnecting, and the rest works",
    async (_, statement, where) => {
      const { world, url } = await aWorldOnFile();
      const moved = await connected(world, "burki", "moved");
      const other = await connected(world, "burki", "other");
      await tamper(url, statement.replace("$1", `'${moved.id}'`));
      const before = await world.store.read((q) => connectionById(q, where, moved.id));
      for (let times = 0; times < 2; times += 1) {
        const opened = await openConnection(world, where, moved.id);
        expect(opened).toMatchObject({
          kind: "sealed",
          sentence: expect.stringMatching(
            /could not be opened\. Nothing was sent\. An admin can reconnect/,
          ),
        });
      }
      const after = await world.store.read((q) => connectionById(q, where, moved.id));
      expect(after?.sealedSecret).toBe(before?.sealedSecret);
      expect(after?.brokenSince).toEqual(world.now());
      const lines = await world.store.read((q) => auditOf(q, where, moved.id));
      expect(lines.filter(({ event }) => event === "connection_broken")).toHaveLength(1);
      expect((await openConnection(world, "T1", other.id)).kind).toBe("open");
    },
  );

  it("G58: back to an older secret of the same connection needs reconnecting", async () => {
    const { world, url } = await aWorldOnFile();
    const first = await connected(world, "burki", "rolled");
    await connected(world, "burki", "rolled");
    await tamper(url, `UPDATE connections SET sealed_secret = '${first.sealedSecret}'`);
    expect((await openConnection(world, "T1", first.id)).kind).toBe("sealed");
  });

  it("G58: back to an older row, version and all, needs reconnecting, is on record and can be", async () => {
    const { world, url } = await aWorldOnFile();
    const { id } = await connected(world, "burki", "rolled");
    await tamper(url, "CREATE TABLE yesterday AS SELECT * FROM connections");
    await connected(world, "burki", "rolled");
    await tamper(
      url,
      "DELETE FROM connections",
      "INSERT INTO connections SELECT * FROM yesterday",
      "DROP TABLE yesterday",
    );
    for (let times = 0; times < 2; times += 1)
      expect((await openConnection(world, "T1", id)).kind).toBe("sealed");
    const lines = await world.store.read((q) => auditOf(q, "T1", id));
    expect(lines.map(({ event }) => event)).toEqual([
      "connected",
      "connected",
      "connection_broken",
    ]);
    expect(lines.at(-1)?.detail).toContain("an older key was put back");
    await connected(world, "burki", "rolled");
    expect((await openConnection(world, "T1", id)).kind).toBe("open");
  });

  it("is well again after it was connected again", async () => {
    const { world, url } = await aWorldOnFile();
    const { id } = await connected(world, "burki", "mended");
    await tamper(url, "UPDATE connections SET sealed_secret = '{}'");
    await openConnection(world, "T1", id);
    await connected(world, "burki", "mended");
    expect((await openConnection(world, "T1", id)).kind).toBe("open");
    const now = await world.store.read((q) => connectionById(q, "T1", id));
    expect(now).not.toHaveProperty("brokenSince");
  });

  it("under a key that this process has not is no damage: a restart mends it", async () => {
    const { world } = await aWorldOnFile();
    const { id, ...rest } = await connected(world, "burki", "early");
    const newer = aKeyring(newKeyLine("newer"));
    await world.store.write((q) => q.insert(q.t.canaries).values({ kid: "newer", sealed: "x" }));
    const next = { ...rest, id, version: 2 };
    next.sealedSecret = await newer.seal('{"apiKey":"k"}', secretPlace(next));
    await world.store.write((q) => replaceConnection(q, "T1", id, next));
    const opened = await openConnection(world, "T1", id);
    expect(opened).toMatchObject({ kind: "sealed", sentence: expect.stringContaining("restart") });
    const now = await world.store.read((q) => connectionById(q, "T1", id));
    expect(now).not.toHaveProperty("brokenSince");
    expect(await missingKeys(world.store, world.keyring)).toEqual(["newer"]);
  });
});

const kills = 50;
const rows = 200;

describe("G55: moving every seal to a new key, killed at any moment", () => {
  it(`leaves every row readable after each of ${kills} kills`, { timeout: 200_000 }, async () => {
    const random = seeded(20_260_804);
    const url = await freshDatabase("sqlite");
    const lines = [newKeyLine("one"), newKeyLine("two")];
    const rings = [lines.join("\n"), lines.toReversed().join("\n")];
    const store = await openStore(url);
    const [ring] = rings.map((text) => aKeyring(text));
    if (!ring) throw new Error("no keyring");
    await checkCanaries(store, ring);
    const secrets = await filled(store, ring);
    const started = performance.now();
    const ends = { killed: 0, finished: 0, midway: 0 };
    let aim = 1;
    // How long the work takes is the machine's affair: a kill that came too late makes the next ones come sooner.
    let within = 400;
    const program = await bundled("test/hostile/rewrap-process.ts");
    onTestFinished(removeBundles);
    let next = waiting(program);
    for (let round = 0; round < kills; round += 1) {
      const child = next;
      next = waiting(program);
      await child.loaded;
      child.process.stdin?.write(JSON.stringify({ url, keyring: rings[aim] }));
      await child.begins;
      // The bot beside it stores new keys in the meantime, under the key it knows as the first.
      const bot = aKeyring(rings[aim]);
      const changing = replaceSome(store, bot, secrets, random);
      await new Promise((resolve) => setTimeout(resolve, random() * within));
      child.process.kill("SIGKILL");
      await changing;
      const done = await child.ended;
      ends[done ? "finished" : "killed"] += 1;
      within = done ? within * 0.8 : Math.min(400, within * 1.1);
      const kids = await readAll(store, ring, secrets);
      if (kids.size > 1) ends.midway += 1;
      // Once all have arrived under one key, the next rounds move them back.
      if (kids.size === 1 && kids.has(aim === 1 ? "two" : "one")) aim = 1 - aim;
    }
    next.process.kill("SIGKILL");
    const file = new Database(url.slice("file:".length), { readonly: true });
    const integrity = file.pragma("integrity_check", { simple: true });
    file.close();
    const verdict = await verifyAudit(store);
    await store.close();
    figures(
      `kills during rewrap: ${ends.killed}, finished before: ${ends.finished}, found half way: ${ends.midway}; ` +
        `rows read after each: ${secrets.size}, unreadable: 0; ${Math.round((performance.now() - started) / 1000)} s`,
    );
    expect(integrity).toBe("ok");
    expect(verdict).toMatchObject({ ok: true });
    expect(ends.killed).toBeGreaterThan(kills / 2);
    expect(ends.midway).toBeGreaterThan(0);
  });
});

/** A process with everything loaded that waits for its word. */
function waiting(program: string): {
  process: ChildProcess;
  loaded: Promise<void>;
  begins: Promise<void>;
  /** True if it had finished before the kill. */
  ended: Promise<boolean>;
} {
  const child = spawn(process.execPath, [program]);
  let said = "";
  let faults = "";
  child.stdin.on("error", () => {});
  child.stderr.on("data", (text) => {
    faults += text;
  });
  child.stdout.on("data", (text) => {
    said += text;
    child.emit("said");
  });
  const ended = once(child, "close").then(([code, signal]) => {
    if (code) throw new Error(`the rewrap failed by itself (${code} ${signal}): ${faults}`);
    return said.includes("done");
  });
  const saying = async (word: string) => {
    let over = false;
    while (!over && !said.includes(word)) {
      over = await Promise.race([once(child, "said").then(() => false), ended.then(() => true)]);
    }
  };
  return { process: child, loaded: saying("loaded"), begins: saying("begins"), ended };
}

async function filled(store: Store, keyring: Keyring): Promise<Map<string, string>> {
  const secrets = new Map<string, string>();
  const all = await Promise.all(
    Array.from({ length: rows }, async (_, n) => {
      const id = `con_${n}`;
      const workspace = `T${n % 7}`;
      const secret = `{"apiKey":"first-${n}"}`;
      secrets.set(id, secret);
      const sealedSecret = await keyring.seal(
        secret,
        secretPlace({ workspace, vendor: "burki", id, version: 1 }),
      );
      return aConnection(keyring, { workspace, id, name: id, sealedSecret });
    }),
  );
  await store.write(async (q) => {
    for (const connection of all) await addConnection(q, connection);
  });
  return secrets;
}

/** Three people connect again; what they were told is stored must be what opens afterwards. */
async function replaceSome(
  store: Store,
  keyring: Keyring,
  secrets: Map<string, string>,
  random: () => number,
): Promise<void> {
  for (let times = 0; times < 3; times += 1) {
    const n = Math.floor(random() * rows);
    const old = await store.read((q) => connectionById(q, `T${n % 7}`, `con_${n}`));
    if (!old) throw new Error("a connection is gone");
    const next = { ...old, version: old.version + 1 };
    const secret = `{"apiKey":"again-${n}-${next.version}"}`;
    next.sealedSecret = await keyring.seal(secret, secretPlace(next));
    const kept = await store.write((q) => replaceConnection(q, old.workspace, old.id, next));
    if (kept) secrets.set(old.id, secret);
  }
}

/** Every row opens to what was last stored in it. Gives the keys in use. */
async function readAll(
  store: Store,
  keyring: Keyring,
  secrets: ReadonlyMap<string, string>,
): Promise<Set<string>> {
  const kids = new Set<string>();
  const connections = await store.read(everyConnection);
  expect(connections).toHaveLength(secrets.size);
  for (const connection of connections) {
    const plain = await keyring.open(connection.sealedSecret, secretPlace(connection));
    if (plain !== secrets.get(connection.id)) {
      throw new Error(
        `${connection.id} opens to ${plain}, and ${secrets.get(connection.id)} was stored`,
      );
    }
  }
  for (const { sealed, aad: bound } of await store.read(everySealed)) {
    expect(await keyring.open(sealed, bound)).toBeDefined();
    kids.add(kidOf(sealed) ?? "");
  }
  return kids;
}

async function aWorldOnFile() {
  const { world } = await aWorld();
  const { store, url, keyring } = await freshStore("sqlite");
  return { world: { ...world, store, keyring }, url };
}
