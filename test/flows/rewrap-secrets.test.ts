import { describe, expect, it } from "vitest";
import { retireKey } from "../../src/flows/retire-key.ts";
import { rewrapSecrets } from "../../src/flows/rewrap-secrets.ts";
import { auditOf } from "../../src/store/audit.ts";
import { checkCanaries, missingKeys, usagePerKey } from "../../src/store/canaries.ts";
import {
  addConnection,
  type Connection,
  everyConnection,
  replaceConnection,
  resealConnection,
  secretPlace,
} from "../../src/store/connections.ts";
import type { Q } from "../../src/store/handle.ts";
import { type Keyring, kidOf, newKeyLine } from "../../src/store/seal.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { saveInstall } from "../../src/store/workspaces.ts";
import { noon } from "../store/sample-change.ts";
import { aConnection } from "../store/sample-connection.ts";
import { tamper } from "../store/tamper.ts";
import { aKeyring, engines, freshStore } from "../support/two-engines.ts";

const [oldLine, newLine] = [newKeyLine("old"), newKeyLine("new")];
const before = aKeyring(oldLine);
const grown = aKeyring(`${newLine}\n${oldLine}`);
const after = aKeyring(newLine);
const now = () => noon;
const by = "the command line";

describe.each(engines)("moving every seal to a new key on %s", (engine) => {
  /** A database under the old key, with this many connections, opened with the grown keyring. */
  async function sealedUnderOld(count: number) {
    const { store, url } = await freshStore(engine);
    await store.write((q) => q.delete(q.t.canaries));
    await checkCanaries(store, before);
    const all = await Promise.all(
      Array.from({ length: count }, (_, n) =>
        aConnection(before, { workspace: `T${n % 3}`, id: `con_${n}`, name: `Burki ${n}` }),
      ),
    );
    await store.write(async (q) => {
      for (const connection of all) await addConnection(q, connection);
    });
    await checkCanaries(store, grown);
    return { store, url, keyring: grown, now };
  }

  const opens = (keyring: Keyring, connection: Connection) =>
    keyring.open(connection.sealedSecret, secretPlace(connection));

  it("leaves nothing under the old one, changes no secret, and may be done again", async () => {
    const world = await sealedUnderOld(130);
    expect(await rewrapSecrets(world, by)).toEqual({ moved: 131, unreadable: [] });
    expect(await world.store.read(usagePerKey)).toEqual(new Map([["new", 131]]));
    for (const connection of await world.store.read(everyConnection)) {
      expect(await opens(after, connection)).toBe('{"apiKey":"s3cret-canary-key"}');
      expect(connection.version).toBe(1);
    }
    expect(await rewrapSecrets(world, by)).toEqual({ moved: 0, unreadable: [] });
  });

  it("puts it on record in each workspace, and the record still holds", async () => {
    const world = await sealedUnderOld(5);
    await rewrapSecrets(world, by);
    const lines = await world.store.read((q) => auditOf(q, "T0", "new"));
    expect(lines).toMatchObject([{ event: "secrets_rewrapped", actor: by, detail: '{"count":2}' }]);
    expect(await verifyAudit(world.store)).toMatchObject({ ok: true });
    expect(JSON.stringify(lines)).not.toContain("canary");
  });

  it("leaves alone what does not open, and names it", async () => {
    const world = await sealedUnderOld(2);
    await tamper(world.url, "UPDATE connections SET version = 7 WHERE id = 'con_0'");
    const damaged = (await world.store.read(everyConnection)).find(({ version }) => version === 7);
    expect(await rewrapSecrets(world, by)).toEqual({
      moved: 2,
      unreadable: [{ workspace: "T0", what: "the connection Burki 0" }],
    });
    const still = (await world.store.read(everyConnection)).find(({ version }) => version === 7);
    expect(still?.sealedSecret).toBe(damaged?.sealedSecret);
    expect(await retireKey(world, "old", by)).toEqual({ kind: "in_use", uses: 1 });
  });

  it("G55: never puts an old secret over one that came meanwhile", async () => {
    const world = await sealedUnderOld(1);
    const [connection] = await world.store.read(everyConnection);
    if (!connection) throw new Error("there is no connection");
    const next = { ...connection, version: 2 };
    next.sealedSecret = await before.seal('{"apiKey":"newer"}', secretPlace(next));
    // The bot stores a new key after the seals were read and before they are written.
    let replaced = false;
    const keyring: Keyring = {
      ...grown,
      async seal(plain, aad) {
        if (!replaced) {
          replaced = true;
          await world.store.write((q) => replaceConnection(q, "T0", "con_0", next));
        }
        return grown.seal(plain, aad);
      },
    };
    expect(await rewrapSecrets({ ...world, keyring }, by)).toEqual({ moved: 2, unreadable: [] });
    const [now] = await world.store.read(everyConnection);
    if (!now) throw new Error("the connection is gone");
    expect([kidOf(now.sealedSecret), now.version]).toEqual(["new", 2]);
    expect(await opens(after, now)).toBe('{"apiKey":"newer"}');
  });

  it("may be done by two at once", async () => {
    const world = await sealedUnderOld(110);
    const both = await Promise.all([rewrapSecrets(world, by), rewrapSecrets(world, by)]);
    expect(both.reduce((sum, { moved }) => sum + moved, 0)).toBe(111);
    expect(await world.store.read(usagePerKey)).toEqual(new Map([["new", 111]]));
  });

  it("G55: never lets go of a key under which something is kept at the same moment", async () => {
    const world = await sealedUnderOld(0);
    await rewrapSecrets(world, by);
    const late = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        aConnection(before, { workspace: "T9", id: `late_${n}`, name: `Late ${n}` }),
      ),
    );
    const [retired] = await Promise.all([
      retireKey(world, "old", by),
      ...late.map((one) =>
        world.store.write((q) => addConnection(q, one)).catch((error: unknown) => error),
      ),
    ]);
    const uses = (await world.store.read(usagePerKey)).get("old") ?? 0;
    expect([retired.kind, uses > 0]).toEqual(uses > 0 ? ["in_use", true] : ["retired", false]);
    if (retired.kind === "retired")
      await expect(
        world.store.write((q) => addConnection(q, late[0] as Connection)),
      ).rejects.toThrow("The key old was retired");
  });

  it("G55: keeps nothing that was sealed with a retired key", async () => {
    const world = await sealedUnderOld(1);
    await rewrapSecrets(world, by);
    expect(await retireKey(world, "old", by)).toMatchObject({ kind: "retired" });
    const [kept] = await world.store.read(everyConnection);
    if (!kept) throw new Error("there is no connection");
    const stale = { ...kept, version: 2, sealedSecret: await before.seal("{}", ["any"]) };
    const late = await aConnection(before, { workspace: "T7", id: "con_7", name: "Late" });
    for (const write of [
      async (q: Q) => void (await addConnection(q, late)),
      async (q: Q) => void (await replaceConnection(q, kept.workspace, kept.id, stale)),
      async (q: Q) => void (await resealConnection(q, kept, stale.sealedSecret)),
      async (q: Q) =>
        saveInstall(q, {
          ...{ id: "T1", orgWide: false, version: 1, appId: "A", botId: "B", botUserId: "U" },
          ...{ scopes: "", installedBy: "U1", installedAt: noon, sealedToken: stale.sealedSecret },
        }),
    ])
      await expect(world.store.write(write)).rejects.toThrow("The key old was retired");
    expect(await missingKeys(world.store, after)).toEqual([]);
    expect(await checkCanaries(world.store, before)).toMatchObject({ ok: false, wrong: "old" });
    expect(await retireKey(world, "old", by)).toMatchObject({ kind: "retired" });
  });

  it("G55: lets go of the old key only when it holds nothing", async () => {
    const world = await sealedUnderOld(1);
    expect(await retireKey(world, "old", by)).toEqual({ kind: "in_use", uses: 2 });
    expect(await missingKeys(world.store, after)).toEqual(["old"]);
    await rewrapSecrets(world, by);
    expect(await missingKeys(world.store, after)).toEqual([]);
    expect(await retireKey(world, "old", by)).toEqual({ kind: "retired", inKeyring: true });
    expect(await retireKey(world, "new", by)).toEqual({ kind: "active" });
    expect(await retireKey(world, "other", by)).toEqual({ kind: "unknown" });
    expect(await checkCanaries(world.store, after)).toEqual({ ok: true });
    const lines = await world.store.read((q) => auditOf(q, "fermata", "old"));
    expect(lines).toMatchObject([{ event: "key_retired", actor: by }]);
  });
});
