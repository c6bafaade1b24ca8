import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { appendAudit, everyHead, exportAudit } from "../../src/store/audit.ts";
import type { Store } from "../../src/store/handle.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { noon } from "./sample-change.ts";
import { tamper } from "./tamper.ts";

async function write(store: Store, workspace: string, lines: number): Promise<void> {
  for (let index = 0; index < lines; index += 1) {
    const line = { event: "change.asked", subject: `chg_${index}`, detail: { index } };
    await store.write((q) => appendAudit(q, { workspace, at: noon, actor: "U1", lines: [line] }));
  }
}

describe.each(engines)("the audit on %s", (engine) => {
  it("is a chain without gaps, however many write at once", async () => {
    const { store } = await freshStore(engine);
    await Promise.all(Array.from({ length: 20 }, () => write(store, "T1", 2)));
    await write(store, "T2", 1);
    expect(await verifyAudit(store)).toEqual({ ok: true, lines: 41 });
    const seqs = [];
    for await (const line of exportAudit(store, "T1")) seqs.push(line.seq);
    expect(seqs).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it("is empty and well in a new database", async () => {
    const { store } = await freshStore(engine);
    expect(await verifyAudit(store)).toEqual({ ok: true, lines: 0 });
  });

  it("holds no record of a workspace that never was, and says so", async () => {
    const { store } = await freshStore(engine);
    await write(store, "T1", 1);
    expect(await verifyAudit(store, "T-nobody")).toEqual({
      ok: false,
      workspace: "T-nobody",
      sentence: "T-nobody: no record of this workspace is kept here.",
    });
  });

  it("H59: lets nobody change or delete a line", async () => {
    const { store } = await freshStore(engine);
    await write(store, "T1", 2);
    await expect(store.write((q) => q.update(q.t.audit).set({ actor: "U9" }))).rejects.toThrow();
    await expect(store.write((q) => q.delete(q.t.audit))).rejects.toThrow();
    expect(await verifyAudit(store)).toEqual({ ok: true, lines: 2 });
  });

  it.each([
    ["workspace", "'T9'"],
    ["seq", "9"],
    ["at", "at + 1"],
    ["actor", "'U9'"],
    ["event", "'change.askee'"],
    ["subject", "'chg_x'"],
    ["detail", `'{"index": 2}'`],
    ["previous_hash", "'g' || substr(previous_hash, 2)"],
    ["hash", "'g' || substr(hash, 2)"],
  ])("H59: finds a line whose %s was altered", async (column, value) => {
    const { store, url } = await freshStore(engine);
    await write(store, "T1", 4);
    await tamper(url, `UPDATE audit SET ${column} = ${value} WHERE seq = 3`);
    expect(await verifyAudit(store)).toMatchObject({ ok: false, workspace: "T1", seq: 3 });
  });

  it.each([
    ["a line from the middle", "DELETE FROM audit WHERE seq = 2", 2],
    ["the first line", "DELETE FROM audit WHERE seq = 1", 1],
    ["the last lines", "DELETE FROM audit WHERE seq > 2", 3],
    ["every line", "DELETE FROM audit", 1],
    ["the head", "DELETE FROM audit_heads", 4],
  ])("H59: misses %s", async (_what, statement, seq) => {
    const { store, url } = await freshStore(engine);
    await write(store, "T1", 4);
    await tamper(url, statement);
    expect(await verifyAudit(store)).toMatchObject({ ok: false, workspace: "T1", seq });
  });

  it("H59: finds a tail that was cut off with the head moved back to hide it", async () => {
    const { store, url } = await freshStore(engine);
    await write(store, "T1", 4);
    await tamper(
      url,
      "DELETE FROM audit WHERE seq = 4",
      "UPDATE audit_heads SET seq = 3, hash = (SELECT hash FROM audit WHERE seq = 3)",
    );
    expect(await verifyAudit(store)).toMatchObject({ ok: false, sentence: /altered/ });
  });

  it("H59: finds by a line known from elsewhere that the tail was cut off with its own proof", async () => {
    const { store, url } = await freshStore(engine);
    await write(store, "T1", 3);
    const [older] = await store.read((q) => q.select().from(q.t.auditHeads));
    const denied = { event: "change.denied", subject: "chg_0" };
    const entry = { workspace: "T1", at: noon, actor: "U2", lines: [denied] };
    await store.write((q) => appendAudit(q, entry));
    const [known] = await everyHead(store);
    expect(await verifyAudit(store, "T1", known)).toEqual({ ok: true, lines: 4 });
    await tamper(
      url,
      "DELETE FROM audit WHERE seq = 4",
      `UPDATE audit_heads SET seq = 3, hash = '${older?.hash}', proof = '${older?.proof}'`,
    );
    expect(await verifyAudit(store, "T1")).toEqual({ ok: true, lines: 3 });
    expect(await verifyAudit(store, "T1", known)).toMatchObject({ ok: false, seq: 4 });
    await write(store, "T1", 2);
    expect(await verifyAudit(store, "T1", known)).toMatchObject({ ok: false, seq: 4 });
    await tamper(url, "DELETE FROM audit", "DELETE FROM audit_heads");
    expect(await verifyAudit(store, "T1", known)).toMatchObject({ ok: false, seq: 1 });
  });

  it("H59: finds a line that somebody else added at the end", async () => {
    const { store, url } = await freshStore(engine);
    await write(store, "T1", 2);
    await tamper(
      url,
      "INSERT INTO audit SELECT workspace, 3, at, actor, event, subject, detail, hash, previous_hash FROM audit WHERE seq = 2",
    );
    expect(await verifyAudit(store)).toMatchObject({ ok: false, seq: 3 });
  });

  it("names the workspace that was touched and leaves the others well", async () => {
    const { store, url } = await freshStore(engine);
    await write(store, "T1", 2);
    await write(store, "T2", 2);
    await tamper(url, "UPDATE audit SET actor = 'U9' WHERE workspace = 'T2' AND seq = 2");
    expect(await verifyAudit(store, "T1")).toEqual({ ok: true, lines: 2 });
    expect(await verifyAudit(store)).toMatchObject({ ok: false, workspace: "T2", seq: 2 });
  });

  it("writes no line when the step around it fails", async () => {
    const { store } = await freshStore(engine);
    const lines = [{ event: "change.asked", subject: randomUUID() }];
    const failing = store.write(async (q) => {
      await appendAudit(q, { workspace: "T1", at: noon, actor: "U1", lines });
      throw new Error("boom");
    });
    await expect(failing).rejects.toThrow("boom");
    await write(store, "T1", 1);
    expect(await verifyAudit(store)).toEqual({ ok: true, lines: 1 });
  });

  it("verifies while others write", async () => {
    const { store } = await freshStore(engine);
    await write(store, "T1", 5);
    const [verdict] = await Promise.all([verifyAudit(store), write(store, "T1", 20)]);
    expect(verdict.ok).toBe(true);
    const rows = await store.read((q) => q.select({ n: sql<number>`max(seq)` }).from(q.t.audit));
    expect(Number(rows[0]?.n)).toBe(25);
  });
});
