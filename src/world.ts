import type { Campaign, VendorName } from "./domain/campaign.ts";
import type { Memories, Memory } from "./domain/memories.ts";
import type { Log } from "./ops/log.ts";
import type { Store } from "./store/database.ts";
import type { Keyring } from "./store/seal.ts";
import type { Vendor } from "./vendors/vendor.ts";

type RecentList = Promise<{ campaigns?: readonly Campaign[]; unreadable?: string }>;

/** What a flow may touch. It holds no Slack client, so no flow can talk to Slack. */
export interface World {
  store: Store;
  keyring: Keyring;
  vendors: Record<VendorName, Vendor>;
  now(): Date;
  /** 0 ≤ x < 1, for jitter. */
  random(): number;
  /** Every wait for a platform is divided by it: 1, and more in tests. */
  haste: number;
  /** A fresh unguessable id, e.g. `newId("chg")`. */
  newId(prefix: string): string;
  log: Log;
  /** `host:port` that vendor calls may reach although private or plain http. */
  egressAllow: readonly string[];
  /** Lists read a moment ago, by connection and version, for the type-ahead. */
  recentLists: Memory<RecentList>;
  /** Everything that is only remembered, to be forgotten with its workspace. */
  memories: Memories;
  /** Tells the worker that there are new jobs; called after a commit. */
  wake(): void;
}
