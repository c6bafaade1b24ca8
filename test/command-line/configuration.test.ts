import { once } from "node:events";
import { writeFileSync } from "node:fs";
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

  it("ends with 78 when the keyring is not the one of this database", async () => {
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
