// https://docs.burki.dev/api-reference/campaigns/schedule-get
import { list, record, text } from "./loose.ts";
import { tidyWords } from "./vendor-words.ts";

/** What is due within so long is as good as begun. */
const soonMs = 60_000;
const frequencies: readonly unknown[] = ["daily", "weekly", "monthly"];

/**
 * When a campaign that is `scheduled` starts by itself, as a sentence; undefined where it is about to start, or nobody
 * can tell. Every start answers `scheduled`, so that word alone says nothing.
 */
export function ownStart(schedule: unknown, now: Date): string | undefined {
  const { schedule_type: type, scheduled_at: at, recurring_config: config } = record(schedule);
  const first = instant(at);
  const ahead = first && first.getTime() > now.getTime() + soonMs ? first : undefined;
  if (type === "recurring") return recurring(record(config), ahead, now);
  return type === "scheduled" && ahead ? `It starts by itself on ${minute(ahead)}.` : undefined;
}

function recurring(
  config: Record<string, unknown>,
  ahead: Date | undefined,
  now: Date,
): string | undefined {
  const { frequency, time, time_zone: zone, end_date: end } = config;
  const over = (instant(end)?.getTime() ?? Number.POSITIVE_INFINITY) + 86_400_000 < now.getTime();
  const timed = frequencies.includes(frequency) && /^\d{2}:\d{2}$/.test(text(time)) && !over;
  if (!timed) return ahead && `It starts by itself on ${minute(ahead)}, and again after that.`;
  const place = tidyWords(text(zone)).slice(0, 40) || "UTC";
  const from = ahead ? `, next on ${minute(ahead)}` : "";
  return `It starts by itself ${text(frequency)}${days(config)} at ${text(time)} (${place})${from}.`;
}

const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Monday is 1. */
function days({ frequency, days_of_week: given }: Record<string, unknown>): string {
  const known = list(given).flatMap((day) => names[Number(day) - 1] ?? []);
  return frequency === "weekly" && known.length > 0 ? ` on ${known.join(", ")}` : "";
}

/** Times are UTC, also where they name no zone. */
function instant(value: unknown): Date | undefined {
  const said = text(value).trim();
  const isBare = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(said);
  const at = new Date(isBare ? `${said.replace(" ", "T")}Z` : said);
  return said === "" || Number.isNaN(at.getTime()) ? undefined : at;
}

function minute(at: Date): string {
  return `${at.toISOString().slice(0, 10)} at ${at.toISOString().slice(11, 16)} UTC`;
}
