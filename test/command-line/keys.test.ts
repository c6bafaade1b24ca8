import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { connectVendor } from "../../src/flows/connect-vendor.ts";
import { openWorld } from "../../src/open-world.ts";
import { newKeyLine } from "../../src/store/seal.ts";
import { ownTerminal } from "./own-terminal.ts";

function configOf(environment: Record<string, string | undefined>) {
  const read = readConfig(["keyring"], environment);
  if (read.kind === "problems") throw new Error(read.problems.join());
  return read.config;
}

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

  it("G55: moves every secret to the first key, lets go of the old one and names its line", async () => {
    const { types, reads, environment } = ownTerminal();
    await types("connect --workspace T1 --vendor burki --no-check", '{"apiKey":"canary-1"}');
    const oldLine = environment.FERMATA_KEYRING;
    environment.FERMATA_KEYRING = `${newKeyLine("newer")}\n${oldLine}`;
    const early = await types("keys retire test");
    expect(early).toMatchObject({ code: 65, out: "" });
    expect(early.err).toMatch(
      /^2 sealed values are still sealed with the key test\. It was not ret/,
    );
    expect((await types("keys rewrap")).out).toBe("2 sealed values are now under the key newer.");
    expect((await types("keys rewrap")).out).toContain("already");
    expect(await reads("keys rewrap --json")).toEqual({ kid: "newer", moved: 0, unreadable: [] });
    expect((await types("keys status")).out).toMatch(/newer +2 .*\ntest +0 +not used/);
    const retired = await types("keys retire test");
    expect(retired.code).toBe(0);
    expect(retired.out).toContain('begins with "test:"');
    environment.FERMATA_KEYRING = environment.FERMATA_KEYRING.split("\n")[0];
    expect((await types("connections --workspace T1")).out).toContain("burki");
    expect((await types("keys status")).out).not.toContain("test");
    expect((await types("audit verify")).code).toBe(0);
  });

  it("G55: seals nothing more with a retired key, in a process that still has only that one", async () => {
    const { types, reads, environment } = ownTerminal();
    const connect = "connect --workspace T1 --vendor burki --no-check --name";
    await types(`${connect} one`, '{"apiKey":"canary-1"}');
    const oldLine = environment.FERMATA_KEYRING;
    const older = await openWorld(configOf(environment));
    environment.FERMATA_KEYRING = `${newKeyLine("newer")}\n${oldLine}`;
    await types("keys rewrap");
    expect((await types("keys retire test")).code).toBe(0);
    const wanted = {
      workspace: "T1",
      vendor: "burki",
      name: "two",
      options: {},
      by: "U1",
    } as const;
    const secret = { apiKey: "canary-2-long-enough" };
    const connected = await connectVendor(older.world, { ...wanted, secret }, { check: false });
    expect(connected).toMatchObject({
      kind: "not_accepted",
      sentence: expect.stringContaining("The key test was retired"),
    });
    await older.close();
    expect((await types("keys status")).out).toMatch(/test +0 +retired; take its line out/);
    environment.FERMATA_KEYRING = environment.FERMATA_KEYRING.split("\n")[0];
    expect(await reads("connections --workspace T1 --json")).toHaveLength(1);
    // A start with the retired key alone, or first, seals nothing either.
    for (const line of [oldLine, `${oldLine}\n${environment.FERMATA_KEYRING}`]) {
      environment.FERMATA_KEYRING = line;
      const { code, err } = await types(`${connect} three`, '{"apiKey":"canary-3"}');
      expect([code, err]).toEqual([
        78,
        expect.stringContaining("The key test was retired, but it stands first"),
      ]);
    }
  });

  it.each([
    ["the first key", "test", "is the first of the keyring"],
    ["a key that nobody knows", "other", "There is no key other"],
  ])("does not let go of %s", async (_, kid, words) => {
    const { code, out, err } = await ownTerminal().types(`keys retire ${kid}`);
    expect([code, out]).toEqual([65, ""]);
    expect(err).toContain(words);
  });
});
