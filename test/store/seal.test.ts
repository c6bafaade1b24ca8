import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { type Aad, credentialAad, kidOf, newKeyLine, parseKeyring } from "../../src/store/seal.ts";
import { Secret } from "../../src/store/secret.ts";
import { aKeyring } from "../support/two-engines.ts";

const place = {
  workspace: "T1",
  vendor: "sarvam",
  connectionId: "con_1",
  field: "secret",
  version: 1,
};

/** The same JWE with one bit of one of its parts turned. */
function flipped(sealed: string, part: string, bit: number): string {
  const jwe = JSON.parse(sealed) as Record<string, string>;
  const bytes = Buffer.from(jwe[part] ?? "", "base64url");
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return JSON.stringify({ ...jwe, [part]: bytes.toString("base64url") });
}

describe("a sealed secret", () => {
  it("opens for the place it was sealed to", async () => {
    const keyring = aKeyring();
    const sealed = await keyring.seal("s3cret ♥", credentialAad(place));
    expect(await keyring.open(sealed, credentialAad(place))).toBe("s3cret ♥");
    expect(sealed).not.toContain("aad");
    expect(kidOf(sealed)).toBe("test");
  });

  it.each([
    ["workspace", { workspace: "T2" }],
    ["enterprise", { enterprise: "E1" }],
    ["vendor", { vendor: "burki" }],
    ["connection", { connectionId: "con_2" }],
    ["field", { field: "other" }],
    ["version", { version: 2 }],
    ["border between two fields", { workspace: "T1s", vendor: "arvam" }],
  ])("G57: does not open in another %s", async (_what, moved) => {
    const keyring = aKeyring();
    const sealed = await keyring.seal("s3cret", credentialAad(place));
    expect(await keyring.open(sealed, credentialAad({ ...place, ...moved }))).toBeUndefined();
  });

  it("does not open if any single bit of it was turned", async () => {
    const keyring = aKeyring();
    const aad = credentialAad(place);
    const sealed = await keyring.seal("s3cret", aad);
    let tried = 0;
    for (const [part, text] of Object.entries(JSON.parse(sealed) as Record<string, string>)) {
      for (let bit = 0; bit < Buffer.from(text, "base64url").length * 8; bit += 1) {
        expect(await keyring.open(flipped(sealed, part, bit), aad)).toBeUndefined();
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(1000);
  });

  it.each(["", "{}", "null", "[]", "not json", '{"protected":"e30"}'])(
    "does not open when it is %j",
    async (text) => {
      expect(await aKeyring().open(text, ["x"])).toBeUndefined();
    },
  );

  it("G56: is never the same twice", async () => {
    const keyring = aKeyring();
    const aad: Aad = ["x"];
    const sealed = await Promise.all(Array.from({ length: 200 }, () => keyring.seal("same", aad)));
    const parts = sealed.map((text) => JSON.parse(text) as Record<string, string>);
    expect(new Set(parts.map((jwe) => jwe.iv)).size).toBe(200);
    expect(new Set(parts.map((jwe) => jwe.encrypted_key)).size).toBe(200);
  });

  it("does not open with another key of the same name", async () => {
    const sealed = await aKeyring().seal("s3cret", ["x"]);
    expect(await aKeyring().open(sealed, ["x"])).toBeUndefined();
  });

  it("opens with an older key of the ring, and is sealed with the first", async () => {
    const old = newKeyLine("old");
    const sealed = await aKeyring(old).seal("s3cret", ["x"]);
    const ring = aKeyring(`${newKeyLine("new")}\n${old}\n`);
    expect(await ring.open(sealed, ["x"])).toBe("s3cret");
    expect(kidOf(await ring.seal("s3cret", ["x"]))).toBe("new");
    expect(ring.kids).toEqual(["new", "old"]);
  });
});

describe("a keyring's text", () => {
  const key = Buffer.alloc(32, 7).toString("base64");

  it("may hold empty lines and remarks", () => {
    const reading = parseKeyring(`# ours\n\nfirst:${key}\r\n`);
    expect(reading).toMatchObject({ ok: true, keyring: { activeKid: "first" } });
  });

  it.each([
    ["nothing", "", "the keyring holds no key"],
    ["no name", key, "keyring line 1 must read NAME:KEY"],
    ["a short key", `a:${Buffer.alloc(31).toString("base64")}`, "32 bytes"],
    ["a long key", `a:${Buffer.alloc(33).toString("base64")}`, "32 bytes"],
    ["a passphrase", "a:correct horse battery staple", "32 bytes"],
    ["a name twice", `a:${key}\na:${key}`, "keyring line 2 repeats the name a"],
    ["a name we keep for ourselves", `audit:${key}`, "must not be named audit"],
  ])("is refused with %s, without showing a key", (_what, text, words) => {
    const reading = parseKeyring(text);
    if (reading.ok) throw new Error("it was taken");
    expect(reading.problems.join()).toContain(words);
    expect(reading.problems.join()).not.toContain(key.slice(0, 8));
  });

  it("tells all its problems at once", () => {
    const reading = parseKeyring("a:short\nb\n");
    expect(reading).toMatchObject({
      ok: false,
      problems: [/line 1/, /line 2/].map((at) => expect.stringMatching(at)),
    });
  });
});

describe("a secret in the hand", () => {
  it("D28: prints nothing of itself, however it is printed", () => {
    const secret = new Secret("s3cret");
    const printed = [`${secret}`, JSON.stringify({ secret }), inspect({ secret }), String(secret)];
    expect(printed.join()).not.toContain("s3cret");
    expect(secret.reveal()).toBe("s3cret");
  });
});
