import { list, record, text } from "./loose.ts";

const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * Whether a Dograh schedule lets calls out now: `{ enabled, timezone, slots: [{ day_of_week, start_time,
 * end_time }] }`, days from 0 = Monday, start ≤ now < end. An unknown time zone is always open there.
 */
export function callingWindow(schedule: unknown, now: Date): "open" | "closed" {
  const { enabled, timezone, slots } = record(schedule);
  if (enabled !== true) return "open";
  const local = localTime(text(timezone), now);
  if (!local) return "open";
  const inside = list(slots)
    .map(record)
    .some(
      ({ day_of_week: day, start_time: start, end_time: end }) =>
        days[Number(day)] === local.day && text(start) <= local.time && local.time < text(end),
    );
  return inside ? "open" : "closed";
}

function localTime(timeZone: string, now: Date): { day: string; time: string } | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
    return { day: parts.get("weekday") ?? "", time: `${parts.get("hour")}:${parts.get("minute")}` };
  } catch {
    return undefined;
  }
}
