import { type Answer, bodyOf, type Call, json } from "./answer.ts";
import { scheduleOf } from "./burki-shapes.ts";
import type { Entry } from "./entry.ts";
import { detail } from "./fastapi.ts";
import type { Trait } from "./pretend.ts";
import type { Shop } from "./shop.ts";

const startMs = 1000;

export function pause(shop: Shop, entry: Entry): Answer {
  if (entry.word !== "running") return detail(400, "Campaign is not running");
  shop.move(entry, "paused");
  return json(200, { message: "Campaign paused successfully" });
}

/** Start and resume are one call, and asynchronous: `scheduled` first, `running` a moment later. */
export function start(shop: Shop, entry: Entry): Answer {
  if (!["draft", "scheduled", "paused"].includes(entry.word)) return cannot("started", entry);
  const complaint = complaints.find(([trait]) => entry.traits.includes(trait));
  if (complaint) return detail(400, complaint[1]);
  const { scheduled_at: at } = scheduleOf(entry, shop.now());
  shop.move(entry, "scheduled");
  const answer = {
    success: true,
    task_id: `task-${entry.id}-${entry.changes}`,
    campaign_id: Number(entry.id),
    status: "scheduled",
  };
  if (at !== null) {
    const when = at.replace("T", " ").replace("Z", " UTC");
    return json(200, { ...answer, message: `Campaign scheduled for ${when}`, scheduled_time: at });
  }
  shop.follow(entry, "running", startMs);
  return json(200, { ...answer, message: "Campaign execution started immediately" });
}

const complaints: readonly [Trait, string][] = [
  ["no_contacts", "No contacts found"],
  ["all_reached", "All contacts have already been processed"],
  ["start_passed", "Scheduled time is in the past"],
];

export function stop(shop: Shop, entry: Entry): Answer {
  if (!["scheduled", "running", "paused"].includes(entry.word)) return cannot("stopped", entry);
  shop.move(entry, "cancelled");
  return json(200, { message: "Campaign stopped successfully" });
}

export function unschedule(shop: Shop, entry: Entry): Answer {
  if (entry.word !== "scheduled") return cannot("unscheduled", entry);
  shop.move(entry, "draft");
  return json(200, { message: "Campaign unscheduled successfully" });
}

export function remove(shop: Shop, entry: Entry): Answer {
  if (entry.word === "running") return cannot("deleted", entry);
  shop.remove(entry);
  return json(200, { message: "Campaign deleted successfully" });
}

/** Calls people again: the counters begin at nought. */
export function again(call: Call, shop: Shop, entry: Entry): Answer {
  const body = bodyOf(call) as { contact_selection?: unknown; schedule_settings?: unknown };
  if (!body?.contact_selection) {
    const complaint = {
      loc: ["body", "contact_selection"],
      msg: "Field required",
      type: "missing",
    };
    return json(422, { detail: [complaint] });
  }
  if (!["completed", "cancelled", "failed"].includes(entry.word)) return cannot("run again", entry);
  const status = body.schedule_settings ? "scheduled" : "draft";
  const contacts_reset = entry.total;
  Object.assign(entry, { done: 0, failed: 0 });
  shop.move(entry, status);
  const message = "Campaign reset for re-execution";
  const schedule_type = body.schedule_settings ? "scheduled" : "manual";
  return json(200, {
    success: true,
    message,
    campaign_id: Number(entry.id),
    contacts_reset,
    schedule_type,
    status,
  });
}

/** The real texts are not documented; nobody should read them. */
const cannot = (done: string, { word }: Entry) =>
  detail(400, `Campaign cannot be ${done} in its current status: ${word}`);
