import { Temporal } from "temporal-polyfill";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
export const longestAhead = 90 * day;

/** `90s`, `30m`, `2h`, `1d12h` as milliseconds; undefined for anything else, for zero and beyond 90 days. */
export function parseDuration(text: string): number | undefined {
  const parts = /^(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/i.exec(text.trim());
  if (!parts) return undefined;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const ms = days * day + hours * hour + minutes * minute + seconds * second;
  return ms > 0 && ms <= longestAhead ? ms : undefined;
}

/** The shortest text that `parseDuration` reads back; parts of a second are dropped. */
export function formatDuration(ms: number): string {
  const parts = [
    [Math.floor(ms / day), "d"],
    [Math.floor((ms % day) / hour), "h"],
    [Math.floor((ms % hour) / minute), "m"],
    [Math.floor((ms % minute) / second), "s"],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count}${unit}`)
      .join("") || "0s"
  );
}

/** The first moment after `after` at which the clocks of `zone` show `time` (`HH:MM`), one per local date. */
export function nextLocalTime({
  zone,
  time,
  after,
}: {
  zone: string;
  time: string;
  after: Date;
}): Date {
  const known = knownZone(zone);
  const today = dateAt(after, known);
  const at = onDate(today, time, known);
  return at > after ? at : onDate(today.add({ days: 1 }), time, known);
}

/** The calendar date (`YYYY-MM-DD`) that people in `zone` have at that moment. */
export function localDate(at: Date, zone: string): string {
  return dateAt(at, knownZone(zone)).toString();
}

/** The zone itself if this machine's calendar has it, else UTC. */
export function knownZone(zone: string): string {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch {
    return "UTC";
  }
}

/** What the clocks of `zone` show then. */
export function localTime(at: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
}

function dateAt(at: Date, zone: string): Temporal.PlainDate {
  return localTime(at, zone).toPlainDate();
}

function onDate(date: Temporal.PlainDate, time: string, zone: string): Date {
  return momentOf(date.toPlainDateTime(Temporal.PlainTime.from(time)), zone).at;
}

/** The moment that a local time means, and whether the clocks skip it that day or show it twice. */
export interface Moment {
  at: Date;
  /** It comes a second time, then. */
  again?: Date;
  skipped?: true;
}

/** A local time that a clock change skips means the first moment after it; one that comes twice means the first. */
export function momentOf(local: Temporal.PlainDateTime, zone: string): Moment {
  const [first, second] = (["earlier", "later"] as const).map((disambiguation) =>
    local.toZonedDateTime(zone, { disambiguation }),
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime];
  if (!first.toPlainDateTime().equals(local)) {
    const after = first.getTimeZoneTransition("next") ?? first;
    return { at: new Date(after.epochMilliseconds), skipped: true };
  }
  const at = new Date(first.epochMilliseconds);
  return first.equals(second) ? { at } : { at, again: new Date(second.epochMilliseconds) };
}
