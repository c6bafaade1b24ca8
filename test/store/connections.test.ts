import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  addConnection,
  connectionById,
  connectionByName,
  everyConnection,
  listConnections,
  markBroken,
  markWell,
  removeConnection,
  replaceConnection,
  resealConnection,
} from "../../src/store/connections.ts";
import { credentialAad } from "../../src/store/seal.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { later, noon } from "./sample-change.ts";
import { aConnection } from "./sample-connection.ts";
import { tamper } from "./tamper.ts";

describe.each(engines)("connections on %s", (engine) => {
  it("come back as they were, by id and by any spelling of their name", async () => {
    const { store, keyring } = await freshStore(engine);
    const connection = await aConnection(keyring, { name: "Sales EU", options: { orgId: "7" } });
    expect(await store.write((q) => addConnection(q, connection))).toBe(true);
    await store.read(async (q) => {
      expect(await connectionById(q, "T1", "con_1")).toStrictEqual(connection);
      expect(await connectionByName(q, "T1", " sales eu ")).toStrictEqual(connection);
      expect(await listConnections(q, "T1")).toStrictEqual([connection]);
    });
  });

  it("have one name each within a workspace", async () => {
    const { store, keyring } = await freshStore(engine);
    const add = async (parts: object) => {
      const connection = await aConnection(keyring, parts);
      return store.write((q) => addConnection(q, connection));
    };
    const added = [
      await add({ id: "con_1" }),
      await add({ id: "con_2", name: "BURKI" }),
      await add({ id: "con_2", workspace: "T2" }),
    ];
    expect(added).toEqual([true, false, true]);
  });

  it("are another workspace's as little as unknown ones are ours", async () => {
    const { store, keyring } = await freshStore(engine);
    const connection = await aConnection(keyring);
    await store.write((q) => addConnection(q, connection));
    await store.write(async (q) => {
      expect(await connectionById(q, "T2", "con_1")).toBeUndefined();
      expect(await connectionByName(q, "T2", "burki")).toBeUndefined();
      expect(await listConnections(q, "T2")).toEqual([]);
      expect(await removeConnection(q, "T2", "con_1")).toBe(false);
    });
    expect(await store.read(everyConnection)).toHaveLength(1);
  });

  it("take a new key only on top of the version it was sealed for", async () => {
    const { store, keyring } = await freshStore(engine);
    const connection = await aConnection(keyring);
    await store.write((q) => addConnection(q, connection));
    await store.write((q) => markBroken(q, "T1", "con_1", noon));
    const next = { ...connection, version: 2, sealedSecret: "sealed anew" };
    expect(await store.write((q) => replaceConnection(q, "T1", "con_1", next))).toBe(true);
    expect(await store.write((q) => replaceConnection(q, "T1", "con_1", next))).toBe(false);
    const now = await store.read((q) => connectionById(q, "T1", "con_1"));
    expect(now).toStrictEqual(next);
  });

  it("remember since when they are broken, until they are well", async () => {
    const { store, keyring } = await freshStore(engine);
    const connection = await aConnection(keyring);
    await store.write((q) => addConnection(q, connection));
    const first = await store.write((q) => markBroken(q, "T1", "con_1", noon));
    const second = await store.write((q) => markBroken(q, "T1", "con_1", later(1000)));
    const broken = await store.read((q) => connectionById(q, "T1", "con_1"));
    expect([first, second, broken?.brokenSince]).toEqual([true, false, noon]);
    await store.write((q) => markWell(q, "T1", "con_1"));
    expect(await store.read((q) => connectionById(q, "T1", "con_1"))).toStrictEqual(connection);
  });

  it("are sealed again under another key only if they did not change meanwhile", async () => {
    const { store, keyring } = await freshStore(engine);
    const connection = await aConnection(keyring);
    await store.write((q) => addConnection(q, connection));
    expect(await store.write((q) => resealConnection(q, connection, "anew"))).toBe(true);
    expect(await store.write((q) => resealConnection(q, connection, "late"))).toBe(false);
  });

  it("do not open when their row was moved to another workspace", async () => {
    const { store, url, keyring } = await freshStore(engine);
    const connection = await aConnection(keyring);
    await store.write((q) => addConnection(q, connection));
    await tamper(url, "UPDATE connections SET workspace = 'T2'");
    const moved = await store.read((q) => connectionById(q, "T2", "con_1"));
    if (!moved) throw new Error("the row was not moved");
    const aad = credentialAad({ ...moved, connectionId: moved.id, field: "secret" });
    expect(await keyring.open(moved.sealedSecret, aad)).toBeUndefined();
  });
});

describe("the SQLite file of a removed connection", () => {
  it("D34: holds neither the secret nor what was left of its row", async () => {
    const { store, url, keyring } = await freshStore("sqlite");
    const connection = await aConnection(keyring);
    await store.write((q) => addConnection(q, connection));
    await store.write((q) => removeConnection(q, "T1", "con_1"));
    await store.close();
    const file = readFileSync(url.slice("file:".length));
    expect(file.includes("s3cret-canary-key")).toBe(false);
    expect(file.includes(connection.sealedSecret)).toBe(false);
  });
});
