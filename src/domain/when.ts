import { Temporal } from "temporal-polyfill";
import { shorten } from "./shorten.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const longest = 90 * day;

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
  return ms > 0 && ms <= longest ? ms : undefined;
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

export type ParsedTime = { ok: true; at: Date } | { ok: false; sentence: string };

interface Here {
  now: Date;
  /** IANA name; one that is not known counts as UTC. */
  zone: string;
}

/**
 * `18:00` (the next one), `tomorrow 9:00`, `mon 09:00` (the next one) or an ISO time, with an offset or in `zone`.
 * A local time that a clock change skips means the first moment after it; one that comes twice means the first.
 */
export function parseTime(text: string, { now, zone }: Here): ParsedTime {
  const at = readTime(text.trim().toLowerCase(), now, knownZone(zone));
  if (!at) {
    return {
      ok: false,
      sentence: `“${shorten(text)}” is not a time I can read. Write 18:00, tomorrow 9:00, mon 09:00 or 2027-03-01T09:00.`,
    };
  }
  if (at <= now) return { ok: false, sentence: `“${shorten(text)}” has already passed.` };
  if (at.getTime() - now.getTime() > longest) {
    return {
      ok: false,
      sentence: `“${shorten(text)}” is too far away: 90 days ahead is the most.`,
    };
  }
  return { ok: true, at };
}

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const dayWord =
  "today|tomorrow|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?";
const clockTime = new RegExp(`^(?:(${dayWord})\\s+)?([01]?\\d|2[0-3]):([0-5]\\d)$`);
const isoLocal = /^\d{4}-\d{2}-\d{2}(?:[t ]\d{2}:\d{2}(?::\d{2})?)?$/;
const isoInstant =
  /^\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:z|[+-]\d{2}:?\d{2})$/;

/** True of a text that was surely meant as a time, whether or not it is one. */
export function looksLikeTime(text: string): boolean {
  return new RegExp(`^(?:\\d|(?:${dayWord})(?:\\s|$))`, "i").test(text.trim());
}

function readTime(text: string, now: Date, zone: string): Date | undefined {
  const clock = clockTime.exec(text);
  if (clock) return clockOn(clock[1], `${clock[2]?.padStart(2, "0")}:${clock[3]}`, now, zone);
  try {
    if (isoInstant.test(text)) return new Date(Temporal.Instant.from(text).epochMilliseconds);
    if (isoLocal.test(text)) return resolve(Temporal.PlainDateTime.from(text), zone);
  } catch {
    return undefined; // a date the calendar does not have, such as 30 February
  }
  return undefined;
}

function clockOn(word: string | undefined, time: string, now: Date, zone: string): Date {
  const today = dateAt(now, zone);
  if (word === "today") return onDate(today, time, zone);
  if (word === "tomorrow") return onDate(today.add({ days: 1 }), time, zone);
  if (word === undefined) return nextLocalTime({ zone, time, after: now });
  const ahead = (weekdays.indexOf(word.slice(0, 3)) + 1 - today.dayOfWeek + 7) % 7;
  const at = onDate(today.add({ days: ahead }), time, zone);
  return at > now ? at : onDate(today.add({ days: ahead + 7 }), time, zone);
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
function knownZone(zone: string): string {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch {
    return "UTC";
  }
}

function dateAt(at: Date, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate();
}

function onDate(date: Temporal.PlainDate, time: string, zone: string): Date {
  return resolve(date.toPlainDateTime(Temporal.PlainTime.from(time)), zone);
}

function resolve(local: Temporal.PlainDateTime, zone: string): Date {
  const found = local.toZonedDateTime(zone, { disambiguation: "earlier" });
  const skipped = !found.toPlainDateTime().equals(local);
  const at = (skipped && found.getTimeZoneTransition("next")) || found;
  return new Date(at.epochMilliseconds);
}
