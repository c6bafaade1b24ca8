import { createHash } from "node:crypto";
import type { Action, VendorName } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import { sameAccount } from "../domain/identity.ts";
import type { Connection } from "../store/connections.ts";
import { isLate, isPointless, startWithinMinutes } from "./patience.ts";

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

/**
 * What was agreed to is what is done, and while it is still meant: otherwise it has to be asked for again. Only of what
 * no call has left for yet.
 */
export function lapsed(
  change: Change,
  target: Target,
  connection: Connection,
  now: Date,
): Lapsed | undefined {
  return isAsAgreed(change, target, connection) ? tooLate(change, now) : changedSince(target);
}

/** Its time to begin is over, or the time until which it was to last. */
export function tooLate(change: Change, now: Date): Lapsed | undefined {
  if (isPointless(change, now)) {
    const sentence =
      "The time until which this was to last was over before it could begin. Nothing was sent.";
    return { state: "expired", sentence };
  }
  if (!isLate(change, now)) return undefined;
  const sentence = `This could not be begun within ${startWithinMinutes} minutes after it was agreed to. Nothing was sent. Ask again if it is still wanted.`;
  return { state: "expired", sentence };
}

/**
 * A pause goes on under another key, unless that is known to be of another account: the campaign has to be recognised before
 * anything is sent. Whatever starts or ends something is asked for again.
 */
export function isAsAgreed(change: Change, target: Target, connection: Connection): boolean {
  const { id: connectionId, vendor, version, baseUrl } = connection;
  if (version !== target.connectionVersion)
    return change.action === "pause" && sameAccount(target, connection) !== "other";
  const campaignId = target.campaign.id;
  const found = { action: change.action, vendor, connectionId, version, baseUrl, campaignId };
  return target.digest === undefined || target.digest === digestOf(found);
}

/** The connection does not lead any more to what was agreed to. */
export function changedSince({ connection }: Target): Lapsed {
  const sentence = `The connection ${connection} was changed after this was asked. Nothing was sent. Ask again.`;
  return { state: "superseded", sentence };
}
