import { orgEvents, sendEvent, workspaceEvents } from "./inbound/event.ts";
import { orgNamed, type Platform, workspaceNamed } from "./platform.ts";
import type { Delivery, UninstallOptions } from "./types.ts";

/** What Slack says of its own accord when an app or its tokens go; nobody waits for it. */
export function announce(
  platform: Platform,
  home: string,
  botUsers: readonly string[],
  options: UninstallOptions = {},
): void {
  sendPartings(platform, home, botUsers, options).catch(() => undefined);
}

/** Tells the bot that it is gone, one event after the other. */
export async function sendPartings(
  platform: Platform,
  home: string,
  botUsers: readonly string[],
  { events = ["tokens_revoked", "app_uninstalled"], eventTime }: UninstallOptions,
): Promise<Delivery[]> {
  const source = home.startsWith("E")
    ? orgEvents(platform, orgNamed(platform, home))
    : workspaceEvents(workspaceNamed(platform, home));
  const ids = new Map(events.map((type) => [type, source.newId("Ev0", 13)]));
  const deliveries: Delivery[] = [];
  for (const type of events) {
    const tokens = type === "tokens_revoked" ? { tokens: { oauth: [], bot: botUsers } } : {};
    const eventId = ids.get(type);
    const how = { ...(eventId ? { eventId } : {}), ...(eventTime ? { eventTime } : {}) };
    deliveries.push(await sendEvent(source, platform.deliver, { type, ...tokens }, how));
  }
  return deliveries;
}
