import type { Call } from "./answer.ts";
import type { Entry } from "./entry.ts";

const day = 86_400_000;
/** Of all campaigns: analytics are an agent's. */
export const agentId = "app-pretend";

export function listedOf(entry: Entry, status: string) {
  return {
    name: entry.name,
    campaign_id: entry.id,
    status,
    app_id: agentId,
    app_type: "agent",
    app_version: 3,
    description: null,
    created_by: "ana@outreach.example",
    created_at: entry.createdAt.toISOString(),
    updated_by: "ana@outreach.example",
    updated_at: entry.changedAt.toISOString(),
  };
}

/** Holds no counters. */
export function detailedOf(entry: Entry, status: string, now: Date) {
  const outside = entry.traits.includes("outside_window");
  const start = outside ? new Date(now.getTime() + day) : entry.createdAt;
  return {
    ...listedOf(entry, status),
    app_config: {
      app_id: agentId,
      app_version: 3,
      attempts_per_second: 1,
      connection_configs: [],
      retry_config: { max_attempts: 2 },
      webhook_config: null,
    },
    start_timestamp: start.toISOString(),
    end_timestamp: new Date(start.getTime() + 30 * day).toISOString(),
    allowed_schedule: {
      allowed_start_time: outside ? "09:00" : "00:00",
      allowed_end_time: outside ? "18:00" : "23:59",
      allowed_days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
      timezone: "Asia/Kolkata",
    },
  };
}

/** The answer to a change: the same few fields as a row of the list. */
export const changedOf = (entry: Entry) => listedOf(entry, entry.word);

export function cohortsOf({ id, total }: Entry) {
  const valid = Math.floor(total * 0.98);
  const result = { total_records: total, valid_records: valid, rejected_records: total - valid };
  return [{ cohort_id: `cohort-${id}`, name: "contacts.csv", status: "completed", result }];
}

/** Without the telephone numbers that the real ones hold. */
export function attemptsOf({ id, done, failed }: Entry) {
  return Array.from({ length: done + failed }, (_, at) => ({
    attempt_id: `att-${id}-${at}`,
    campaign_id: id,
    connectivity_status: at < done ? "connected" : "failed",
  }));
}

export function paged<T>(rows: T[], limit: number, offset: number, call: Call) {
  const at = (from: number) => {
    const query = new URLSearchParams(call.query);
    query.set("offset", String(from));
    query.set("limit", String(limit));
    return `${call.pathname}?${query}`;
  };
  return {
    items: rows.slice(offset, offset + limit),
    total: rows.length,
    limit,
    offset,
    next_page_uri: offset + limit < rows.length ? at(offset + limit) : null,
    prev_page_uri: offset > 0 ? at(Math.max(0, offset - limit)) : null,
  };
}
