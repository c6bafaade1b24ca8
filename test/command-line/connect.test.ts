import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  colleaguesKey,
  keyPairClient,
  otherClient,
  type PretendVendor,
  startPretendVendors,
} from "../../sandbox/vendors/index.ts";
import { type VendorName, vendorNames } from "../../src/domain/campaign.ts";
import { type OwnTerminal, ownTerminal } from "./own-terminal.ts";

let vendors: Record<VendorName, PretendVendor>;
beforeAll(async () => {
  vendors = await startPretendVendors({ now: () => new Date(), latencyMs: 0 });
});
afterAll(() => Promise.all(Object.values(vendors).map((vendor) => vendor.close())));

function terminal(): OwnTerminal {
  const hosts = Object.values(vendors).map(({ url }) => new URL(url).host);
  const own = ownTerminal({ FERMATA_EGRESS_ALLOW: [...hosts, "127.0.0.1:1"].join(",") });
  own.canaries.push(...Object.values(vendors).flatMap(({ secret }) => Object.values(secret)));
  return own;
}

const secretOf = (vendor: VendorName) => JSON.stringify(vendors[vendor].secret);

function connecting(vendor: VendorName, ...more: string[]): string[] {
  const { url, options } = vendors[vendor];
  const settings = Object.entries(options).flatMap(([key, value]) => [
    "--option",
    `${key}=${value}`,
  ]);
  const place = ["connect", "--workspace", "T1", "--vendor", vendor, "--base-url", url];
  return [...place, ...settings, ...more];
}

const inWorkspace = "connections --workspace T1 --json";

describe("fermata connect", () => {
  it.each(vendorNames)(
    "stores a connection to %s once the vendor accepts the key",
    async (vendor) => {
      const { types, reads } = terminal();
      const { code, out, err } = await types(
        connecting(vendor, "--name", "sales-eu"),
        secretOf(vendor),
      );
      expect([code, err]).toEqual([0, ""]);
      const printed = JSON.parse(out) as object;
      expect(printed).toEqual({ id: expect.stringMatching(/^con_/), vendor, name: "sales-eu" });
      expect(await reads(inWorkspace)).toMatchObject([printed]);
    },
  );

  it("takes no word of the command for a name", async () => {
    const { types, reads } = terminal();
    const { code, err } = await types(connecting("burki", "--name", "all"), secretOf("burki"));
    expect(code).toBe(64);
    expect(err).toContain("“all” is a word of the command itself");
    expect(await reads(inWorkspace)).toEqual([]);
  });

  it("names the connection after its vendor if it is given no name", async () => {
    const { reads } = terminal();
    expect(await reads(connecting("burki"), secretOf("burki"))).toMatchObject({ name: "burki" });
  });

  it("replaces the key of a connection of that name and keeps its id", async () => {
    const { reads } = terminal();
    const first = await reads(connecting("burki"), secretOf("burki"));
    expect(await reads(connecting("burki"), secretOf("burki"))).toEqual(first);
    expect(await reads(inWorkspace)).toHaveLength(1);
  });

  it("asks nobody with --no-check", async () => {
    const { types } = terminal();
    vendors.burki.reset();
    const { code } = await types(connecting("burki", "--no-check"), '{"apiKey":"never-tried"}');
    expect([code, vendors.burki.log()]).toEqual([0, []]);
  });

  it("ends with 65 and stores nothing when the vendor refuses the key", async () => {
    const { types, reads } = terminal();
    const { code, out, err } = await types(connecting("burki"), '{"apiKey":"canary-wrong-key"}');
    expect([code, out]).toEqual([65, ""]);
    expect(err).toContain("Burki was not connected. Burki does not accept this key.");
    expect(err).toContain("Nothing was stored.");
    expect(await reads(inWorkspace)).toEqual([]);
  });

  it("ends with 69 and stores nothing when nobody answers at the vendor", async () => {
    const { types, reads } = terminal();
    const place = "connect --workspace T1 --vendor burki --base-url http://127.0.0.1:1";
    const { code, err } = await types(place, secretOf("burki"));
    expect(code).toBe(69);
    expect(err).toContain("cannot be reached");
    expect(await reads(inWorkspace)).toEqual([]);
  });

  it("ends with 69 while the vendor has a fault of its own", async () => {
    const { types } = terminal();
    vendors.burki.faults.set({ kind: "status", status: 503 });
    try {
      expect((await types(connecting("burki"), secretOf("burki"))).code).toBe(69);
    } finally {
      vendors.burki.reset();
    }
  });

  it.each([
    ["nothing", ""],
    ["no JSON", "canary-key"],
    ["half of it", '{"apiKey":"canary'],
    ["a text", '"canary"'],
    ["a list", '["canary"]'],
    ["null", "null"],
    ["a number for a key", '{"apiKey":12345678}'],
    ["an empty object", "{}"],
    ["another vendor's key", '{"clientId":"canary","clientSecret":"canary"}'],
    ["more than asked for", '{"apiKey":"canary-1234","canary-name":"x"}'],
    ["an empty key", '{"apiKey":""}'],
    ["a key with a line break", '{"apiKey":"canary\\n1234"}'],
  ])("ends with 65 for a secret that is %s, and repeats none of it", async (_what, input) => {
    const { types } = terminal();
    const { code, out, err } = await types(connecting("burki"), input);
    expect([code, out]).toEqual([65, ""]);
    expect(err).toContain("Nothing was stored.");
  });

  it("does not mind a byte order mark and line breaks around the secret", async () => {
    const { types } = terminal();
    const input = `\uFEFF\n${secretOf("burki")}\r\n`;
    expect((await types(connecting("burki"), input)).code).toBe(0);
  });

  it("E42: takes away spaces and line breaks that were pasted around the key", async () => {
    const { types, reads } = terminal();
    const padded = JSON.stringify(JSON.parse(secretOf("burki"))).replace(
      /":"(.*)"}/,
      '":" \\r\\n$1\\n"}',
    );
    expect(JSON.parse(padded).apiKey).toMatch(/^ \r\n\S+\n$/);
    expect((await types(connecting("burki"), padded)).code).toBe(0);
    const hint = JSON.parse(padded).apiKey.trim().slice(-4);
    expect(JSON.stringify(await reads(inWorkspace))).toContain(hint);
  });

  it.each([
    [["--option", "colour=red"], "burki takes no --option"],
    [["--option", "canary=="], "burki takes no --option"],
    [["--option", "canary-without-equals"], "--option takes key=value"],
    [["--option", "apiKey=canary"], "apiKey is a secret"],
    [["--name", "two words"], "--name"],
    [["--base-url", "https://evil.example"], "--base-url"],
    [["--base-url", "https://user:canary@api.burki.dev"], "--base-url"],
    [["--base-url", "nonsense"], "--base-url"],
    [['{"apiKey":"canary"}'], "too many arguments"],
  ])("takes %j for bad usage", async (more, words) => {
    const { types } = terminal();
    const { code, out, err } = await types(connecting("burki", ...more), secretOf("burki"));
    expect([code, out]).toEqual([64, ""]);
    expect(err).toContain(words);
  });

  it("says which options of a vendor are missing or wrong", async () => {
    const { types } = terminal();
    const bare = ["connect", "--workspace", "T1", "--vendor", "sarvam"];
    const missing = await types(bare, secretOf("sarvam"));
    expect(missing.code).toBe(64);
    expect(missing.err).toContain("--option orgId");
    expect(missing.err).toContain("--option workspaceId");
    const region = await types(
      connecting("talkdesk", "--option", "region=moon"),
      secretOf("talkdesk"),
    );
    expect(region.code).toBe(64);
    expect(region.err).toContain("--option region");
  });

  it("connects a Talkdesk client that has a key pair instead of a secret", async () => {
    const { types } = terminal();
    const { code, err } = await types(connecting("talkdesk"), JSON.stringify(keyPairClient));
    expect([code, err]).toEqual([0, ""]);
  });

  it.each([
    [{ clientId: "canary-0001", keyId: "canary-0002" }, "either client secret, or key id and"],
    [{ ...keyPairClient, clientSecret: "canary-0003" }, "and not both"],
    [{ ...keyPairClient, privateKey: "A".repeat(100) }, "It must be the EC key"],
    [otherClient, "does not grant this client campaigns:read and campaigns:write (400)"],
  ])("ends with 65 for a Talkdesk client that cannot log in: %#", async (secret, words) => {
    const { types, reads } = terminal();
    const { code, err } = await types(connecting("talkdesk"), JSON.stringify(secret));
    expect(code).toBe(65);
    expect(err).toContain(words);
    expect(err).toContain("Nothing was stored.");
    expect(await reads(inWorkspace)).toEqual([]);
  });

  it("names the host that refused a key of Peachdesk's", async () => {
    const { types } = terminal();
    const { code, err } = await types(connecting("peachdesk"), '{"apiKey":"canary-wrong-key"}');
    expect(code).toBe(65);
    expect(err).toContain(`Peachdesk AI at ${new URL(vendors.peachdesk.url).host} does not accept`);
  });

  it("knows two keys of one Woodpecker account for one", async () => {
    const { types, reads } = terminal();
    const first = connecting("woodpecker", "--name", "outreach");
    expect((await types(first, secretOf("woodpecker"))).code).toBe(0);
    const second = connecting("woodpecker", "--name", "ben");
    const { code, err } = await types(second, JSON.stringify({ apiKey: colleaguesKey }));
    expect(code).toBe(64);
    expect(err).toContain("This account is connected already, as outreach.");
    expect(await reads(inWorkspace)).toHaveLength(1);
    expect((await types(first, JSON.stringify({ apiKey: colleaguesKey }))).code).toBe(0);
  });

  it("does not give one name to two vendors", async () => {
    const { types } = terminal();
    await types(connecting("burki", "--name", "sales"), secretOf("burki"));
    const { code, err } = await types(
      connecting("peachdesk", "--name", "Sales"),
      secretOf("peachdesk"),
    );
    expect(code).toBe(64);
    expect(err).toContain("Choose another name");
  });
});

describe("fermata connections", () => {
  it("shows of a key its last four characters and when it came", async () => {
    const { types, reads } = terminal();
    const key = "0123456789-last";
    await types(connecting("burki", "--no-check"), JSON.stringify({ apiKey: key }));
    const [row] = await reads<Record<string, string>[]>(inWorkspace);
    expect(row).toMatchObject({ name: "burki", vendor: "burki", keyEndsIn: "last" });
    expect(Date.parse(row?.connectedAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
    const { out } = await types("connections --workspace T1");
    expect(out).toContain("…last");
    expect(out + JSON.stringify(row)).not.toContain(key.slice(0, 8));
  });

  it("shows only what belongs to the workspace", async () => {
    const { types, reads } = terminal();
    await types(connecting("burki"), secretOf("burki"));
    expect(await reads("connections --workspace T2 --json")).toEqual([]);
    expect((await types("connections --workspace T2")).out).toBe("No vendor is connected.");
  });
});

describe("fermata disconnect", () => {
  it("removes a connection, and the next time says that there is none", async () => {
    const { types, reads } = terminal();
    await types(connecting("burki", "--name", "sales"), secretOf("burki"));
    expect((await types("disconnect --workspace T1 --name SALES")).code).toBe(0);
    expect(await reads(inWorkspace)).toEqual([]);
    const { code, err } = await types("disconnect --workspace T1 --name sales");
    expect(code).toBe(65);
    expect(err).toContain("Nothing was removed.");
  });

  it("touches no other workspace's connection of that name", async () => {
    const { types, reads } = terminal();
    await types(connecting("burki"), secretOf("burki"));
    expect((await types("disconnect --workspace T2 --name burki")).code).toBe(65);
    expect(await reads(inWorkspace)).toHaveLength(1);
  });
});
