import type { VendorName } from "./domain/campaign.ts";
import type { Log } from "./ops/log.ts";
import type { Keyring } from "./store/seal.ts";
import type { Store } from "./store/database.ts";
import type { Vendor } from "./vendors/vendor.ts";

/** What a flow may touch. It holds no Slack client, so no flow can talk to Slack. */
export interface World {
  store: Store;
  keyring: Keyring;
  vendors: Record<VendorName, Vendor>;
  now(): Date;
  /** 0 ≤ x < 1, for jitter. */
  random(): number;
  /** A fresh unguessable id, e.g. `newId("chg")`. */
  newId(prefix: string): string;
  log: Log;
  /** Tells the worker that there are new jobs; called after a commit. */
  wake(): void;
}
