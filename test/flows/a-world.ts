import type { ActionRule } from "../../src/domain/action-rule.ts";
import type { Action, Campaign, VendorName } from "../../src/domain/campaign.ts";
import { vendorNames, vendorTitles } from "../../src/domain/campaign.ts";
import { createMemories } from "../../src/domain/memories.ts";
import { connectVendor } from "../../src/flows/connect-vendor.ts";
import { VendorFailure } from "../../src/vendors/failure.ts";
import type { OpenAccount, Vendor } from "../../src/vendors/vendor.ts";
import type { World } from "../../src/world.ts";
import { keptLog } from "../queue/kept-log.ts";
import { freshStore } from "../support/two-engines.ts";

export const workspace = "T1";

/** One account in memory: its campaigns, how often each was really changed, and what goes wrong. */
interface Shop {
  campaigns: Campaign[];
  /** Every changing call that took effect, as "pause 42". */
  effects: string[];
  /** Runs around a call; throws what the caller shall meet, before the effect or after it. */
  before?: ((call: string) => Promise<void> | void) | undefined;
  after?: ((call: string) => Promise<void> | void) | undefined;
}

export interface AWorld {
  world: World;
  shops: Record<VendorName, Shop>;
  lines: ReturnType<typeof keptLog>["lines"];
  clock: { at: Date };
  passes(ms: number): void;
}

const words: Record<Action, Pick<Campaign, "phase" | "word">> = {
  pause: { phase: "paused", word: "paused" },
  resume: { phase: "running", word: "running" },
  cancel: { phase: "cancelled", word: "cancelled" },
};

/** The real store on SQLite, five vendors in memory, a clock that stands still. */
export async function aWorld(): Promise<AWorld> {
  const { store, keyring } = await freshStore("sqlite");
  const { log, lines } = keptLog();
  const clock = { at: new Date("2027-01-04T12:00:00Z") };
  const shops = Object.fromEntries(
    vendorNames.map((name) => [name, { campaigns: [], effects: [] }]),
  ) as unknown as Record<VendorName, Shop>;
  let last = 0;
  const memories = createMemories(() => clock.at);
  const world: World = {
    store,
    keyring,
    vendors: Object.fromEntries(
      vendorNames.map((name) => [name, aVendor(name, shops[name])]),
    ) as Record<VendorName, Vendor>,
    now: () => clock.at,
    random: () => 0.5,
    haste: 1,
    newId(prefix) {
      last += 1;
      return `${prefix}_${last}`;
    },
    log,
    egressAllow: [],
    recentLists: memories.open({ ms: 10_000, most: 1_000 }),
    memories,
    wake: () => {},
  };
  const passes = (ms: number) => {
    clock.at = new Date(clock.at.getTime() + ms);
  };
  return { world, shops, lines, clock, passes };
}

export function aCampaign(parts: Partial<Campaign> = {}): Campaign {
  return { id: "42", name: "Spring launch", phase: "running", word: "running", ...parts };
}

/** Connects a vendor under a name, each name with a key of its own, and gives the connection. */
export async function connected(
  world: World,
  vendor: VendorName = "burki",
  name: string = vendor,
  apiKey = `k3y-of-${name}`,
) {
  const secret = { apiKey };
  const wanted = { workspace, vendor, name, options: {}, secret, by: "U_ADA" };
  const made = await connectVendor(world, wanted, { check: false });
  if (made.kind !== "connected") throw new Error(JSON.stringify(made));
  return made.connection;
}

export function fails(
  kind: VendorFailure["facts"]["kind"],
  facts: Partial<VendorFailure["facts"]> = {},
) {
  return () => {
    throw new VendorFailure({ vendor: "burki", kind, ...facts });
  };
}

/** Only Peachdesk undoes what it was told. */
function watched(name: VendorName): Pick<ActionRule, "watch"> {
  const rule = { looks: [15, 60, 300], settledAfter: 60, atMost: 7_200 };
  return name === "peachdesk" ? { watch: rule } : {};
}

function aVendor(name: VendorName, shop: Shop): Vendor {
  return {
    name,
    title: vendorTitles[name],
    fields: [{ name: "apiKey", label: "API key", required: true, secret: true }],
    defaultBaseUrl: () => `https://api.${name}.example`,
    hosts: [`api.${name}.example`],
    campaignId: /^[1-9]\d{0,18}$/,
    capabilities: {
      pause: { from: ["running"], reaches: ["paused"], ...watched(name) },
      resume: {
        from: ["paused"],
        reaches: ["running"],
        waitOn: ["starting"],
        ...watched(name),
      },
      cancel:
        name === "talkdesk"
          ? { cannot: "Talkdesk has no cancel." }
          : { from: ["running", "paused"], reaches: ["cancelled"], irreversible: true },
    },
    open: () => anAccount(name, shop),
  };
}

function anAccount(vendor: VendorName, shop: Shop): OpenAccount {
  const calling = async <T>(call: string, work: () => T): Promise<T> => {
    await shop.before?.(call);
    const result = work();
    await shop.after?.(call);
    return result;
  };
  return {
    check: () => calling("check", () => undefined),
    list: () => calling("list", () => shop.campaigns.map((one) => ({ ...one }))),
    get: (id) =>
      calling("get", () => {
        const found = shop.campaigns.find((one) => one.id === id);
        if (!found) throw new VendorFailure({ vendor, kind: "not_found", status: 404 });
        return { ...found };
      }),
    act: (action, id) =>
      calling("act", () => {
        const found = shop.campaigns.find((one) => one.id === id);
        if (!found) throw new VendorFailure({ vendor, kind: "not_found", status: 404 });
        Object.assign(found, words[action]);
        shop.effects.push(`${action} ${id}`);
      }),
  };
}
