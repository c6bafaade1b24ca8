import { beforeEach, describe, expect, it } from "vitest";
import { checkConnectionNow } from "../../src/flows/check-connection.ts";
import { openConnection } from "../../src/flows/open-connection.ts";
import { auditOf } from "../../src/store/audit.ts";
import { connectionById } from "../../src/store/connections.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

let here: AWorld;
let id: string;
beforeEach(async () => {
  here = await aWorld();
  id = (await connected(here.world, "burki", "sales")).id;
});

const checks = () => checkConnectionNow(here.world, workspace, id);
const isBroken = async () =>
  (await here.world.store.read((q) => connectionById(q, workspace, id)))?.brokenSince !== undefined;
const broken = async () => {
  const lines = await here.world.store.read((q) => auditOf(q, workspace, id));
  return lines.filter(({ event }) => event === "connection_broken").length;
};

describe("checking the key of a connection", () => {
  it("tells with how many campaigns it works", async () => {
    here.shops.burki.campaigns.push(aCampaign(), aCampaign({ id: "7" }));
    expect(await checks()).toEqual({ kind: "works", name: "sales", vendor: "burki", campaigns: 2 });
  });

  it("keeps on record that it is refused, and that it works again", async () => {
    here.shops.burki.before = fails("unauthorized", { status: 401 });
    expect(await checks()).toMatchObject({
      kind: "broken",
      sentence: expect.stringMatching(/^The key of sales is stored but could not be checked\. /),
    });
    await checks();
    expect([await isBroken(), await broken()]).toEqual([true, 1]);
    here.shops.burki.before = undefined;
    expect((await checks()).kind).toBe("works");
    expect(await isBroken()).toBe(false);
    expect((await verifyAudit(here.world.store)).ok).toBe(true);
  });

  it("does not call a key broken because its platform is away for a moment", async () => {
    here.shops.burki.before = fails("unavailable", { status: 503 });
    expect((await checks()).kind).toBe("broken");
    expect([await isBroken(), await broken()]).toEqual([false, 0]);
  });

  it("throws what nobody foresaw", async () => {
    here.shops.burki.before = () => {
      throw new TypeError("a surprise");
    };
    await expect(checks()).rejects.toThrow("a surprise");
    expect(await isBroken()).toBe(false);
  });

  it("says of a key that does not open how to mend it, and has that on record once", async () => {
    const { store } = here.world;
    await store.write((q) => q.update(q.t.connections).set({ sealedSecret: "{}" }));
    for (const _ of [1, 2]) {
      expect(await checks()).toEqual({
        kind: "broken",
        sentence:
          "The key of sales could not be opened. Nothing was sent. An admin can reconnect it: /campaign connect burki.",
      });
    }
    expect(await broken()).toBe(1);
  });

  it("knows nothing of a connection that is gone, or of another workspace", async () => {
    expect(await checkConnectionNow(here.world, "T_OTHER", id)).toEqual({ kind: "gone" });
    expect(await openConnection(here.world, workspace, "con_none")).toEqual({
      kind: "gone",
      why: "This connection has been removed.",
      sentence: "This connection has been removed. Nothing was sent.",
    });
  });
});
