import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fault } from "../../sandbox/vendors/faults.ts";
import { run } from "../../src/command-line/run.ts";
import { type VendorName, vendorNames } from "../../src/domain/campaign.ts";
import { openConnection } from "../../src/flows/open-connection.ts";
import { createLog } from "../../src/ops/log.ts";
import { listConnections } from "../../src/store/connections.ts";
import { newKeyLine } from "../../src/store/seal.ts";
import { Secret } from "../../src/store/secret.ts";
import { type Cast, type Journey, startJourney } from "../support/journey.ts";
import { bundled, removeBundles } from "./bundled.ts";
import { anEchoingVendor, type EchoingVendor, spelt } from "./echoing-vendor.ts";
import { figures } from "./figures.ts";

/** Every place where a secret must not be, by name, as the bytes that stand there. */
const places = new Map<string, string[]>();
const canaries: string[] = [];
let journey: Journey;
let vendors: Record<VendorName, EchoingVendor>;

/** A key that nothing else resembles, with every sign that is written differently somewhere. */
function aCanary(of: string): string {
  const value = `cnry${canaries.length}"/+=?&<\\${of}~${Buffer.from(of).toString("hex")}Zq9`;
  canaries.push(value);
  return value;
}

function found(place: string, what: unknown): void {
  const text = typeof what === "string" ? what : JSON.stringify(what);
  places.set(place, [...(places.get(place) ?? []), text]);
}

const secretOf = (vendor: VendorName, use: string): Record<string, string> =>
  vendor === "talkdesk"
    ? { clientId: aCanary(`id-${use}`), clientSecret: aCanary(`talkdesk-${use}`) }
    : { apiKey: aCanary(`${vendor}-${use}`) };

const withSpaces = (secret: Record<string, string>) =>
  Object.fromEntries(Object.entries(secret).map(([name, value]) => [name, `${value} and more`]));

beforeAll(async () => {
  const stream = { write: (line: string) => found("log", line) };
  // It knows none of them, so that nothing is found only because nothing gets that far.
  const log = createLog({ level: "trace", stream });
  journey = await startJourney({ log, connected: [], vendorDeadlineMs: 300 });
  const { house } = journey;
  const echoing = vendorNames.map(
    async (name) => [name, await anEchoingVendor(house.vendors[name])] as const,
  );
  vendors = Object.fromEntries(await Promise.all(echoing)) as typeof vendors;
  const metricsToken = aCanary("metrics");
  const keyring = newKeyLine("canary");
  canaries.push(keyring.slice("canary:".length));
  canaries.push(house.slack.signingSecret, house.slack.botToken);
  await house.stopBot();
  Object.assign(house.config, {
    metricsToken: new Secret(metricsToken),
    keyring: new Secret(`${keyring}\n${house.config.keyring?.reveal()}`),
    egressAllow: Object.values(vendors).map(({ hostPort }) => hostPort),
  });
  await house.restart();
});
afterAll(async () => {
  await Promise.all(Object.values(vendors).map((vendor) => vendor.close()));
  await journey.ends();
  removeBundles();
});

/** Runs a command beside the bot and keeps what it printed. */
async function command(line: string, input: unknown = ""): Promise<{ code: number; out: string }> {
  const said: string[] = [];
  const take = (text: string) => void said.push(text);
  const code = await run(line.split(" "), {
    out: take,
    err: take,
    input: async () => (typeof input === "string" ? input : JSON.stringify(input)),
    interrupted: async () => {},
    environment: environment(),
  });
  found("command line", said.join("\n"));
  return { code, out: said.join("\n") };
}

function environment(): Record<string, string | undefined> {
  const { config } = journey.house;
  return {
    DATABASE_URL: config.databaseUrl,
    FERMATA_KEYRING: config.keyring?.reveal(),
    FERMATA_EGRESS_ALLOW: config.egressAllow.join(),
    FERMATA_METRICS_TOKEN: config.metricsToken?.reveal(),
    SLACK_SIGNING_SECRET: config.signingSecret?.reveal(),
    SLACK_BOT_TOKEN: config.botToken?.reveal(),
    SLACK_API_URL: config.slackApiUrl,
  };
}

function connectLine(vendor: VendorName, name: string, more = ""): string {
  const { url, options } = vendors[vendor];
  const given = Object.entries(options).map(([option, value]) => ` --option ${option}=${value}`);
  const where = `--workspace ${journey.house.workspace} --vendor ${vendor} --base-url ${url}`;
  return `connect ${where} --name ${name}${given.join("")}${more}`;
}

async function types(person: Cast, text: string): Promise<void> {
  const { delivery, told } = await journey.types(person, text);
  found("answers to Slack", [delivery, told]);
}

/** Fills in the form with which an admin gives a connection a new key. */
async function connectsByForm(vendor: VendorName, secret: Record<string, string>): Promise<void> {
  const { slack } = journey.house;
  await types("dee", `connect ${vendor}`);
  const view = slack.views("dee").at(-1);
  if (!view) throw new Error("no form was opened");
  found("forms", view);
  const { workspaceId, orgId, account, region } = vendors[vendor].options;
  const options = Object.entries({ workspaceId, orgId, account, region }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const values = Object.fromEntries(
    [...Object.entries(secret), ...options].map(([name, value]) => [`field:${name}`, value]),
  );
  const sent = await slack.submit("dee", view.id, values);
  found("answers to Slack", sent);
  for (const open of slack.views("dee")) await slack.closeView("dee", open.id);
  await journey.passes(10);
}

const somewhere: Record<VendorName, string> = {
  burki: "42",
  peachdesk: "",
  woodpecker: "",
  sarvam: "",
  talkdesk: "",
};

async function everybodyWorks(): Promise<void> {
  for (const vendor of vendorNames) {
    const id = somewhere[vendor] || journey.house.vendors[vendor].campaigns()[0]?.id;
    for (const text of ["pause", "status", "resume", "history", "cancel"]) {
      await types("dee", `${text} ${vendor}:${id}`);
    }
    await types("ana", `list ${vendor}`);
  }
  for (const text of ["connections", "list", "status", "", 'pause "spring"', "policy", "doctor"]) {
    await types("dee", text);
  }
  await journey.passes(10_000);
  await journey.passes(180_000);
}

const faults: Fault[] = [
  { kind: "hang" },
  { kind: "reset_after" },
  { kind: "status", status: 401 },
  { kind: "status", status: 500 },
  { kind: "status", status: 429, retryAfter: "1" },
  { kind: "html" },
  { kind: "huge" },
  { kind: "redirect" },
  { kind: "unknown_word" },
];

/** Slack's own failures are what fills the log: jobs fail, are tried again and given up. */
async function slackFails(): Promise<void> {
  const { slack } = journey.house;
  for (const vendor of Object.values(vendors)) vendor.echo("refusals");
  for (const fault of [{ status: 500 }, { error: "internal_error" }, { body: "<html>" }]) {
    slack.faults.set(fault);
    await types("dee", "pause burki:42");
    await types("ana", "list");
    await journey.passes(180_000);
    slack.faults.set({ ...fault, method: "chat.postMessage" });
    await types("dee", "resume burki:42");
    await journey.passes(180_000);
  }
  slack.faults.set(null);
  for (const vendor of Object.values(vendors)) vendor.echo("nothing");
}

describe("forty secrets", () => {
  it("D28, D29, D32, D33: are nowhere but in the vendors' own headers, whatever happens", async () => {
    for (const vendor of vendorNames) {
      const first = secretOf(vendor, "first");
      expect((await command(connectLine(vendor, vendor), first)).code).toBe(0);
      await command(connectLine(vendor, vendor), secretOf(vendor, "second"));
      await connectsByForm(vendor, secretOf(vendor, "form"));
      await connectsByForm(vendor, withSpaces(secretOf(vendor, "bad")));
      await command(connectLine(vendor, `gone-${vendor}`, " --no-check"), secretOf(vendor, "gone"));
      await command(`disconnect --workspace ${journey.house.workspace} --name gone-${vendor}`);
      vendors[vendor].echo("refusals");
      await command(connectLine(vendor, `no-${vendor}`), secretOf(vendor, "refused"));
      vendors[vendor].echo("nothing");
    }
    for (const echo of ["nothing", "names", "refusals"] as const) {
      for (const vendor of Object.values(vendors)) vendor.echo(echo);
      await everybodyWorks();
    }
    for (const vendor of Object.values(vendors)) vendor.echo("nothing");
    for (const fault of faults) {
      for (const vendor of Object.values(journey.house.vendors)) vendor.faults.set(fault);
      await types("dee", "pause burki:42");
      await types("dee", "resume talkdesk");
      await types("ana", "list");
      await journey.passes(180_000);
    }
    for (const vendor of Object.values(journey.house.vendors)) vendor.faults.set(null);
    await slackFails();
    await inTheHand();
    await fromOutside();
    await lookEverywhere();
    await crashed();

    const used = new Set(Object.values(vendors).flatMap(({ heard }) => [...heard]));
    const hits: string[] = [];
    let searched = 0;
    for (const [place, texts] of places) {
      const all = texts.join("\n");
      searched += all.length;
      for (const canary of canaries) {
        for (const spelling of new Set([...spelt(canary), ...withoutPadding(canary)])) {
          if (all.includes(spelling)) hits.push(`${place}: ${spelling}`);
        }
      }
    }
    figures(
      `secrets: ${canaries.length} in 6 encodings, ${used.size} of them sent to vendors; ` +
        `places: ${places.size}, ${(searched / 1e6).toFixed(1)} MB; hits: ${hits.length}`,
    );
    expect(hits).toEqual([]);
    expect(canaries.length).toBeGreaterThanOrEqual(40);
    expect(used.size).toBeGreaterThanOrEqual(15);
    for (const place of ["log", "Slack calls", "fermata.db", "fermata.db-wal", "backup", "crash"]) {
      expect(places.get(place)?.join("").length, place).toBeGreaterThan(100);
    }
    const shown = (places.get("Slack calls") ?? []).join("");
    expect(shown).toContain("[key]");
  });
});

const withoutPadding = (secret: string) => [
  Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  Buffer.from(secret).toString("hex").toUpperCase(),
];

/** What a debugging print would show of the things that hold a secret. */
async function inTheHand(): Promise<void> {
  const { world, workspace, config } = journey.house;
  const show = (thing: unknown) =>
    found("prints", `${inspect(thing, { depth: 12, showHidden: true })}${String(thing)}`);
  show(config);
  found("prints", config);
  for (const { id } of await world.store.read((q) => listConnections(q, workspace))) {
    const opened = await openConnection(world, workspace, id);
    show(opened);
    found("prints", opened);
    if (opened.kind === "open") show(await opened.account.get("999").catch((error) => error));
  }
  show(world.keyring);
  show(world.vendors);
}

async function fromOutside(): Promise<void> {
  const { workspace, config } = journey.house;
  for (const line of [
    `connections --workspace ${workspace} --json`,
    `changes --workspace ${workspace} --json`,
    "audit export",
    "audit export --format csv",
    "audit verify",
    "keys status",
    "doctor",
    "keys rewrap",
    `policy show --workspace ${workspace}`,
  ]) {
    await command(line);
  }
  for (const { id } of await journey.changes()) await command(`change ${id} --json`);
  const { url } = journey.house.app();
  const authorization = `Bearer ${config.metricsToken?.reveal()}`;
  const metrics = await fetch(`${url}/metrics`, { headers: { authorization } });
  expect(metrics.status).toBe(200);
  found("metrics", await metrics.text());
  for (const path of ["/healthz", "/readyz", "/metrics", "/nowhere"]) {
    found("metrics", await (await fetch(url + path)).text());
  }
}

async function lookEverywhere(): Promise<void> {
  const { slack, world, config } = journey.house;
  found("Slack calls", slack.calls());
  for (const channel of slack.channels) found("Slack messages", slack.messages(channel.id));
  for (const person of slack.people) found("Slack messages", slack.ephemerals(person.id));
  const file = config.databaseUrl.replace(/^file:/, "");
  await world.store.backup(`${file}.copy`);
  found("backup", readFileSync(`${file}.copy`, "latin1"));
  for (const name of readdirSync(dirname(file))) {
    found(name, readFileSync(join(dirname(file), name), "latin1"));
  }
}

/** The real program on this database, with every secret in its environment, ended by a fault. */
async function crashed(): Promise<void> {
  const { config } = journey.house;
  await journey.house.stopBot();
  const program = await bundled("src/main.ts");
  const report = `${config.databaseUrl.replace(/^file:/, "")}.report.json`;
  const preload = new URL("./crash.mjs", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", preload, program, "serve"], {
    env: {
      ...environment(),
      PATH: process.env.PATH,
      CRASH_REPORT: report,
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "trace",
    },
  });
  let said = "";
  const take = (text: unknown) => {
    said += String(text);
    if (said.includes('"ready"')) child.kill("SIGUSR2");
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const [code] = await once(child, "close");
  expect(said).toContain("a fault nobody foresaw");
  expect(code).not.toBe(0);
  found("crash", said);
  found("crash", readFileSync(report, "latin1"));
}
