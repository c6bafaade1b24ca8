import { Temporal } from "temporal-polyfill";
import { clockPattern, readClock } from "./said-clock.ts";
import { dayPattern, readDay } from "./said-day.ts";
import { saidDuration } from "./said-duration.ts";
import { inZone, isNear, type Read, whenIs } from "./said-moment.ts";
import { readZone } from "./said-zone.ts";
import { shorten } from "./shorten.ts";
import { type SaidMoment, timeNote } from "./time-note.ts";
import { monthNames, vagueWords, weekdayNames } from "./time-words.ts";
import { knownZone, localTime, longestAhead } from "./when.ts";

export type ParsedTime =
  /** `note`: what the reader of an answer has to know of how it was read. */
  | { ok: true; at: Date; note?: string }
  /** `asks`: it was meant as a time, but does not say which one. */
  | { ok: false; sentence: string; asks?: true };

interface Here {
  now: Date;
  /** IANA name or an offset; one that is not known counts as UTC. */
  zone: string;
  /** It is a guess, for nobody could say which one is theirs. */
  guessed?: boolean;
}

const mostCharacters = 100;

/**
 * `18:00`, `6pm` and `noon` (the next one), with a day in front or behind (`tomorrow 9:00`, `9am mon`, `24 dec 18:00`,
 * `2026-12-24 18:00`) and a zone behind; `in 2 hours`; an ISO time with an offset. What may mean two times, and a day
 * without a time, is asked back. A local time that a clock change skips means the first moment after it; one that comes
 * twice means the first.
 */
export function parseTime(text: string, here: Here): ParsedTime {
  const quoted = `“${shorten(text)}”`;
  const own = knownZone(here.zone);
  const read = text.length > mostCharacters ? undefined : readTime(plainly(text), here.now, own);
  if (!read) {
    return {
      ok: false,
      sentence: `${quoted} is not a time I can read. Write 18:00, 6pm, tomorrow 9:00, mon 09:00 or 2027-03-01T09:00.`,
    };
  }
  if ("asks" in read) {
    const sentence = read.asks.replaceAll("“”", quoted);
    return { ok: false, sentence, ...(!read.vague && { asks: true }) };
  }
  const { at } = read.moment;
  if (at <= here.now) return { ok: false, sentence: `${quoted} has already passed.` };
  if (at.getTime() - here.now.getTime() > longestAhead) {
    return { ok: false, sentence: `${quoted} is too far away: 90 days ahead is the most.` };
  }
  return inTime(read, here);
}

/** That long from now; undefined of a text that is no duration. */
export function parseLength(text: string, here: Here): ParsedTime | undefined {
  const ms = saidDuration(text);
  return ms === undefined
    ? undefined
    : inTime(afterLength(ms, here.now, knownZone(here.zone)), here);
}

function inTime(read: SaidMoment, here: Here): ParsedTime {
  const note = timeNote(read, here);
  return { ok: true, at: read.moment.at, ...(note !== undefined && { note }) };
}

function afterLength(ms: number, now: Date, own: string): SaidMoment {
  return { moment: { at: new Date(now.getTime() + ms) }, zone: own, name: own };
}

const first = `^(?:\\d|(?:${[...weekdayNames, "today", "tonight", "tomorrow", "noon", "midday", "midnight", "eod"].join("|")})(?:\\s|$)`;
const second = `|(?:${monthNames.join("|")})\\.?\\s+\\d|(?:the\\s+)\\d|(?:next|this|coming|end\\s+of)\\s+(?:the\\s+)?(?:${[...weekdayNames, ...vagueWords, "day"].join("|")})\\b|in\\s+\\d)`;
const likeTime = new RegExp(first + second, "i");

/** True of a text that was surely meant as a time, whether or not it is one. */
export function looksLikeTime(text: string): boolean {
  return likeTime.test(text.trim().slice(0, mostCharacters));
}

/** One spelling for what is said in many. */
function plainly(text: string): string {
  return text
    .toLowerCase()
    .replace(/\b([ap])\. ?m\b\.?/g, "$1m")
    .replace(/(?<=\d)[\s]?(?:o['’ ]?clock)/g, "")
    .replace(/[,\s]+/g, " ")
    .replace(/(?<=:\d\d)\.$|[!?]{1,3}$/, "")
    .replace(/(?<=[a-z])\.(?= |$)/g, "")
    .replace(/(?<= |^)(?:at|on|of|the) /g, "")
    .replace(/(?<=\d[:.]\d\d) ?(?:h|hrs?|uhr)(?= |$)/g, "")
    .replace(/(?<=[ap]m|noon|midnight|\d:\d\d) (?:local|my) time$/, "")
    .replace(/(\d)(am|pm)(?= |$)/g, "$1 $2")
    .trim();
}

const isoLocal = /^\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(?::\d{2})?$/;
const isoInstant =
  /^(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?) ?(z|[+-]\d{2}:?\d{2})$/;
const shapes = [
  `^(?<day>${dayPattern})$`,
  `^(?<day>${dayPattern}) (?<clock>${clockPattern})$`,
  `^(?<clock>${clockPattern}) (?<day>${dayPattern})$`,
  `^(?<clock>${clockPattern})$`,
].map((shape) => new RegExp(shape));

function readTime(said: string, now: Date, own: string): Read | undefined {
  try {
    const [, date, clock, offset = ""] = isoInstant.exec(said) ?? [];
    if (date !== undefined) {
      const at = new Date(Temporal.Instant.from(`${date}T${clock}${offset}`).epochMilliseconds);
      const zone = offset === "z" ? "UTC" : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
      return { moment: { at }, zone, name: offset === "z" ? "UTC" : `UTC${zone}` };
    }
    if (isoLocal.test(said)) return inZone(Temporal.PlainDateTime.from(said), own);
  } catch {
    return undefined; // a date the calendar does not have, such as 30 February
  }
  return readLength(said, now, own) ?? readInZone(said, now, own);
}

/** “In 2 hours” is a moment; “2 hours” alone is a length, and whether it is meant as one has to be asked. */
function readLength(said: string, now: Date, own: string): Read | undefined {
  const length = said.replace(/^(?:in|after) /, "").replace(/ from now$/, "");
  const ms = saidDuration(length);
  if (ms === undefined) return undefined;
  if (length !== said) return afterLength(ms, now, own);
  const [, hour = "24", minutes = "00"] = /^(\d{1,2}) ?h ?([0-5]\d)?$/.exec(said) ?? [];
  const time = `${hour.padStart(2, "0")}:${minutes}`;
  const orTime = Number(hour) < 24 ? `, or ${time} if that is the time` : "";
  return { asks: `“” is a length and not a time. Write “for ${said}”${orTime}.` };
}

function readInZone(said: string, now: Date, own: string): Read | undefined {
  const found = readZone(said);
  if (found.kind === "wrong") return { asks: found.sentence };
  const { zone, name, rest } = found.kind === "none" ? { zone: own, name: own, rest: said } : found;
  if (isVague.test(rest))
    return {
      asks: "“” is no exact time. Write 18:00, tomorrow 09:00 or mon 09:00, for example.",
      vague: true,
    };
  const today = localTime(now, zone).toPlainDate();
  for (const shape of shapes) {
    const { day, clock } = shape.exec(rest)?.groups ?? {};
    const onDay = day === undefined ? undefined : readDay(day, today);
    const atTime = clock === undefined ? undefined : readClock(clock);
    // A day that no pause can reach is not what was meant where the same signs are a time.
    if (onDay?.kind === "day" && !isNear(today, onDay.date) && readClock(rest)?.kind === "clock")
      continue;
    const isRead = (day === undefined || onDay) && (clock === undefined || atTime);
    if (!isRead || (!onDay && !atTime)) continue;
    const read = whenIs(onDay, atTime, { now, zone, name, today });
    const alsoClock =
      clock === undefined && /^\d{1,2}\.\d{2}$/.test(rest) ? readClock(rest) : undefined;
    return alsoClock && onDay?.kind === "day" && isNear(today, onDay.date)
      ? {
          asks: `“” may be a time or a day. Write ${rest.padStart(5, "0").replace(".", ":")}, or ${onDay.only} 09:00.`,
        }
      : read;
  }
  return undefined;
}

const isVague = new RegExp(
  `^(?:end (?:day|week|month)|(?:\\S+ ){0,3}(?:${vagueWords.join("|")}))$`,
);
