import { directMessage, personOf } from "../find.ts";
import { newestInstall } from "../installs.ts";
import type { Org, Platform } from "../platform.ts";
import { viewShape } from "../shapes/messages.ts";
import { randomText, type Workspace } from "../state.ts";
import type { Delivery, EventOptions } from "../types.ts";
import type { Deliver } from "./deliver.ts";
import { type Frame, workspaceFrame } from "./frame.ts";
import { verificationToken } from "./payload.ts";

const redeliveries = 3;

/** Where events come from: one workspace, or a whole organisation. */
export interface EventSource {
  now(): Date;
  newId(prefix: string, length: number): string;
  appId: string;
  frame(event: Record<string, unknown>): Frame;
}

export function workspaceEvents(workspace: Workspace): EventSource {
  const { now, newId, appId } = workspace;
  return { now, newId, appId, frame: (event) => workspaceFrame(workspace, event) };
}

/** Events about no single workspace carry `team_id: null`: https://docs.slack.dev/reference/events/team_access_granted */
export function orgEvents(platform: Platform, { enterprise }: Org): EventSource {
  const { now, random, app } = platform;
  const newId = (prefix: string, length: number) =>
    prefix + randomText(random, length - prefix.length);
  const frame = (): Frame => {
    const install = newestInstall(platform.installs, enterprise.id);
    const about = { enterprise_id: enterprise.id, team_id: null };
    const bot = { user_id: install?.botUserId ?? "", is_bot: true, is_enterprise_install: true };
    return {
      ...about,
      authorizations: install && !install.ended ? [{ ...about, ...bot }] : [],
      is_ext_shared_channel: false,
    };
  };
  return { now, newId, appId: app.id, frame };
}

/** Sends an event; on failure, when asked, again up to three times with Slack's retry headers. */
export async function sendEvent(
  source: EventSource,
  deliver: Deliver,
  event: Record<string, unknown>,
  options: EventOptions = {},
): Promise<Delivery> {
  const at = (options.eventTime ?? source.now()).getTime();
  const body = JSON.stringify({
    token: verificationToken,
    api_app_id: source.appId,
    ...source.frame(event),
    event: { ...event, event_ts: event.event_ts ?? (at / 1000).toFixed(6) },
    type: "event_callback",
    event_id: options.eventId ?? source.newId("Ev0", 13),
    event_time: Math.floor(at / 1000),
    event_context: `4-${source.newId("", 24)}`,
  });
  const send = (headers: Record<string, string>) =>
    deliver({ body, contentType: "application/json", headers });
  let delivery = await send(options.retryNum ? retryHeaders(options.retryNum, undefined) : {});
  for (let count = 1; options.retry && delivery.error && count <= redeliveries; count += 1)
    delivery = { ...(await send(retryHeaders(count, delivery))), attempts: count + 1 };
  return delivery;
}

function retryHeaders(count: number, last: Delivery | undefined): Record<string, string> {
  const reason =
    last?.error === "http_error" || last?.error === "connection_failed"
      ? last.error
      : "http_timeout";
  return { "x-slack-retry-num": String(count), "x-slack-retry-reason": reason };
}

export function openHome(workspace: Workspace, deliver: Deliver, who: string): Promise<Delivery> {
  const person = personOf(workspace, who);
  const home = workspace.homes.get(person.id);
  return sendEvent(workspaceEvents(workspace), deliver, {
    type: "app_home_opened",
    user: person.id,
    channel: directMessage(workspace, person.id).id,
    tab: "home",
    ...(home ? { view: viewShape(home, workspace) } : {}),
  });
}
