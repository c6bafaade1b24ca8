import { directMessage, personOf } from "../find.ts";
import { viewShape } from "../shapes/messages.ts";
import type { Workspace } from "../state.ts";
import type { Delivery, EventOptions } from "../types.ts";
import type { Deliver } from "./deliver.ts";
import { eventEnvelope } from "./payload.ts";

const redeliveries = 3;

/** Sends an event; on failure, when asked, again up to three times with Slack's retry headers. */
export async function sendEvent(
  workspace: Workspace,
  deliver: Deliver,
  event: Record<string, unknown>,
  options: EventOptions = {},
): Promise<Delivery> {
  const id = options.eventId ?? workspace.newId("Ev0", 13);
  const full = { ...event, event_ts: event.event_ts ?? workspace.newTs() };
  const body = JSON.stringify(eventEnvelope(workspace, id, full));
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
  return sendEvent(workspace, deliver, {
    type: "app_home_opened",
    user: person.id,
    channel: directMessage(workspace, person.id).id,
    tab: "home",
    ...(home ? { view: viewShape(home, workspace) } : {}),
  });
}
