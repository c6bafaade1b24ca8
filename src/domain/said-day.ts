import { Temporal } from "temporal-polyfill";
import { dayWords, monthNames, monthOf, weekdayNames, weekdayOf } from "./time-words.ts";

/** What somebody calls a day: the day, or what has to be asked about it. `only` is how it is written without doubt. */
export type SaidDay =
  | { kind: "day"; date: Temporal.PlainDate; only: string; weekly?: true }
  | { kind: "either"; dates: readonly [Temporal.PlainDate, Temporal.PlainDate] }
  | { kind: "wrong"; sentence: string };

const any = (words: readonly string[]) =>
  `(?:${words.toSorted((one, other) => other.length - one.length).join("|")})`;
const weekday = any(weekdayNames);
const month = any(monthNames);
const count = String.raw`\d{1,2}(?:st|nd|rd|th)?`;

/** Everything that `readDay` may be asked about. */
export const dayPattern = [
  any(dayWords),
  "day after tomorrow",
  `(?:(?:next|this|coming) )?${weekday}`,
  String.raw`in \d{1,2} (?:day|week)s?`,
  String.raw`\d{4}[-/]\d{1,2}[-/]\d{1,2}`,
  String.raw`(?:${weekday} )?${month} ${count}(?: \d{4})?`,
  String.raw`(?:${weekday} )?${count} ${month}(?: \d{4})?`,
  String.raw`\d{1,2}\/\d{1,2}(?:\/(?:\d{4}|\d{2}))?`,
  String.raw`\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})`,
  String.raw`\d{1,2}-\d{1,2}-\d{4}`,
  String.raw`\d{1,2}\.\d{1,2}\.?`,
].join("|");

/** Undefined where no calendar has such a day. */
export function readDay(text: string, today: Temporal.PlainDate): SaidDay | undefined {
  const near = nearDay(text, today);
  if (near) return near;
  const named = new RegExp(
    `^(?:(${weekday}) )?(?:(${month}) (${count})|(${count}) (${month}))(?: (\\d{4}))?$`,
  ).exec(text);
  if (named) {
    const [, onDay, ...rest] = named;
    const [a, b, c, d, year] = rest;
    return agreeing(
      onDay,
      dated(year, monthOf(a ?? d ?? ""), Number.parseInt(b ?? c ?? "", 10), today),
    );
  }
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text);
  if (iso) return dayOf(dated(iso[1], Number(iso[2]), Number(iso[3]), today));
  const [, first, sign, second, year] =
    /^(\d{1,2})([/.-])(\d{1,2})(?:[/.-](\d{4}|\d{2}))?\.?$/.exec(text) ?? [];
  return first === undefined
    ? undefined
    : numbered([Number(first), Number(second)], sign, year, today);
}

/** Days are written before months where dots stand between them; with anything else either may be meant. */
function numbered(
  [first, second]: readonly [number, number],
  sign: string | undefined,
  year: string | undefined,
  today: Temporal.PlainDate,
): SaidDay | undefined {
  const dayFirst = dated(year, second, first, today);
  const monthFirst = sign === "." ? undefined : dated(year, first, second, today);
  if (dayFirst && monthFirst && !dayFirst.equals(monthFirst))
    return { kind: "either", dates: [dayFirst, monthFirst] };
  return dayOf(dayFirst ?? monthFirst);
}

function nearDay(text: string, today: Temporal.PlainDate): SaidDay | undefined {
  if (text === "today" || text === "tonight") return dayOf(today, "today");
  if (text === "tomorrow") return dayOf(today.add({ days: 1 }), text);
  if (text === "day after tomorrow") return dayOf(today.add({ days: 2 }));
  const [, many, unit] = /^in (\d{1,2}) (day|week)s?$/.exec(text) ?? [];
  if (many) return dayOf(today.add({ [`${unit}s`]: Number(many) }));
  const [, which, name] = new RegExp(`^(?:(next|this|coming) )?(${weekday})$`).exec(text) ?? [];
  if (name === undefined) return undefined;
  const ahead = (weekdayOf(name) - today.dayOfWeek + 7) % 7;
  const coming = today.add({ days: ahead });
  if (which === "next") return nextOne(today, ahead || 7);
  if (which === "this") return dayOf(coming);
  return { kind: "day", date: coming, only: name.slice(0, 3), weekly: true };
}

/** “Next Friday” said on a Monday is this week's to some and the week after's to others. Said of a day behind the weekend, wherever that lies, it is one. */
function nextOne(today: Temporal.PlainDate, ahead: number): SaidDay | undefined {
  const coming = today.add({ days: ahead });
  const isBehindWeekend = today.dayOfWeek !== 7 && today.dayOfWeek + ahead > 7;
  return isBehindWeekend
    ? dayOf(coming)
    : { kind: "either", dates: [coming, coming.add({ days: 7 })] };
}

/** Without a year it is the next one that comes. */
function dated(
  year: string | undefined,
  month: number,
  day: number,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  try {
    if (year !== undefined)
      return Temporal.PlainDate.from(
        { year: year.length === 2 ? 2000 + Number(year) : Number(year), month, day },
        { overflow: "reject" },
      );
    const soon = Temporal.PlainDate.from({ year: today.year, month, day }, { overflow: "reject" });
    return Temporal.PlainDate.compare(soon, today) < 0 ? soon.add({ years: 1 }) : soon;
  } catch {
    return undefined; // a date that the calendar does not have, such as 30 February
  }
}

function dayOf(date: Temporal.PlainDate | undefined, only = date?.toString()): SaidDay | undefined {
  return date && { kind: "day", date, only: only ?? "" };
}

function agreeing(
  onDay: string | undefined,
  date: Temporal.PlainDate | undefined,
): SaidDay | undefined {
  if (!date || onDay === undefined || weekdayOf(onDay) === date.dayOfWeek) return dayOf(date);
  const name = weekdayNames.filter((one) => weekdayOf(one) === date.dayOfWeek).at(-1) ?? "";
  const right = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return {
    kind: "wrong",
    sentence: `${date} is a ${right}, so one of the two is wrong. Write the date and a time: ${date} 09:00, for example.`,
  };
}
