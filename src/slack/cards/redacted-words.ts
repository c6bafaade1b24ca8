import type { Action } from "../../domain/campaign.ts";
import { type Mrkdwn, mrkdwn } from "./text.ts";
import { counted, verbs } from "./words.ts";

/** "Pause 1 campaign": what may be read by people of other organisations. */
export function redactedTitle(wish: {
  action: Action;
  targets: readonly unknown[];
  stop?: boolean;
}): string {
  if (wish.stop) return `Emergency stop: ${counted(wish.targets.length, "campaign")}`;
  return `${verbs[wish.action].ask} ${counted(wish.targets.length, "campaign")}`;
}

/** Why there is so little, and where the rest is. */
export const redactedNote: Mrkdwn = mrkdwn`People of other organisations can read this channel, so names and reasons are left out.`;
