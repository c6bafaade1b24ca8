import { Temporal } from "temporal-polyfill";
import { type Hours, weekdays } from "./policy.ts";

/** Is that moment within these hours, by the clocks of their zone? */
export function isWithin({ zone, days = weekdays, from, to }: Hours, at: Date): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  const now = local.toPlainTime().toString({ smallestUnit: "minute" });
  const on = (day: number) => days.some((one) => weekdays.indexOf(one) + 1 === ((day + 6) % 7) + 1);
  const today = on(local.dayOfWeek);
  if (from < to) return today && from <= now && now < to;
  // Over midnight: the evening of a day that is named, or the morning after one.
  return (today && from <= now) || (on(local.dayOfWeek - 1) && now < to);
}

/** True if this machine's calendar has the zone. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
