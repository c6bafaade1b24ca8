import { type Action, type CampaignRef, vendorTitles } from "../../domain/campaign.ts";
import { lookAlikesIn } from "../../domain/mixed-script.ts";
import { clean, clip, escaped, type Mrkdwn, mrkdwn } from "./text.ts";

/** The three verbs as people say them. */
export const verbs: Record<Action, { ask: string; doing: string; done: string; past: string }> = {
  pause: { ask: "Pause", doing: "Pausing", done: "Paused", past: "paused" },
  resume: { ask: "Resume", doing: "Resuming", done: "Resumed", past: "resumed" },
  cancel: { ask: "Cancel", doing: "Cancelling", done: "Cancelled", past: "cancelled" },
};

/** How a campaign stands after each, and should go on standing. */
export const standing: Record<Action, string> = {
  pause: "paused",
  resume: "running",
  cancel: "cancelled",
};

/** Ids come from Slack or from a policy; anything that is not one is shown as the text it is. */
export function person(id: string): Mrkdwn {
  return /^[UW][A-Z0-9]+$/.test(id) ? { mrkdwn: `<@${id}>` } : escaped(id, 40);
}

export function who(id: string): Mrkdwn {
  if (/^S[A-Z0-9]+$/.test(id)) return { mrkdwn: `<!subteam^${id}>` };
  if (id === "admins") return mrkdwn`an admin`;
  if (id === "members") return mrkdwn`any member`;
  if (id === "guests") return mrkdwn`a guest`;
  return person(id);
}

export function channel(id: string): Mrkdwn {
  return /^[CGD][A-Z0-9]+$/.test(id) ? { mrkdwn: `<#${id}>` } : escaped(id, 40);
}

/** A moment in each reader's own zone; the fallback is UTC. */
export function when(date: Date): Mrkdwn {
  return dateToken(date, "{date_short_pretty} at {time}", utc(date));
}

/** The time of day alone, for what happened just now. */
export function clock(date: Date): Mrkdwn {
  return dateToken(date, "{time}", utc(date).slice(11));
}

function dateToken(date: Date, format: string, fallback: string): Mrkdwn {
  const unix = Math.floor(date.getTime() / 1000);
  return Number.isFinite(unix)
    ? { mrkdwn: `<!date^${unix}^${format}|${fallback}>` }
    : mrkdwn`an unknown time`;
}

function utc(date: Date): string {
  if (Number.isNaN(date.getTime())) return "an unknown time";
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** "a", "a and b", "a, b and c" */
export function listed(parts: readonly string[], last = "and"): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
}

/** "1 campaign", "3 campaigns" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** “Spring launch”, or "campaign 42" where no name is known. */
export function nameOf(campaign: { id: string; name: string }, limit = 80): string {
  const [name, id] = [clean(campaign.name).trim(), clean(campaign.id).trim()];
  return name === "" || name === id ? `campaign ${clip(id, limit)}` : `“${clip(name, limit)}”`;
}

/** Names that may pass for others, each in a sentence; at most three. */
export function doubtfulNames(campaigns: readonly { name: string }[]): Mrkdwn[] {
  const sentences = lookAlikesIn(campaigns.map(({ name }) => name));
  return sentences.slice(0, 3).map((sentence) => mrkdwn`⚠️ ${sentence}`);
}

/** "Pause “Spring launch” on Burki", "Pause 3 campaigns on Burki and Woodpecker", "Emergency stop: 37 campaigns" */
export function titleOf(wish: {
  action: Action;
  targets: readonly CampaignRef[];
  stop?: boolean;
}): string {
  if (wish.stop) return `Emergency stop: ${counted(wish.targets.length, "campaign")}`;
  return `${verbs[wish.action].ask} ${objectOf(wish.targets)}`;
}

/** "“Spring launch” on Burki", "3 campaigns on Burki and Woodpecker" */
export function objectOf(targets: readonly CampaignRef[]): string {
  const [first] = targets;
  const vendors = [...new Set(targets.map((target) => vendorTitles[target.vendor]))];
  if (!first) return "no campaign";
  const what = targets.length === 1 ? nameOf(first.campaign) : counted(targets.length, "campaign");
  return `${what} on ${listed(vendors)}`;
}
