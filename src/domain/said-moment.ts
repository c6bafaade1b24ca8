import { Temporal } from "temporal-polyfill";
import type { SaidClock } from "./said-clock.ts";
import type { SaidDay } from "./said-day.ts";
import type { SaidMoment } from "./time-note.ts";
import { monthTitle } from "./time-words.ts";
import { momentOf } from "./when.ts";

/** What has to be asked; `vague`: nobody could say which moment it is. */
interface Asked {
  asks: string;
  vague?: true;
}
export type Read = SaidMoment | Asked;

/** When and where a time was said. */
interface Place {
  now: Date;
  zone: string;
  name: string;
  today: Temporal.PlainDate;
}

/** The moment of that day and time, or what has to be asked about it. “” stands for what was said. */
export function whenIs(day: SaidDay | undefined, clock: SaidClock | undefined, place: Place): Read {
  if (day?.kind === "wrong") return { asks: day.sentence };
  if (day?.kind === "either") {
    const time = clock?.kind === "clock" ? clock.time : (clock?.times.at(-1) ?? "09:00");
    const [one, other] = day.dates;
    if (!day.dates.some((date) => isNear(place.today, date)))
      return inZone(one.toPlainDateTime(), place.zone);
    const example = clock ? "" : ", or with the time that you mean";
    return {
      asks: `“” may be ${inWords(one)} or ${inWords(other)}. Write ${one} ${time} or ${other} ${time}${example}.`,
    };
  }
  const before = day ? `${day.only} ` : "";
  if (!clock) return dayAlone(day, place);
  if (clock.kind === "either") {
    const times = day?.only === "today" ? toCome(clock.times, place) : clock.times;
    if (times.length === 1)
      return { asks: `“” is no time as it stands. Write ${before}${times[0]} if that is meant.` };
    const why = times[0] === "00:00" ? "midnight or noon" : "in the morning or in the evening";
    return {
      asks: `“” may be ${why}. Write ${times.map((time) => `${before}${time}`).join(" or ")}.`,
    };
  }
  const { today, zone, name, now } = place;
  if (!day) return soonest(Temporal.PlainTime.from(clock.time), place);
  if (clock.midnight && day.only === "today")
    return soonest(Temporal.PlainTime.from(clock.time), place);
  if (clock.midnight) {
    const next = day.date.add({ days: 1 });
    return {
      asks: `“” may be the beginning or the end of that day. Write ${day.date} 00:00 or ${next} 00:00.`,
    };
  }
  const local = day.date.toPlainDateTime(Temporal.PlainTime.from(clock.time));
  const read = inZone(local, zone, name);
  const isOver = day.weekly && day.date.equals(today) && read.moment.at <= now;
  return isOver ? inZone(local.add({ days: 7 }), zone, name) : read;
}

/** One that is over or too far away whatever its time is read, so that it is said to be. */
function dayAlone(
  day: Extract<SaidDay, { kind: "day" }> | undefined,
  { today, zone }: Place,
): Read {
  if (day && !isNear(today, day.date)) return inZone(day.date.toPlainDateTime(), zone);
  const example = day?.only === "today" ? "18:00" : "09:00";
  return {
    asks: `“” is a day without a time. Write ${day?.only} ${example}, or whatever time you mean.`,
  };
}

/** Whether anything may end on that day: it is not over, and ninety days reach it. */
export function isNear(today: Temporal.PlainDate, date: Temporal.PlainDate): boolean {
  const { days } = today.until(date);
  return days >= 0 && days <= 91;
}

/** Of times of today those that are still to come, if there are any. */
function toCome(times: readonly string[], { today, zone, now }: Place): readonly string[] {
  const left = times.filter(
    (time) => inZone(today.toPlainDateTime(Temporal.PlainTime.from(time)), zone).moment.at > now,
  );
  return left.length > 0 ? left : times;
}

function soonest(time: Temporal.PlainTime, { today, zone, name, now }: Place) {
  const read = inZone(today.toPlainDateTime(time), zone, name);
  return read.moment.at > now
    ? read
    : inZone(today.add({ days: 1 }).toPlainDateTime(time), zone, name);
}

export function inZone(local: Temporal.PlainDateTime, zone: string, name = zone) {
  return { moment: momentOf(local, zone), zone, name, local };
}

function inWords(date: Temporal.PlainDate): string {
  return `${date.day} ${monthTitle(date.month)}`;
}
