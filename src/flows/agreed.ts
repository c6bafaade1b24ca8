import { createHash } from "node:crypto";
import type { Action, VendorName } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import type { Connection } from "../store/connections.ts";
import { startWithinMinutes, tooLateToBegin } from "./patience.ts";

/** All that somebody agrees to: this action, on this campaign, with this account, at this address. */
interface Agreed {
  action: Action;
  vendor: VendorName;
  connectionId: string;
  /** Rises when the secret, base URL or options change. */
  version: number;
  baseUrl: string;
  campaignId: string;
}

/** A digest that is another one as soon as any part of it is. */
export function digestOf(agreed: Agreed): string {
  const { action, vendor, connectionId, version, baseUrl, campaignId } = agreed;
  const parts = [action, vendor, connectionId, version, baseUrl, campaignId];
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

/** Why what was agreed to must not be begun any more, and what the change then is. */
export interface Lapsed {
  state: "superseded" | "expired";
  sentence: string;
}

/** What was agreed to is what is done, and while it is still meant: otherwise it has to be asked for again. */
export function lapsed(
  change: Change,
  target: Target,
  { id: connectionId, vendor, version, baseUrl }: Connection,
  now: Date,
): Lapsed | undefined {
  const campaignId = target.campaign.id;
  const found = { action: change.action, vendor, connectionId, version, baseUrl, campaignId };
  const same = version === target.connectionVersion;
  if (!same || (target.digest !== undefined && target.digest !== digestOf(found))) {
    const sentence = `The connection ${target.connection} was changed after this was asked. Nothing was sent. Ask again.`;
    return { state: "superseded", sentence };
  }
  if (!tooLateToBegin(change, target, now)) return undefined;
  const sentence = `This could not be begun within ${startWithinMinutes} minutes after it was agreed to. Nothing was sent. Ask again if it is still wanted.`;
  return { state: "expired", sentence };
}
