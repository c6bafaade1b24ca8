import { localDate, nextLocalTime } from "./when.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** A local time (`HH:MM`) of every day in a zone. */
interface DailyTime {
  time: string;
  zone: string;
}

/** When that time comes on a local date (`2026-11-22`); undefined if the zone has no such moment. */
export function momentOn(date: string, { time, zone }: DailyTime): Date | undefined {
  let moment = new Date(Date.parse(date) - 2 * day);
  do moment = nextLocalTime({ zone, time, after: moment });
  while (localDate(moment, zone) < date);
  return localDate(moment, zone) === date ? moment : undefined;
}

/**
 * True once a digest is no news any more: its local day has ended. One of late in the evening has
 * an hour in any case, so that a restart over midnight does not swallow it.
 */
export function isOver(date: string, daily: DailyTime, now: Date): boolean {
  if (localDate(now, daily.zone) <= date) return false;
  const moment = momentOn(date, daily);
  return moment === undefined || now.getTime() - moment.getTime() > hour;
}

/** The local dates whose digests may be due at that moment, the earlier one first. */
export function datesAround(now: Date, zone: string): string[] {
  const hourAgo = new Date(now.getTime() - hour);
  return [...new Set([localDate(hourAgo, zone), localDate(now, zone)])];
}
