import { once } from "node:events";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newKeyLine } from "../../src/store/seal.ts";
import { freshFolder, ownTerminal } from "./own-terminal.ts";

const dataCommands = [
  "connections --workspace T1",
  "disconnect --workspace T1 --name burki",
  "policy show --workspace T1",
  "changes",
  "change chg_1",
  "audit verify",
  "audit export",
  "keys status",
];

/** What stands in the keyring's file (undefined: there is none), its mode, and what is said of it. */
const badKeyrings: [string | undefined, number, string][] = [
  [undefined, 0o600, "names a file that cannot be read"],
  ["", 0o600, "names an empty file"],
  [newKeyLine("test").slice(0, -20), 0o600, "must hold 32 bytes in base64"],
  [newKeyLine("test").slice("test:".length), 0o600, "must read NAME:KEY"],
  [newKeyLine("test"), 0o644, "may be read by others"],
];

describe("a command without what it needs", () => {
  it.each(dataCommands)(
    "ends `%s` with 78 and one line when the keyring is missing",
    async (line) => {
      const { types } = ownTerminal({ FERMATA_KEYRING: undefined });
      expect(await types(line)).toEqual({
        code: 78,
        out: "",
        err: "FERMATA_KEYRING is missing; make one with `fermata keys new`",
      });
    },
  );

  it.each([...dataCommands, "serve", "doctor", "demo", "keys rewrap", "keys retire k1"])(
    "D32: ends `%s` with 78 where Node would show its memory",
    async (line) => {
      const { types } = ownTerminal({
        NODE_OPTIONS: "--inspect_brk --heapsnapshot-signal=SIGUSR2",
      });
      const { code, out, err } = await types(line);
      expect([code, out]).toEqual([78, ""]);
      expect(err).toBe(
        "Node's --inspect-brk shows what is in memory; start without it\nNode's --heapsnapshot-signal shows what is in memory; start without it",
      );
    },
  );

  it("names every problem at once, a line each", async () => {
    const { types } = ownTerminal({
      FERMATA_KEYRING: "test:canary-too-short\nno colon here",
      SLACK_SIGNING_SECRET: undefined,
      SLACK_BOT_TOKEN: "canary-without-prefix",
      PORT: "canary",
      DATABASE_URL: "mysql://root:canary@localhost/x",
    });
    const { code, out, err } = await types("serve");
    expect([code, out]).toEqual([78, ""]);
    expect(err.split("\n").sort()).toEqual([
      "DATABASE_URL must be file:PATH or postgres://…",
      "FERMATA_KEYRING line 1 must hold 32 bytes in base64",
      "FERMATA_KEYRING line 2 must read NAME:KEY",
      "PORT must be a port number, 0 to 65535",
      "SLACK_BOT_TOKEN must start with xoxb-",
      "SLACK_SIGNING_SECRET is missing",
    ]);
  });

  it("G54: ends with 78 when the keyring is not the one of this database", async () => {
    const { types, environment } = ownTerminal();
    expect((await types("keys status")).code).toBe(0);
    const other = newKeyLine("test");
    environment.FERMATA_KEYRING = other;
    for (const line of ["changes", "serve"]) {
      const { code, err } = await types(line);
      expect(code).toBe(78);
      expect(err).toContain("not the one this database was sealed with");
      expect(err).not.toContain(other.slice("test:".length));
    }
  });

  it("G53: ends `serve` with 78 and one line when the keyring's file is no good, and touches nothing", async () => {
    const own = ownTerminal();
    await own.types("connect --workspace T1 --vendor burki --no-check", '{"apiKey":"canary-1"}');
    const database = (own.environment.DATABASE_URL ?? "").slice("file:".length);
    const before = readFileSync(database);
    own.environment.FERMATA_KEYRING = undefined;
    for (const [text, mode, words] of badKeyrings) {
      const folder = freshFolder();
      const file = join(folder, "keyring");
      if (text !== undefined) {
        writeFileSync(file, text);
        chmodSync(file, mode);
      }
      if (text) own.canaries.push(text.slice(-20));
      own.environment.FERMATA_KEYRING_FILE = file;
      const { code, out, err } = await own.types("serve");
      expect([code, out], words).toEqual([78, ""]);
      expect(err).toMatch(new RegExp(`^FERMATA_KEYRING.* ${words}.*$`));
      expect(readFileSync(database).equals(before), words).toBe(true);
      expect(readdirSync(folder)).toEqual(text === undefined ? [] : ["keyring"]);
    }
  });

  it("ends with 69 when the port of `serve` is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const { types } = ownTerminal({ HOST: "127.0.0.1", PORT: String(port) });
    const { code, out, err } = await types("serve");
    taken.close();
    expect([code, out]).toEqual([69, ""]);
    expect(err).toContain(`Port ${port}`);
    expect((await types("changes")).code).toBe(0);
  });

  it("ends with 78 when the database is no database", async () => {
    const file = join(freshFolder(), "fermata.db");
    writeFileSync(file, "this is not a database, whatever its name says".repeat(100));
    const { code, err } = await ownTerminal({ DATABASE_URL: `file:${file}` }).types("changes");
    expect(code).toBe(78);
    expect(err).toContain("damaged");
  });

  it("ends with 78 when the database's folder cannot be made", async () => {
    const file = join(freshFolder(), "a-file");
    writeFileSync(file, "");
    const url = `file:${file}/below/fermata.db`;
    const { code, err } = await ownTerminal({ DATABASE_URL: url }).types("changes");
    expect(code).toBe(78);
    expect(err).toContain("cannot be opened");
  });

  it("ends with 69 when the database does not answer, without a word of its password", async () => {
    const url = "postgres://fermata:canary@127.0.0.1:1/fermata";
    const { code, err } = await ownTerminal({ DATABASE_URL: url }).types("changes");
    expect(code).toBe(69);
    expect(err).toContain("cannot be reached");
  });
});
