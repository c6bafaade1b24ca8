import type { Entry } from "./entry.ts";

const percent = (part: number, whole: number) =>
  whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 100;

const secondsPerCall = 45;

export function detailedOf(entry: Entry, status: string) {
  return {
    id: Number(entry.id),
    name: entry.name,
    description: null,
    campaign_type: entry.traits.includes("sms") ? "sms" : "call",
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

const weekdays = [1, 2, 3, 4, 5];

/** When it starts by itself: never, the next morning, or every working day from then on. */
export function scheduleOf(entry: Entry, now: Date) {
  const morning = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  const scheduled_at = `${morning}T09:00:00Z`;
  if (entry.traits.includes("recurring")) {
    const recurring_config = {
      frequency: "weekly",
      interval: 1,
      days_of_week: weekdays,
      time: "09:00",
      time_zone: "America/New_York",
      end_date: null,
    };
    // Nine o'clock in New York, in winter.
    return { schedule_type: "recurring", scheduled_at: `${morning}T14:00:00Z`, recurring_config };
  }
  if (entry.traits.includes("own_time")) {
    return { schedule_type: "scheduled", scheduled_at, recurring_config: null };
  }
  return { schedule_type: "immediate", scheduled_at: null, recurring_config: null };
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
