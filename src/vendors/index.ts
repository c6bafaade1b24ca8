import type { VendorName } from "../domain/campaign.ts";
import { burki } from "./burki.ts";
import { peachdesk } from "./peachdesk.ts";
import { sarvam } from "./sarvam.ts";
import { talkdesk } from "./talkdesk.ts";
import { type GivenTools, toolsFrom } from "./tools.ts";
import type { Vendor } from "./vendor.ts";
import { woodpecker } from "./woodpecker.ts";

/** The five platforms. Tokens and queues live in what this returns, so it is made once. */
export function createVendors(given: GivenTools): Record<VendorName, Vendor> {
  const tools = toolsFrom(given);
  return {
    peachdesk: peachdesk(tools),
    burki: burki(tools),
    woodpecker: woodpecker(tools),
    sarvam: sarvam(tools),
    talkdesk: talkdesk(tools),
  };
}
