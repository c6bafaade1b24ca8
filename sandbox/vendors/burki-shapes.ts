import type { Entry } from "./entry.ts";

const percent = (part: number, whole: number) =>
  whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 100;

const secondsPerCall = 45;

export function detailedOf(entry: Entry, status: string) {
  return {
    id: Number(entry.id),
    name: entry.name,
    description: null,
    campaign_type: "call",
    status,
    assistant_id: 3,
    assistant_name: "Sales assistant",
    initial_message_template: null,
    fallback_values: {},
    variable_mappings: {},
    available_variables: ["first_name"],
    max_attempts: 3,
    retry_delay_minutes: 60,
    total_contacts: entry.total,
    completed_contacts: entry.done,
    failed_contacts: entry.failed,
    created_at: entry.createdAt.toISOString(),
    updated_at: entry.changedAt.toISOString(),
    last_import_file_name: "contacts.csv",
    last_import_date: entry.createdAt.toISOString(),
    last_import_row_count: entry.total,
  };
}

/** List items carry more than the campaign itself does. */
export function listedOf(entry: Entry, status: string) {
  const {
    success_rate,
    answer_rate,
    average_duration_seconds,
    total_duration_seconds,
    actual_cost,
  } = metricsOf(entry);
  return {
    ...detailedOf(entry, status),
    started_at: entry.startedAt?.toISOString() ?? null,
    completed_at: completedAt(entry),
    metrics: {
      success_rate,
      answer_rate,
      average_duration_seconds,
      total_duration_seconds,
      actual_cost,
    },
  };
}

export function progressOf(entry: Entry, status: string, now: Date) {
  const open = Math.max(0, entry.total - entry.done - entry.failed);
  const processing = entry.word === "running" ? Math.min(5, open) : 0;
  return {
    campaign_id: Number(entry.id),
    status,
    progress: {
      total_contacts: entry.total,
      completed: entry.done,
      failed: entry.failed,
      processing,
      pending: open - processing,
      progress_percentage: percent(entry.done + entry.failed, entry.total),
      success_rate: percent(entry.done, entry.done + entry.failed),
    },
    metrics: { ...metricsOf(entry), last_updated: now.toISOString() },
    started_at: entry.startedAt?.toISOString() ?? null,
    completed_at: completedAt(entry),
    recent_activity: [],
  };
}

function metricsOf({ done, failed, total }: Entry) {
  const cost = Math.round(done * 5.77) / 100;
  return {
    total_duration_seconds: done * secondsPerCall,
    average_duration_seconds: done === 0 ? null : secondsPerCall,
    success_rate: percent(done, done + failed),
    answer_rate: 85,
    completion_rate: percent(done + failed, total),
    cost_estimate: Math.round(total * 5.1) / 100,
    actual_cost: cost,
  };
}

const completedAt = (entry: Entry) =>
  entry.word === "completed" ? entry.changedAt.toISOString() : null;
