import type { Entry } from "./entry.ts";

/** Nothing is known of the contacts before the source was read. */
const unread = (entry: Entry) =>
  entry.word === "created" || entry.word === "syncing" || entry.due !== null || entry.loading;

/** Rises by one per batch of ten, not per contact: a fault of the real one, kept. */
const batchesDone = (entry: Entry) => Math.ceil(entry.done / 10);

export function campaignOf(entry: Entry, state: string) {
  const telephony = !entry.traits.includes("no_telephony");
  return {
    id: Number(entry.id),
    name: entry.name,
    workflow_id: 1,
    workflow_name: "Reminder bot",
    state,
    source_type: "csv",
    source_id: "campaigns/1/x.csv",
    total_rows: unread(entry) ? null : entry.total,
    processed_rows: batchesDone(entry),
    failed_rows: entry.failed,
    created_at: micro(entry.createdAt),
    started_at: entry.startedAt && micro(entry.startedAt),
    completed_at: entry.word === "completed" ? micro(entry.changedAt) : null,
    retry_config: {
      enabled: true,
      max_retries: 1,
      retry_delay_seconds: 120,
      retry_on_busy: true,
      retry_on_no_answer: true,
      retry_on_voicemail: false,
    },
    max_concurrency: null,
    schedule_config: entry.traits.includes("talkative") ? officeHours : null,
    circuit_breaker: {
      enabled: false,
      failure_threshold: 0.5,
      window_seconds: 120,
      min_calls_in_window: 5,
    },
    executed_count: entry.done,
    total_queued_count: unread(entry) ? 0 : entry.total,
    parent_campaign_id: null,
    redialed_campaign_id: null,
    telephony_configuration_id: telephony ? 1 : null,
    telephony_configuration_name: telephony ? "Twilio EU" : null,
    logs: logsOf(entry),
  };
}

export function progressOf(entry: Entry, state: string, now: Date) {
  const total = unread(entry) ? 0 : entry.total;
  const share = total === 0 ? 0 : (100 * batchesDone(entry)) / total;
  return {
    campaign_id: Number(entry.id),
    state,
    total_rows: total,
    processed_rows: batchesDone(entry),
    failed_calls: entry.failed,
    progress_percentage: Math.round(share * 100) / 100,
    source_sync: syncOf(entry, now),
    rate_limit: 1,
    started_at: entry.startedAt && micro(entry.startedAt),
    completed_at: entry.word === "completed" ? micro(entry.changedAt) : null,
  };
}

function syncOf(entry: Entry, now: Date) {
  if (entry.traits.includes("sync_failed")) {
    return { status: "failed", last_synced_at: null, error: "Source could not be read" };
  }
  if (entry.due || entry.loading)
    return { status: "in_progress", last_synced_at: null, error: null };
  if (entry.word === "created") return { status: "pending", last_synced_at: null, error: null };
  return { status: "completed", last_synced_at: micro(entry.startedAt ?? now), error: null };
}

/** Only what happens by itself is logged; a pause, resume or start by a person never is. */
function logsOf(entry: Entry) {
  const own = entry.notes.map(({ at, event, message }) => {
    const level = event === "circuit_breaker_tripped" ? "warning" : "error";
    return { ts: stamp(new Date(at)), level, event, message, details: null };
  });
  return [...seededLogs(entry), ...own];
}

function seededLogs(entry: Entry) {
  const ts = stamp(entry.changedAt);
  if (entry.traits.includes("sync_failed")) {
    const message = "Source could not be read";
    return [{ ts, level: "error", event: "source_sync_failed", message, details: null }];
  }
  if (entry.traits.includes("talkative")) return Array(3).fill(tripped(entry));
  return entry.traits.includes("breaker_tripped") ? [tripped(entry)] : [];
}

/** Always open, in one slot for each day. */
const officeHours = {
  enabled: true,
  timezone: "Europe/Berlin",
  slots: Array.from({ length: 7 }, (_, day) => ({
    day_of_week: day,
    start_time: "00:00",
    end_time: "24:00",
  })),
};

function tripped(entry: Entry) {
  return {
    // A minute after its start, which was when it was made.
    ts: stamp(new Date(entry.createdAt.getTime() + 60_000)),
    level: "warning",
    event: "circuit_breaker_tripped",
    message: "Paused: failure rate 100.00% (5/5) exceeded threshold 50.00% in 120s window",
    details: {
      threshold: 0.5,
      failure_rate: 1.0,
      failure_count: 5,
      success_count: 0,
      window_seconds: 120,
      recent_failures: [],
    },
  };
}

const stamp = (date: Date) => date.toISOString().replace("Z", "000+00:00");
const micro = (date: Date) => date.toISOString().replace("Z", "000Z");
