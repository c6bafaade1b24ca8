import { describe, expect, it } from "vitest";
import { newKeyLine } from "../../src/store/seal.ts";
import { ownTerminal } from "./own-terminal.ts";

describe("fermata keys", () => {
  it("makes a new line for the keyring every time, with nothing set at all", async () => {
    const { types } = ownTerminal({ FERMATA_KEYRING: undefined, DATABASE_URL: undefined });
    const lines = [await types("keys new"), await types("keys new")].map(({ out }) => out);
    for (const line of lines) expect(line).toMatch(/^\w+:[A-Za-z0-9+/]{43}=$/);
    expect(lines[0]).not.toBe(lines[1]);
    expect((await ownTerminal({ FERMATA_KEYRING: lines[0] }).types("changes")).code).toBe(0);
  });

  it("tells how many sealed values each key holds, and no key", async () => {
    const { types, reads, environment } = ownTerminal();
    const connect = "connect --workspace T1 --vendor burki --no-check";
    await types(connect, '{"apiKey":"canary-1"}');
    environment.FERMATA_KEYRING = `${newKeyLine("newer")}\n${environment.FERMATA_KEYRING}`;
    await types(`${connect} --name second`, '{"apiKey":"canary-2"}');
    expect(await reads("keys status --json")).toEqual([
      { kid: "newer", active: true, inKeyring: true, uses: 1 },
      { kid: "test", active: false, inKeyring: true, uses: 2 },
    ]);
    expect((await types("keys status")).out).toMatch(/newer +1 .*\ntest +2 /);
  });
});
