import type { VendorName } from "../../src/domain/campaign.ts";
import type { PretendSlack } from "../slack/types.ts";
import type { PretendVendor } from "../vendors/pretend.ts";

/** Everything the page shows and moves. */
export interface Stage {
  slack: PretendSlack;
  vendors: Record<VendorName, PretendVendor>;
  clock: { now(): Date; advance(ms: number): void; set(at: Date): void };
}
