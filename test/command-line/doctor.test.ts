import { writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startHouse } from "../../sandbox/house.ts";
import { type PretendSlack, startPretendSlack } from "../../sandbox/slack/index.ts";
import { type PretendVendor, startPretendVendors } from "../../sandbox/vendors/index.ts";
import type { VendorName } from "../../src/domain/campaign.ts";
import { openStore } from "../../src/store/database.ts";
import { savePolicy } from "../../src/store/policies.ts";
import { newKeyLine } from "../../src/store/seal.ts";
import { tamper } from "../store/tamper.ts";
import { installIn } from "../support/install.ts";
import { type OwnTerminal, ownTerminal } from "./own-terminal.ts";

let slack: PretendSlack;
let vendors: Record<VendorName, PretendVendor>;
beforeAll(async () => {
  const now = () => new Date();
  slack = await startPretendSlack({ now });
  vendors = await startPretendVendors({ now, latencyMs: 0 });
});
afterEach(() => {
  slack.reset();
  for (const vendor of Object.values(vendors)) vendor.reset();
});
afterAll(async () => {
  await slack.close();
  await Promise.all(Object.values(vendors).map((vendor) => vendor.close()));
});

const byOAuth = {
  SLACK_BOT_TOKEN: undefined,
  SLACK_CLIENT_ID: "1.2",
  SLACK_CLIENT_SECRET: "canary-client-secret",
  PUBLIC_URL: "https://fermata.example.com",
};

interface Line {
  workspace: string | null;
  what: string;
  channel: string | null;
  ok: boolean;
  sentence: string;
}

/** A terminal of the pretend workspace, with Burki connected. */
async function furnished(given: Record<string, string | undefined> = {}): Promise<OwnTerminal> {
  const hosts = Object.values(vendors).map(({ url }) => new URL(url).host);
  const own = ownTerminal({
    SLACK_API_URL: `${slack.url}/api/`,
    SLACK_BOT_TOKEN: slack.botToken,
    FERMATA_EGRESS_ALLOW: [...hosts, "127.0.0.1:1"].join(","),
    ...given,
  });
  own.canaries.push(slack.botToken, ...Object.values(vendors.burki.secret));
  await connects(own, slack.team.id, vendors.burki.url);
  return own;
}

async function connects(own: OwnTerminal, workspace: string, url: string, ...more: string[]) {
  const place = ["connect", "--workspace", workspace, "--vendor", "burki", "--base-url", url];
  const said = await own.types([...place, ...more], JSON.stringify(vendors.burki.secret));
  expect(said).toMatchObject({ code: 0, err: "" });
}

async function looks({ types }: OwnTerminal, more = ""): Promise<{ code: number; lines: Line[] }> {
  const { code, out } = await types(`doctor --json ${more}`);
  return { code, lines: JSON.parse(out) as Line[] };
}

const wrong = ({ lines }: { lines: readonly Line[] }) =>
  lines.filter(({ ok }) => !ok).map(({ what, sentence }) => `${what}: ${sentence}`);

describe("fermata doctor", () => {
  it("has a line for everything, and ends with 0 where all is well", async () => {
    const own = await furnished();
    const { code, lines } = await looks(own);
    expect([code, lines.filter(({ ok }) => !ok)]).toEqual([0, []]);
    const host = ["configuration", "database", "keyring", "record"];
    const there = ["policy", "Slack", "Slack scopes", "connection burki"];
    expect(lines.map(({ what }) => what)).toEqual([...host, ...there]);
    expect(lines.map(({ workspace }) => workspace)).toEqual([
      ...host.map(() => null),
      ...there.map(() => slack.team.id),
    ]);
  });

  it("prints one line each for people, the wrong ones to be seen at once", async () => {
    const own = await furnished();
    vendors.burki.faults.set({ kind: "status", status: 401 });
    const { code, out, err } = await own.types("doctor");
    expect([code, err]).toEqual([69, "1 of 8 is not well."]);
    const lines = out.split("\n");
    expect(lines).toHaveLength(8);
    expect(lines.filter((line) => line.startsWith("WRONG"))).toEqual([
      expect.stringContaining("connection burki"),
    ]);
  });

  it("changes nothing: a second look finds the same record", async () => {
    const own = await furnished();
    const record = async () => (await own.types("audit export")).out;
    const before = await record();
    await looks(own);
    expect(await record()).toBe(before);
  });

  it("ends with 78 and a line each where the configuration cannot be read", async () => {
    const { types } = ownTerminal({ SLACK_SIGNING_SECRET: undefined, PORT: "many" });
    const { code, out, err } = await types("doctor");
    expect([code, out]).toEqual([78, ""]);
    expect(err.split("\n")).toHaveLength(2);
  });

  it("works beside a running bot", async () => {
    const house = await startHouse({ now: () => new Date(), logLevel: "fatal" });
    const { databaseUrl, keyring, egressAllow, slackApiUrl, botToken } = house.config;
    const own = ownTerminal({
      DATABASE_URL: databaseUrl,
      FERMATA_KEYRING: keyring?.reveal(),
      FERMATA_EGRESS_ALLOW: egressAllow.join(","),
      SLACK_API_URL: slackApiUrl,
      SLACK_BOT_TOKEN: botToken?.reveal(),
    });
    const looked = await looks(own);
    expect([looked.code, wrong(looked)]).toEqual([0, []]);
    await house.close();
  });

  it("says that a database is damaged, and what to do", async () => {
    const own = await furnished();
    writeFileSync((own.environment.DATABASE_URL ?? "").slice("file:".length), "no database");
    const looked = await looks(own);
    expect(looked.code).toBe(69);
    expect(wrong(looked).join()).toContain("Restore a backup");
  });

  it("says that a record's newest line was altered", async () => {
    const own = await furnished();
    await tamper(own.environment.DATABASE_URL ?? "", "UPDATE audit SET actor = 'U9'");
    expect(wrong(await looks(own))).toEqual([
      expect.stringContaining(`record: The newest line of ${slack.team.id} is not the one`),
    ]);
  });

  it("says that a keyring is not the one of this database", async () => {
    const own = await furnished();
    own.environment.FERMATA_KEYRING = newKeyLine("test");
    const looked = await looks(own);
    expect(looked.code).toBe(69);
    expect(wrong(looked)).toEqual([
      "database: The key test is not the one this database was sealed with.",
    ]);
  });

  it("names what the keyring lacks a key for", async () => {
    const own = await furnished();
    const old = own.environment.FERMATA_KEYRING;
    own.environment.FERMATA_KEYRING = `${newKeyLine("new")}\n${old}`;
    await own.types("keys rewrap");
    own.environment.FERMATA_KEYRING = old;
    expect(wrong(await looks(own)).join()).toMatch(/sealed with the key new, which .+ lacks/);
  });

  it("says what became of a token that Slack does not accept", async () => {
    const own = await furnished();
    slack.revokeTokens();
    const looked = await looks(own);
    expect(looked.code).toBe(69);
    expect(wrong(looked).join("\n")).toContain("Slack does not accept SLACK_BOT_TOKEN.");
  });

  it("goes on where Slack cannot be reached", async () => {
    const own = await furnished({ SLACK_API_URL: "http://127.0.0.1:1/api/" });
    const looked = await looks(own);
    expect(looked.code).toBe(69);
    expect(wrong(looked)[0]).toContain("Slack cannot be reached just now.");
    expect(looked.lines).toContainEqual(
      expect.objectContaining({ what: "connection burki", ok: true }),
    );
  });

  it("names the scopes that are missing", async () => {
    const own = await furnished();
    slack.regrant("commands,chat:write,users:read,usergroups:read,channels:read,groups:read");
    expect(wrong(await looks(own))).toEqual([
      expect.stringContaining("Missing: app_mentions:read, chat:write.public."),
    ]);
  });

  it("tells a workspace that has connections and no Fermata", async () => {
    const own = await furnished();
    await connects(own, "T0TYPO0001", vendors.burki.url);
    expect(wrong(await looks(own))).toEqual([expect.stringContaining("not installed there")]);
    expect((await looks(own, `--workspace ${slack.team.id}`)).code).toBe(0);
    expect((await looks(own, "--workspace T0TYPO0001")).code).toBe(69);
  });

  it("tells a vendor that nobody answers at from one that refuses the key", async () => {
    const own = await furnished();
    await connects(own, slack.team.id, "http://127.0.0.1:1", "--name", "far-off", "--no-check");
    vendors.burki.faults.set({ kind: "status", status: 401 });
    const said = wrong(await looks(own)).join("\n");
    expect(said).toMatch(/connection far-off: Burki cannot be reached at the moment\./);
    expect(said).toMatch(/connection burki: Burki does not accept our key any more \(401\)\./);
    expect(said).toContain("/campaign connect burki");
  });

  it("says that a policy cannot be read, and what that means", async () => {
    const own = await furnished();
    const store = await openStore(own.environment.DATABASE_URL ?? "");
    const saved = { workspace: slack.team.id, savedAt: new Date(), savedBy: "U0DEE00004" };
    await store.write((q) => savePolicy(q, { ...saved, document: { version: 9 } }));
    await store.close();
    const [said, ...others] = wrong(await looks(own));
    expect(others).toEqual([]);
    expect(said).toMatch(/^policy: Version 1 cannot be read, so everything is denied/);
  });

  it("with installs by OAuth says where to begin while there is none", async () => {
    const own = await furnished(byOAuth);
    const said = wrong(await looks(own)).join("\n");
    expect(said).toContain("Install it at https://fermata.example.com/slack/install.");
  });

  it("with installs by OAuth looks at each of them by its own token", async () => {
    const now = () => new Date();
    const house = await startHouse({ now, oauth: true, logLevel: "fatal" });
    await installIn(house, { person: "dee", where: house.workspace });
    await installIn(house, { person: "nora", where: house.slack.workspace("Nordwind").team.id });
    const own = ownTerminal({
      ...byOAuth,
      DATABASE_URL: house.config.databaseUrl,
      FERMATA_KEYRING: house.config.keyring?.reveal(),
      SLACK_API_URL: house.config.slackApiUrl,
    });
    const { code, lines } = await looks(own);
    expect(code).toBe(0);
    const asked = lines.filter(({ what }) => what === "Slack");
    expect(asked.map(({ workspace }) => workspace)).toHaveLength(2);
    await house.close();
  });
});
