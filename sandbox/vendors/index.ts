import { type VendorName, vendorNames } from "../../src/domain/campaign.ts";
import type { Behaviour } from "./answer.ts";
import { burki } from "./burki.ts";
import { peachdesk } from "./peachdesk.ts";
import type { NewCampaign, PretendVendor, Timers } from "./pretend.ts";
import { sarvam } from "./sarvam.ts";
import { seedOf } from "./seed.ts";
import { openVendor } from "./server.ts";
import { openTalkdesk } from "./talkdesk.ts";
import { woodpecker } from "./woodpecker.ts";

export type { Fault } from "./faults.ts";
export type { NewCampaign, PretendVendor } from "./pretend.ts";
export { keyPairClient } from "./talkdesk-signatures.ts";
export { otherClient, readOnlyClient } from "./talkdesk-tokens.ts";
export { colleaguesKey } from "./woodpecker.ts";

export interface PretendVendorOptions {
  now(): Date;
  /** How long a vendor takes; default 30 to 120 ms. Tests pass 0. */
  latencyMs?: number | ((name: VendorName) => number);
  timers?: "real" | Timers;
  random?: () => number;
  /** Only these are started; the others are missing from the result. */
  only?: readonly VendorName[];
  seed?: Partial<Record<VendorName, readonly NewCampaign[]>>;
}

/** Five vendors, each on a port of its own of 127.0.0.1. Time passes for them by `now` alone. */
export async function startPretendVendors(
  options: PretendVendorOptions,
): Promise<Record<VendorName, PretendVendor>> {
  const { now, random = Math.random, seed = {}, timers = "real" } = options;
  const latency = options.latencyMs ?? (() => 30 + Math.floor(random() * 90));
  const behaviours: Record<VendorName, Behaviour> = {
    peachdesk,
    burki,
    woodpecker,
    sarvam,
    talkdesk: openTalkdesk(random),
  };
  const started = (options.only ?? vendorNames).map(async (name) => {
    const vendor = await openVendor(behaviours[name], {
      now,
      random,
      latencyMs: () => (typeof latency === "number" ? latency : latency(name)),
      timers: timers === "real" ? realTimers : timers,
      seed: seed[name] ?? seedOf(name, now()),
    });
    return [name, vendor] as const;
  });
  return Object.fromEntries(await Promise.all(started)) as Record<VendorName, PretendVendor>;
}

/** They hold no process open. */
const realTimers: Timers = {
  set: (callback, ms) => setTimeout(callback, ms).unref(),
  clear: (handle) => clearTimeout(handle as NodeJS.Timeout),
};
