import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { type RunningApp, startApp } from "../src/app.ts";
import type { Config } from "../src/config.ts";
import type { VendorName } from "../src/domain/campaign.ts";
import type { Policy } from "../src/domain/policy.ts";
import { connectVendor } from "../src/flows/connect-vendor.ts";
import { applyPolicy } from "../src/flows/policy-text.ts";
import { openWorld } from "../src/open-world.ts";
import type { Log } from "../src/ops/log.ts";
import { type PaceLimits, slackPace } from "../src/slack/pace.ts";
import { newKeyLine } from "../src/store/seal.ts";
import { Secret } from "../src/store/secret.ts";
import type { World } from "../src/world.ts";
import { quickFolder } from "./quick-folder.ts";
import { startPretendSlack } from "./slack/index.ts";
import type { PretendSlack } from "./slack/types.ts";
import { startPretendVendors } from "./vendors/index.ts";
import type { PretendVendor } from "./vendors/pretend.ts";

const noLimits = { person: 0, workspace: 0 };

export interface HouseOptions {
  now(): Date;
  random?: () => number;
  /** Milliseconds each pretend vendor takes to answer. */
  vendorLatencyMs?: number;
  vendorDeadlineMs?: number;
  /** How long the bot waits for one answer of Slack's; for tests in which it hangs. */
  slackTimeoutMs?: number;
  /** Slack's rate limits, as in real life, and the bot's own pace to keep to them. */
  slackLimits?: boolean;
  policy?: Policy;
  logLevel?: string;
  /** Requests a minute; none if left out, for tests are in a hurry. */
  limits?: Config["limits"];
  log?: Log;
  /** Admins whom the operator names; with one token the first of them counts as the installer. */
  admins?: readonly string[];
  /** Many workspaces, installed by OAuth, instead of the one whose token the bot is given. Nothing is installed yet. */
  oauth?: boolean;
  /** The tokens of installs end after twelve hours and are refreshed. */
  rotation?: boolean;
  /** Connections to make at the start, in the default workspace; all five if left out, none with `oauth`. */
  connected?: readonly VendorName[];
}

/** Without Slack's limits there is nothing to keep to. */
const fast = { burst: 1_000_000, perMinute: 1_000_000 };
const noPace: PaceLimits = {
  "chat.postMessage": { workspace: fast },
  "chat.update": { workspace: fast },
  "conversations.info": { workspace: fast },
  looks: fast,
};

/** The real bot between a pretend Slack and five pretend vendors, everything on 127.0.0.1. */
export interface House {
  slack: PretendSlack;
  vendors: Record<VendorName, PretendVendor>;
  config: Config;
  world: World;
  workspace: string;
  app(): RunningApp;
  /** Ends the bot and starts it again on the same database. */
  restart(): Promise<void>;
  /** Ends the bot and leaves it down until `restart`. */
  stopBot(): Promise<void>;
  close(): Promise<void>;
}

export async function startHouse(options: HouseOptions): Promise<House> {
  const { now, random = Math.random } = options;
  const vendors = await startPretendVendors({
    now,
    latencyMs: options.vendorLatencyMs ?? 0,
    random,
  });
  const slack = await startPretendSlack({
    now,
    limits: options.slackLimits ?? false,
    rotation: options.rotation ?? false,
    ...(options.oauth && { installed: [] }),
  });
  const folder = await mkdtemp(join(quickFolder(), "fermata-"));
  const port = options.oauth ? await freePort() : 0;
  const config = configFor(slack, vendors, join(folder, "fermata.db"), { ...options, port });
  const outside = {
    now,
    random,
    ...(options.vendorDeadlineMs !== undefined && { vendorDeadlineMs: options.vendorDeadlineMs }),
    ...(options.log && { log: options.log }),
  };
  const start = async () => {
    const opened = await openWorld(config, { exclusive: true, outside });
    const app = await startApp(config, opened, {
      pace: options.slackLimits ? slackPace : noPace,
      ...(options.slackTimeoutMs !== undefined && { slackTimeoutMs: options.slackTimeoutMs }),
    });
    slack.setBot(`${app.url}/slack/events`);
    return { opened, app };
  };
  let running = await start();
  let up = true;
  const stopBot = async () => {
    if (!up) return;
    up = false;
    await running.app.stop();
    await running.opened.close();
  };
  const workspace = slack.team.id;
  await furnish(running.opened.world, workspace, vendors, options);
  return {
    slack,
    vendors,
    config,
    workspace,
    get world() {
      return running.opened.world;
    },
    app: () => running.app,
    stopBot,
    async restart() {
      await stopBot();
      running = await start();
      up = true;
    },
    async close() {
      await stopBot();
      await slack.close();
      await Promise.all(Object.values(vendors).map((vendor) => vendor.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configFor(
  slack: PretendSlack,
  vendors: Record<VendorName, PretendVendor>,
  file: string,
  {
    logLevel = "warn",
    limits = noLimits,
    oauth,
    port,
    admins = [],
  }: HouseOptions & { port: number },
): Config {
  return {
    signingSecret: new Secret(slack.signingSecret),
    botToken: oauth ? undefined : new Secret(slack.botToken),
    clientId: oauth ? slack.clientId : undefined,
    clientSecret: oauth ? new Secret(slack.clientSecret) : undefined,
    authorizeUrl: `${slack.url}/oauth/v2/authorize`,
    publicUrl: oauth ? `http://127.0.0.1:${port}` : undefined,
    slackApiUrl: `${slack.url}/api/`,
    host: "127.0.0.1",
    port,
    databaseUrl: `file:${file}`,
    keyring: new Secret(newKeyLine()),
    admins,
    egressAllow: Object.values(vendors).map(({ url }) => new URL(url).host),
    metricsToken: undefined,
    limits,
    haste: 1,
    logLevel,
  };
}

/** Known before the bot starts, since it is part of the bot's own address. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function furnish(
  world: World,
  workspace: string,
  vendors: Record<VendorName, PretendVendor>,
  { policy, oauth, connected = oauth ? [] : undefined, vendorDeadlineMs }: HouseOptions,
): Promise<void> {
  const by = "the demo";
  for (const vendor of Object.values(vendors)) {
    if (connected && !connected.includes(vendor.name)) continue;
    const { name, url: baseUrl, options, secret } = vendor;
    const made = await connectVendor(
      world,
      { workspace, vendor: name, name, baseUrl, options, secret, by },
      // A deadline that is short for a test's sake is too short to judge a key by.
      { check: vendorDeadlineMs === undefined },
    );
    if (made.kind !== "connected")
      throw new Error(`${name} was not connected: ${JSON.stringify(made)}`);
  }
  if (policy) await applyPolicy(world, { workspace, policy, by });
}
