import type { VendorName } from "../domain/campaign.ts";
import { burki } from "./burki.ts";
import type { Http } from "./http.ts";
import { peachdesk } from "./peachdesk.ts";
import { sarvam } from "./sarvam.ts";
import { talkdesk } from "./talkdesk.ts";
import type { Vendor } from "./vendor.ts";
import { woodpecker } from "./woodpecker.ts";

export interface VendorTools {
  http: Http;
  now(): Date;
  sleep?(ms: number): Promise<void>;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** The five platforms. Tokens and queues live in what this returns, so it is made once. */
export function createVendors({
  http,
  now,
  sleep = pause,
}: VendorTools): Record<VendorName, Vendor> {
  return {
    peachdesk: peachdesk(http, { now }),
    burki: burki(http),
    woodpecker: woodpecker(http, { now, sleep }),
    sarvam: sarvam(http, { now }),
    talkdesk: talkdesk(http, { now }),
  };
}
