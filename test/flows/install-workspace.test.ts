import { describe, expect, it } from "vitest";
import { type Granted, installWorkspace } from "../../src/flows/install-workspace.ts";
import {
  forgetWorkspace,
  sweepRemoved,
  uninstallWorkspace,
} from "../../src/flows/uninstall-workspace.ts";
import { setAway } from "../../src/store/absences.ts";
import { appendAudit } from "../../src/store/audit.ts";
import { commit } from "../../src/store/commit.ts";
import { addConnection } from "../../src/store/connections.ts";
import type { Store } from "../../src/store/handle.ts";
import { enqueue } from "../../src/store/jobs.ts";
import { rememberPerson } from "../../src/store/known-people.ts";
import { keepLastList } from "../../src/store/last-lists.ts";
import { rememberPost } from "../../src/store/posts.ts";
import { appendOnce } from "../../src/store/repeats.ts";
import { Secret } from "../../src/store/secret.ts";
import { writeStop } from "../../src/store/stops.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { everyInstall, installById, rememberServed, tokenAad } from "../../src/store/workspaces.ts";
import { aPerson } from "../domain/builders.ts";
import { keptLog } from "../queue/kept-log.ts";
import { aChange, asked } from "../store/sample-change.ts";
import { aConnection } from "../store/sample-connection.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { aWorld } from "./a-world.ts";

const noon = new Date("2027-01-04T12:00:00Z");
const later = (ms: number) => new Date(noon.getTime() + ms);

describe.each(engines)("on %s", (engine) => {
  async function aHouse() {
    const { store, keyring } = await freshStore(engine);
    const { log } = keptLog();
    const { world } = await aWorld();
    const clock = { at: noon };
    return { ...world, store, keyring, log, now: () => clock.at, clock };
  }

  type AHouse = Awaited<ReturnType<typeof aHouse>>;

  const granted = (parts: Partial<Granted> = {}): Granted => ({
    id: "T1",
    orgWide: false,
    token: new Secret("xoxb-one"),
    appId: "A1",
    botId: "B1",
    botUserId: "U1",
    scopes: "commands",
    installedBy: "U2",
    ...parts,
  });
  const ids = async (store: Store) => (await store.read(everyInstall)).map(({ id }) => id);

  describe("an install", () => {
    it("seals the token to its workspace and version", async () => {
      const world = await aHouse();
      expect(await installWorkspace(world, granted())).toEqual({ isNew: true });
      expect(await installWorkspace(world, granted({ token: new Secret("xoxb-two") }))).toEqual({
        isNew: false,
      });
      const row = await world.store.read((q) => installById(q, "T1"));
      if (!row) throw new Error("not there");
      expect(await world.keyring.open(row.sealedToken, tokenAad(row))).toBe("xoxb-two");
      for (const other of [
        { ...row, version: 1 },
        { ...row, id: "T2" },
      ])
        expect(await world.keyring.open(row.sealedToken, tokenAad(other))).toBe(undefined);
    });

    it("made several times at once is one row, with a line of record each and one welcome", async () => {
      const world = await aHouse();
      const all = Array.from({ length: 4 }, () => installWorkspace(world, granted()));
      expect((await Promise.all(all)).filter(({ isNew }) => isNew)).toHaveLength(1);
      expect((await world.store.read((q) => installById(q, "T1")))?.version).toBe(4);
      expect(await world.store.read((q) => q.$count(q.t.audit))).toBe(4);
      expect(await world.store.read((q) => q.$count(q.t.jobs))).toBe(1);
    });
  });

  describe("an uninstall", () => {
    /** A workspace with a row in every table that can have one. */
    async function furnish({ store, keyring }: AHouse, workspace: string) {
      const change = aChange({ workspace });
      const connection = await aConnection(keyring, { workspace });
      await store.write(async (q) => {
        await commit(q, asked(change));
        await addConnection(q, connection);
        const place = { workspace, changeId: change.id, channel: "C1", ts: "1" };
        await rememberPost(q, { ...place, id: "p1", shownVersion: 1 });
        await q.insert(q.t.attempts).values({
          ...{ workspace, id: "a1", targetId: change.targets[0]?.id ?? "" },
          ...{ number: 1, action: "pause", startedAt: noon },
        });
        const vote = { workspace, changeId: change.id, person: "U9", at: noon, steps: [] };
        await q.insert(q.t.votes).values({ ...vote, kind: "deny" });
        await q
          .insert(q.t.policies)
          .values({ workspace, version: 1, document: {}, savedAt: noon, savedBy: "U9" });
        await q.insert(q.t.digests).values({
          workspace,
          channel: "C1",
          time: "09:00",
          zone: "UTC",
          setBy: "U9",
          setAt: noon,
        });
        await q.insert(q.t.choices).values({
          ...{ workspace, id: "c1", person: "U9", setId: "s", wish: {}, createdAt: noon },
        });
        const list = { workspace, connectionId: connection.id, readAt: noon, campaigns: [] };
        await keepLastList(q, list);
        const line = { event: "refused", subject: "U9" };
        await appendOnce(q, { workspace, at: noon, actor: "U9", line });
        const heard = { workspace, id: "chg_stop", at: noon, askedBy: aPerson({ id: "U9" }) };
        await writeStop(q, { ...heard, connectionIds: [connection.id] });
        await rememberServed(q, workspace, "E1");
        const away = { workspace, person: "U9", standIn: "U8", since: noon, until: later(1) };
        await setAway(q, away);
        await rememberPerson(q, workspace, { person: aPerson({ id: "U9" }), seenAt: noon });
        await enqueue(q, { kind: "show_change", workspace, payload: { typed: "words" } }, noon);
        await enqueue(
          q,
          {
            kind: "slack_request",
            workspace,
            payload: { typed: "words" },
            key: `slack:${workspace}`,
          },
          noon,
        );
      });
    }

    async function rowsOf(store: Store, workspace: string): Promise<Record<string, number>> {
      const found: Record<string, number> = {};
      await store.read(async (q) => {
        for (const [name, table] of Object.entries(q.t)) {
          const rows = await q.select().from(table);
          const own = rows.filter(
            (row) => "workspace" in row && row.workspace === workspace,
          ).length;
          if (own > 0) found[name] = own;
        }
      });
      return found;
    }

    it("G52: removes every row of the workspace, in every table, and no row of another", async () => {
      const world = await aHouse();
      const { store } = world;
      for (const id of ["T1", "T2"]) {
        await installWorkspace(world, granted({ id }));
        await furnish(world, id);
      }
      const other = await rowsOf(store, "T2");
      const tables = await store.read(async (q) =>
        Object.entries(q.t).filter(([, table]) => "workspace" in table),
      );
      const never = ["purges"];
      expect(Object.keys(other).sort()).toEqual(
        tables
          .map(([name]) => name)
          .filter((name) => !never.includes(name))
          .sort(),
      );
      await uninstallWorkspace(world, { id: "T1", at: noon });
      expect(await rowsOf(store, "T1")).toEqual({});
      expect(await rowsOf(store, "T2")).toEqual(other);
      expect(await ids(store)).toEqual(["T2"]);
      expect(await store.read((q) => q.$count(q.t.purges))).toBe(0);
      expect((await verifyAudit(store)).ok).toBe(true);
    });

    it("D34: leaves nothing of it in memory either, and all of the others", async () => {
      const world = await aHouse();
      const names = world.memories.open<string>({ ms: 3_600_000, most: 10 });
      for (const id of ["T1", "T2"]) {
        await installWorkspace(world, granted({ id }));
        names.set(id, "42", "Spring launch");
        world.recentLists.set(id, "con_1:1", Promise.resolve({ campaigns: [] }));
      }
      await uninstallWorkspace(world, { id: "T1", at: noon });
      const left = ["T1", "T2"].map((id) => [names.count(id), world.recentLists.count(id)]);
      expect(left).toEqual([
        [0, 0],
        [1, 1],
      ]);
      // What was in hand at that moment may have remembered once more.
      names.set("T1", "42", "Spring launch");
      await sweepRemoved(world, ["T1", "T2"]);
      expect([names.count("T1"), names.count("T2")]).toEqual([0, 1]);
    });

    it("remembers that a request was seen, and nothing of what it said", async () => {
      const world = await aHouse();
      await installWorkspace(world, granted());
      await furnish(world, "T1");
      await uninstallWorkspace(world, { id: "T1", at: noon });
      const jobs = await world.store.read((q) => q.select().from(q.t.jobs));
      const seen = jobs.find(({ key }) => key === "slack:T1");
      expect(seen).toMatchObject({ kind: "seen", workspace: null, payload: {} });
      expect(JSON.stringify(jobs)).not.toContain("words");
    });

    it("G52: is ignored when it is older than the install", async () => {
      const world = await aHouse();
      await installWorkspace(world, granted());
      await uninstallWorkspace(world, { id: "T1", at: later(-1000) });
      expect(await ids(world.store)).toEqual(["T1"]);
    });

    it("G52: is ignored when other bots' tokens ended", async () => {
      const world = await aHouse();
      await installWorkspace(world, granted());
      await uninstallWorkspace(world, { id: "T1", at: later(1000), botUsers: ["U7"] });
      expect(await ids(world.store)).toEqual(["T1"]);
      await uninstallWorkspace(world, { id: "T1", at: later(1000), botUsers: ["U7", "U1"] });
      expect(await ids(world.store)).toEqual([]);
    });

    it("of an organisation takes the workspaces that lived by it, and spares those with their own", async () => {
      const world = await aHouse();
      const { store } = world;
      await installWorkspace(world, granted({ id: "E1", orgWide: true }));
      await installWorkspace(world, granted({ id: "T2" }));
      for (const id of ["T1", "T2"]) await furnish(world, id);
      const other = await rowsOf(store, "T2");
      await uninstallWorkspace(world, { id: "E1", at: noon });
      expect(await rowsOf(store, "T1")).toEqual({});
      expect(await rowsOf(store, "T2")).toEqual(other);
      expect(await ids(store)).toEqual(["T2"]);
    });

    it("is swept up after, unless somebody has installed it again", async () => {
      const world = await aHouse();
      const { store } = world;
      const late = {
        workspace: "T1",
        at: noon,
        actor: "fermata",
        lines: [{ event: "x", subject: "y" }],
      };
      await store.write((q) => appendAudit(q, late));
      await sweepRemoved(world, ["T1"]);
      expect(await rowsOf(store, "T1")).toEqual({});
      await installWorkspace(world, granted());
      await sweepRemoved(world, ["T1"]);
      expect(await ids(store)).toEqual(["T1"]);
    });

    it("works for the one workspace whose token the environment holds", async () => {
      const world = await aHouse();
      await furnish(world, "T1");
      await forgetWorkspace(world, "T1");
      expect(await rowsOf(world.store, "T1")).toEqual({});
    });

    it("is the only way to delete a line of the audit", async () => {
      const world = await aHouse();
      await installWorkspace(world, granted());
      const forbidden = world.store.write((q) => q.delete(q.t.audit));
      await expect(forbidden).rejects.toThrow();
      const otherwise = world.store.write(async (q) => {
        await q.insert(q.t.purges).values({ workspace: "T2", at: noon });
        await q.delete(q.t.audit);
      });
      await expect(otherwise).rejects.toThrow();
      expect(await world.store.read((q) => q.$count(q.t.audit))).toBe(1);
    });
  });
});
