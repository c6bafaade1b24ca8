import { type Message, says } from "./message.ts";
import { code, joined, type Mrkdwn, mrkdwn } from "./text.ts";

const mostShown = 10;

/** A campaign that a change leaves out, as `connection:id`, and why. */
interface LostCampaign {
  campaign: string;
  why: string;
}

/** In the thread: which campaigns of the earlier change are not in this one. */
export function lostNotice(lost: readonly LostCampaign[]): Message {
  return says(joined(lostLines(lost), "\n"));
}

export function lostLines(lost: readonly LostCampaign[]): Mrkdwn[] {
  const lines = lost
    .slice(0, mostShown)
    .map(({ campaign, why }) => mrkdwn`⚠️ Left out: ${code(campaign)}. ${why}`);
  const more = lost.length - lines.length;
  return more > 0 ? [...lines, mrkdwn`and ${more} more.`] : lines;
}
