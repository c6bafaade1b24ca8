import { describe, expect, it } from "vitest";
import { examineKeyring, examineStore, roomFinding } from "../../src/flows/examine-installation.ts";
import { freshStore } from "../support/two-engines.ts";
import { aWorld, connected } from "./a-world.ts";

const megabytes = (count: number) => count * 1_000_000;

describe("a look at the database", () => {
  it("is well while its disk could hold it once more", () => {
    const found = roomFinding({ bytes: megabytes(300), free: megabytes(301) });
    expect(found).toMatchObject({ ok: true, sentence: expect.stringContaining("301 MB left") });
  });

  it.each([
    ["an upgrade could not copy it", 300, 299],
    ["there is next to nothing left", 1, 19],
  ])("is not well where %s", (_, bytes, free) => {
    const found = roomFinding({ bytes: megabytes(bytes), free: megabytes(free) });
    expect(found).toMatchObject({ ok: false, sentence: expect.stringContaining("Make room") });
  });

  it("reads and writes PostgreSQL, whose disk is not ours to see", async () => {
    const { store, url } = await freshStore("postgres");
    expect(await examineStore({ store }, url)).toEqual({
      what: "database",
      ok: true,
      sentence: "It opens and can be written.",
    });
  });
});

describe("a look at the keyring", () => {
  it("counts what opens, and names the key of new seals", async () => {
    const { world } = await aWorld();
    await connected(world);
    const { ok, sentence } = await examineKeyring(world);
    expect([ok, sentence]).toEqual([
      true,
      "It is the one of this database; the 2 sealed values open. New seals use test.",
    ]);
  });

  it("names what does not open, and none of what is in it", async () => {
    const { world } = await aWorld();
    await connected(world);
    const put = { sealedSecret: "damaged" };
    await world.store.write((q) => q.update(q.t.connections).set(put));
    const { ok, sentence } = await examineKeyring(world);
    expect([ok, sentence]).toEqual([
      false,
      "Does not open: the connection burki. Connect it, or install it, again.",
    ]);
  });
});
