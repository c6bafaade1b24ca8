import type { VendorName } from "../domain/campaign.ts";
import { rest } from "../waiting.ts";
import type { FailureKind } from "./failure.ts";
import type { Http } from "./http.ts";
import { createRetryBudget, type RetryBudget } from "./retry-budget.ts";

/** Hears what becomes of calls, for figures; nothing that would tell whose they are. */
export interface Witness {
  called(vendor: VendorName, outcome: FailureKind | "ok"): void;
  /** One account's breaker has opened or closed. */
  breakerChanged(vendor: VendorName, isOpen: boolean): void;
}

/** What a vendor is made with. */
export interface VendorTools {
  http: Http;
  now(): Date;
  sleep(ms: number): Promise<void>;
  /** Every wait for a platform is divided by it: 1, and more in tests. */
  haste: number;
  /** One for all vendors. */
  budget: RetryBudget;
  witness: Witness;
}

export type GivenTools = Pick<VendorTools, "http" | "now"> & Partial<VendorTools>;

const nobody = { called: () => undefined, breakerChanged: () => undefined };

/** A tenth of the first calls, and fifty a minute: enough for a bad moment, too little for a storm. */
export function toolsFrom({
  http,
  now,
  sleep = rest,
  haste = 1,
  budget = createRetryBudget({ now, share: 0.1, least: 50, waitMs: 5_000 / haste, haste }),
  witness = nobody,
}: GivenTools): VendorTools {
  return { http, now, sleep, haste, budget, witness };
}
