import { beforeEach, describe, expect, it } from "vitest";
import { vendorNames } from "../../src/domain/campaign.ts";
import { isGrammarWord } from "../../src/domain/connection-name.ts";
import { connectVendor, type NewConnection, tryKey } from "../../src/flows/connect-vendor.ts";
import { checkConnection } from "../../src/flows/connection-problems.ts";
import { disconnectVendor } from "../../src/flows/disconnect-vendor.ts";
import { openConnection } from "../../src/flows/open-connection.ts";
import { addConnection, listConnections } from "../../src/store/connections.ts";
import { type AWorld, aWorld, fails, workspace } from "./a-world.ts";

let here: AWorld;
beforeEach(async () => {
  here = await aWorld();
});

const wanted = (parts: Partial<NewConnection> = {}): NewConnection => ({
  workspace,
  vendor: "burki",
  name: "sales-eu",
  options: {},
  secret: { apiKey: "k3y-of-a-vendor" },
  by: "U_ADA",
  ...parts,
});

const connect = (parts: Partial<NewConnection> = {}, check = false) =>
  connectVendor(here.world, wanted(parts), { check });
const rows = () => here.world.store.read((q) => listConnections(q, workspace));

function fieldsOf(parts: Partial<NewConnection>): string[] {
  return checkConnection(here.world, wanted(parts))?.problems.map(({ field }) => field) ?? [];
}

const good = "k3y-of-a-vendor";
/** What people paste, and what they must not be able to put into a header. */
const noKeys = [
  ...["", " ", "abc", "seven77", "x".repeat(513), "x".repeat(100_000)],
  ...["\r\n", "\n", "\r", "\u0000", "\t", " ", "\u000b", "\u001b[31m", "\u007f"].flatMap((sign) => [
    `${good}${sign}x-evil: 1`,
    `${sign}${good}`,
  ]),
  ...[
    "schlüssel",
    "ключ-ключ",
    "ｋ３ｙ-of-a-vendor",
    "key\u200bof-a-vendor",
    "key\u2028of-a-vendor",
  ],
  ...["🔑🔑🔑🔑🔑🔑🔑🔑", "k3y-of-a-vend\ud800", "k3y-of-a-vendor\ufeff", "k3y\u00a0of-a-vendor"],
];

describe("a connection", () => {
  it("is stored sealed, with the last four characters of its key", async () => {
    await connect();
    const [row] = await rows();
    expect(row).toMatchObject({ name: "sales-eu", version: 1, secretHint: "ndor" });
    expect(JSON.stringify(row)).not.toContain("k3y-of");
    const opened = await openConnection(here.world, workspace, row?.id ?? "");
    expect(opened.kind).toBe("open");
  });

  it("shows nothing of a key so short that four characters would give it away", async () => {
    await connect({ secret: { apiKey: "short-key" } });
    expect((await rows())[0]?.secretHint).toBe("");
  });

  it("is not stored when its vendor refuses the key", async () => {
    here.shops.burki.before = fails("unauthorized", { status: 401 });
    expect(await connect({}, true)).toMatchObject({ kind: "not_accepted", passing: false });
    expect(await rows()).toEqual([]);
  });

  it("is not stored when its vendor could not be asked, and that is said", async () => {
    here.shops.burki.before = fails("unavailable");
    expect(await connect({}, true)).toMatchObject({ kind: "not_accepted", passing: true });
    expect(await rows()).toEqual([]);
  });

  it.each(["", " sales", "sales eu", "-sales", "a".repeat(41), "sales:eu", "<!channel>"])(
    "is not called %j",
    (name) => expect(fieldsOf({ name })).toEqual(["name"]),
  );

  it.each([
    "all",
    "because",
    "in",
    "AND",
    "running",
    "Cancelled",
    "canceled",
    "until",
    "till",
    "for",
    "pause",
    "mon",
    "December",
    "tomorrow",
    "ｉｎ",
  ])("is not called %s, which is a word of the command itself", async (name) => {
    expect(await connect({ name })).toMatchObject({
      kind: "invalid",
      problems: [{ field: "name", sentence: expect.stringContaining("is a word of the command") }],
    });
    expect(await rows()).toEqual([]);
  });

  it("is called anything else, and like every vendor", async () => {
    for (const name of [...vendorNames, "all-eu", "in-app", "running-shoes", "mona"])
      expect(isGrammarWord(name), name).toBe(false);
  });

  it("that is called like a word from before gets another key all the same", async () => {
    await connect();
    const [row] = await rows();
    const old = { ...(row ?? expect.fail("nothing is connected")), id: "con_old", name: "running" };
    await here.world.store.write((q) => addConnection(q, old));
    expect(await connect({ name: "running", secret: { apiKey: "another-k3y-of" } })).toMatchObject({
      kind: "connected",
      replaced: true,
    });
  });

  it.each(noKeys)("E42: has no key like %j", async (apiKey) => {
    expect(fieldsOf({ secret: { apiKey } })).toEqual(["apiKey"]);
    expect(await connect({ secret: { apiKey } })).toMatchObject({ kind: "invalid" });
    expect(await rows()).toEqual([]);
  });

  it.each(["http://api.burki.example", "https://evil.example", "https://127.0.0.1", "nonsense"])(
    "is not at %s",
    (baseUrl) => expect(fieldsOf({ baseUrl })).toEqual(["baseUrl"]),
  );

  it("does not take the name of another vendor's", async () => {
    await connect();
    expect(await connect({ vendor: "talkdesk" })).toMatchObject({ kind: "invalid" });
    expect(await rows()).toMatchObject([{ vendor: "burki", version: 1 }]);
  });

  it("is gone with its key when it is removed, once", async () => {
    await connect();
    const gone = { workspace, name: "Sales-EU", by: "U_ADA" };
    expect(await disconnectVendor(here.world, gone)).toBe(true);
    expect(await disconnectVendor(here.world, gone)).toBe(false);
    expect(await rows()).toEqual([]);
  });
});

describe("another key for a connection", () => {
  const ours = "http://127.0.0.1:4711";

  it("keeps its id and raises its version", async () => {
    await connect();
    const [first] = await rows();
    await connect({ secret: { apiKey: "another-key-2222" } });
    expect(await rows()).toMatchObject([{ id: first?.id, version: 2, secretHint: "2222" }]);
  });

  it("keeps the address and the hidden options that the operator gave", async () => {
    here.world.egressAllow = ["127.0.0.1:4711"];
    await connect({ baseUrl: ours, options: { tokenUrl: `${ours}/token` } });
    await connect({ secret: { apiKey: "another-key-2222" } });
    expect(await rows()).toMatchObject([
      { version: 2, baseUrl: ours, options: { tokenUrl: `${ours}/token` } },
    ]);
  });

  it("goes to another address when one is given", async () => {
    here.world.egressAllow = ["127.0.0.1:4711"];
    await connect({ baseUrl: ours });
    await connect({ baseUrl: "https://api.burki.example" });
    expect(await rows()).toMatchObject([{ baseUrl: "https://api.burki.example" }]);
  });

  it("is tried where it will be used", async () => {
    here.world.egressAllow = ["127.0.0.1:4711"];
    await connect({ baseUrl: ours });
    const tried: string[] = [];
    const { burki } = here.world.vendors;
    const { open } = burki;
    burki.open = (account) => {
      tried.push(account.baseUrl);
      return open(account);
    };
    expect(await tryKey(here.world, wanted())).toBe(undefined);
    expect(tried).toEqual([ours]);
  });

  it("is stored once when two give one at the same moment", async () => {
    await connect();
    const both = await Promise.all([connect(), connect()]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(["connected", "not_accepted"]);
    expect(await rows()).toMatchObject([{ version: 2 }]);
  });
});
