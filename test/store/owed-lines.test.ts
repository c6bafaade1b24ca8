import { describe, expect, it } from "vitest";
import { appendAudit } from "../../src/store/audit.ts";
import { commit } from "../../src/store/commit.ts";
import { addConnection } from "../../src/store/connections.ts";
import { enqueue } from "../../src/store/jobs.ts";
import { savePolicy } from "../../src/store/policies.ts";
import { purgeWorkspace } from "../../src/store/purge.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { verifyHeads } from "../../src/store/verify-heads.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { aChange, noon } from "./sample-change.ts";
import { aConnection } from "./sample-connection.ts";
import { tamper } from "./tamper.ts";

type Fresh = Awaited<ReturnType<typeof freshStore>>;

async function furnish(
  { store, keyring }: Pick<Fresh, "store" | "keyring">,
  workspace: string,
): Promise<void> {
  const id = `con_${workspace}`;
  const connection = await aConnection(keyring, { workspace, id });
  const change = aChange({ workspace, id: `chg_${workspace}` });
  const document = { version: 1, rules: [] };
  await store.write(async (q) => {
    await addConnection(q, connection);
    await savePolicy(q, { workspace, document, savedAt: noon, savedBy: "U1" });
    const lines = [
      { event: "connected", subject: id },
      { event: "policy_saved", subject: workspace, detail: { version: 1 } },
    ];
    await appendAudit(q, { workspace, at: noon, actor: "U1", lines });
    const audit = [{ event: "asked", subject: change.id }];
    await commit(q, { workspace, at: noon, actor: "U1", change: { after: change }, audit });
  });
}

const gone = (workspace: string) => [
  `DELETE FROM audit WHERE workspace = '${workspace}'`,
  `DELETE FROM audit_heads WHERE workspace = '${workspace}'`,
];

describe.each(engines)("what the record must hold on %s", (engine) => {
  it("is all there while nobody has touched it", async () => {
    const fresh = await freshStore(engine);
    const { store } = fresh;
    await furnish(fresh, "T1");
    await furnish(fresh, "T2");
    expect(await verifyAudit(store)).toEqual({ ok: true, lines: 6 });
    expect(await verifyHeads(store)).toEqual({ ok: true, lines: 6 });
  });

  it("is missed where lines and head of one workspace are both deleted", async () => {
    const fresh = await freshStore(engine);
    const { store, url } = fresh;
    await furnish(fresh, "T1");
    await furnish(fresh, "T2");
    await tamper(url, ...gone("T2"));
    for (const only of [undefined, "T2"])
      expect(await verifyAudit(store, only)).toMatchObject({ ok: false, workspace: "T2", seq: 1 });
    expect(await verifyAudit(store, "T1")).toEqual({ ok: true, lines: 3 });
    expect(await verifyHeads(store)).toEqual({ ok: false, workspace: "T2" });
  });

  it.each(["changes", "connections", "policies"])(
    "is missed where nothing but %s is left of a workspace",
    async (left) => {
      const fresh = await freshStore(engine);
      const { store, url } = fresh;
      await furnish(fresh, "T1");
      const others = ["changes", "connections", "policies"].filter((one) => one !== left);
      const clear = others.map((table) => `DELETE FROM ${table}`);
      await tamper(url, ...gone("T1"), "DELETE FROM targets", ...clear);
      expect(await verifyAudit(store)).toMatchObject({ ok: false, workspace: "T1", seq: 1 });
    },
  );

  it("is missed where an older head covers a cut end", async () => {
    const fresh = await freshStore(engine);
    const { store, url } = fresh;
    await furnish(fresh, "T1");
    const [head] = await store.read((q) => q.select().from(q.t.auditHeads));
    const change = aChange({ workspace: "T1", id: "chg_later", targets: [] });
    await store.write((q) =>
      commit(q, {
        workspace: "T1",
        at: noon,
        actor: "U1",
        change: { after: change },
        audit: [{ event: "asked", subject: change.id }],
      }),
    );
    await tamper(
      url,
      "DELETE FROM audit WHERE seq = 4",
      `UPDATE audit_heads SET seq = ${head?.seq}, hash = '${head?.hash}', proof = '${head?.proof}'`,
    );
    expect(await verifyAudit(store)).toMatchObject({ ok: false, workspace: "T1", seq: 4 });
  });

  it("is missed where a new record was begun in the place of the old one", async () => {
    const fresh = await freshStore(engine);
    const { store, url } = fresh;
    await furnish(fresh, "T1");
    await tamper(url, ...gone("T1"));
    const lines = [{ event: "digest_set", subject: "T1" }];
    await store.write((q) => appendAudit(q, { workspace: "T1", at: noon, actor: "U1", lines }));
    expect(await verifyAudit(store)).toMatchObject({ ok: false, workspace: "T1", seq: 2 });
  });

  it("is nothing for a workspace with jobs alone, and for one that was removed", async () => {
    const fresh = await freshStore(engine);
    const { store } = fresh;
    const job = { kind: "sweep_removed", workspace: "T3", payload: {} };
    await store.write((q) => enqueue(q, job, noon));
    expect(await verifyAudit(store)).toEqual({ ok: true, lines: 0 });
    const nothing = await verifyAudit(store, "T3");
    expect(nothing).toMatchObject({ ok: false, sentence: expect.stringContaining("no record") });
    await furnish(fresh, "T1");
    await store.write((q) => purgeWorkspace(q, "T1", noon));
    expect(await verifyAudit(store)).toEqual({ ok: true, lines: 0 });
    expect(await verifyHeads(store)).toEqual({ ok: true, lines: 0 });
  });

  it("may outlive all that it tells of", async () => {
    const { store } = await freshStore(engine);
    const lines = [{ event: "connected", subject: "con_1" }];
    await store.write((q) => appendAudit(q, { workspace: "T1", at: noon, actor: "U1", lines }));
    expect(await verifyAudit(store, "T1")).toEqual({ ok: true, lines: 1 });
  });
});
