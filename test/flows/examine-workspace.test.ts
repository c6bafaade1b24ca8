import { describe, expect, it } from "vitest";
import { examineConnections } from "../../src/flows/examine-workspace.ts";
import { addConnection, markBroken, removeConnection } from "../../src/store/connections.ts";
import { aWorld, connected, fails, workspace } from "./a-world.ts";

const never = () => new Promise<void>(() => undefined);

describe("a look at the connections", () => {
  it("says that there is none", async () => {
    const { world } = await aWorld();
    expect(await examineConnections(world, workspace)).toEqual([
      { what: "connections", workspace, ok: true, sentence: expect.stringContaining("connect") },
    ]);
  });

  it("makes one cheap call for each, by name, and changes nothing", async () => {
    const { world, shops } = await aWorld();
    const calls: string[] = [];
    for (const shop of Object.values(shops)) shop.before = (call) => void calls.push(call);
    for (const name of ["b", "a", "c"]) await connected(world, "burki", name);
    const found = await examineConnections(world, workspace);
    expect(found.map(({ what }) => what)).toEqual(["connection a", "connection b", "connection c"]);
    expect(calls).toEqual(["check", "check", "check"]);
  });

  it("hints at a name from before that is a word of the command", async () => {
    const { world } = await aWorld();
    const connection = await connected(world);
    await world.store.write((q) => removeConnection(q, workspace, connection.id));
    await world.store.write((q) => addConnection(q, { ...connection, name: "running" }));
    const [found] = await examineConnections(world, workspace);
    expect(found).toMatchObject({
      ok: true,
      sentence: expect.stringContaining("is also a word of the command"),
    });
  });

  it("looks at three at once, and no more", async () => {
    const { world, shops } = await aWorld();
    let [now, most] = [0, 0];
    let letGo = () => {};
    const three = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    shops.burki.before = async () => {
      now += 1;
      most = Math.max(most, now);
      if (now === 3) setTimeout(letGo, 20);
      await three;
      now -= 1;
    };
    for (let one = 0; one < 8; one += 1) await connected(world, "burki", `burki-${one}`);
    const found = await examineConnections(world, workspace);
    expect([found.length, found.every(({ ok }) => ok), most]).toEqual([8, true, 3]);
  });

  it("does not wait for a platform that does not answer", async () => {
    const { world, shops } = await aWorld();
    shops.burki.before = never;
    await connected(world);
    const [found] = await examineConnections({ ...world, haste: 1_000 }, workspace);
    expect(found).toMatchObject({ ok: false, sentence: expect.stringContaining("did not answer") });
  });

  it("leaves out what there is no time for, and says so", async () => {
    const { world, shops, passes } = await aWorld();
    shops.burki.before = () => passes(61_000);
    for (let one = 0; one < 4; one += 1) await connected(world, "burki", `burki-${one}`);
    const found = await examineConnections(world, workspace);
    expect(found.at(-1)?.sentence).toContain("It was not looked at");
  });

  it("tells a key that is refused, with what to do", async () => {
    const { world, shops } = await aWorld();
    shops.burki.before = fails("unauthorized", { status: 401, vendorText: "<secret words>" });
    await connected(world);
    const [found] = await examineConnections(world, workspace);
    expect(found?.sentence).toBe(
      "Burki does not accept our key any more (401). Nothing was changed. An admin can reconnect it: /campaign connect burki.",
    );
  });

  it("says that one which works was noted as broken", async () => {
    const { world, clock } = await aWorld();
    const { id } = await connected(world);
    await world.store.write((q) => markBroken(q, workspace, id, clock.at));
    const [found] = await examineConnections(world, workspace);
    expect(found).toMatchObject({ ok: true, sentence: expect.stringContaining("2027-01-04") });
  });
});
