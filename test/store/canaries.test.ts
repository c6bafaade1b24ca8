import { describe, expect, it } from "vitest";
import { rewrapSecrets } from "../../src/flows/rewrap-secrets.ts";
import { appendAudit } from "../../src/store/audit.ts";
import { checkCanaries, usagePerKey } from "../../src/store/canaries.ts";
import { addConnection } from "../../src/store/connections.ts";
import { newKeyLine } from "../../src/store/seal.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { aKeyring, engines, freshStore } from "../support/two-engines.ts";
import { noon } from "./sample-change.ts";
import { aConnection } from "./sample-connection.ts";

describe.each(engines)("the keyring of a database on %s", (engine) => {
  it("is known again at the next start", async () => {
    const { store, keyring } = await freshStore(engine);
    expect(await checkCanaries(store, keyring)).toEqual({ ok: true });
  });

  it("G54: is refused if its key is another one of the same name", async () => {
    const { store } = await freshStore(engine);
    expect(await checkCanaries(store, aKeyring())).toMatchObject({ ok: false, wrong: "test" });
  });

  it("G54: is refused if it lacks the key that this database was sealed with", async () => {
    const { store } = await freshStore(engine);
    const foreign = aKeyring(newKeyLine("other"));
    expect(await checkCanaries(store, foreign)).toMatchObject({ ok: false, wrong: "test" });
  });

  it("may grow by a new first key, and the audit goes on under it", async () => {
    const old = newKeyLine("old");
    const { store } = await freshStore(engine);
    await store.write((q) => q.delete(q.t.canaries));
    expect(await checkCanaries(store, aKeyring(old))).toEqual({ ok: true });
    const line = { event: "x", subject: "y" };
    const entry = { workspace: "T1", at: noon, actor: "U1", lines: [line] };
    await store.write((q) => appendAudit(q, entry));
    const grown = aKeyring(`${newKeyLine("new")}\n${old}`);
    expect(await checkCanaries(store, grown)).toEqual({ ok: true });
    await rewrapSecrets({ store, keyring: grown, now: () => noon }, "U1");
    await store.write((q) => appendAudit(q, entry));
    expect(await verifyAudit(store)).toEqual({ ok: true, lines: 3 });
    const usage = await store.read(usagePerKey);
    expect([usage.get("new"), usage.get("old")]).toEqual([1, undefined]);
  });

  it("counts what each key holds", async () => {
    const { store, keyring } = await freshStore(engine);
    const connection = await aConnection(keyring);
    await store.write((q) => addConnection(q, connection));
    const usage = await store.read(usagePerKey);
    expect(usage.get("test")).toBe(2);
  });
});
