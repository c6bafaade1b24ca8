/** Every way to say a day of the week and a month, in their order; the first three letters tell which. */
export const weekdayNames = [
  ...[
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "weds",
    "wednesday",
    "thu",
    "thur",
    "thurs",
  ],
  ...["thursday", "fri", "friday", "sat", "saturday", "sun", "sunday"],
];
export const monthNames = [
  ...[
    "jan",
    "january",
    "feb",
    "february",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "june",
    "jul",
  ],
  ...[
    "july",
    "aug",
    "august",
    "sep",
    "sept",
    "september",
    "oct",
    "october",
    "nov",
    "november",
    "dec",
  ],
  "december",
];

const starts = (names: readonly string[]) => [...new Set(names.map((name) => name.slice(0, 3)))];
const weekdayStarts = starts(weekdayNames);
const monthStarts = starts(monthNames);

/** 1 for Monday. */
export function weekdayOf(name: string): number {
  return weekdayStarts.indexOf(name.slice(0, 3)) + 1;
}

/** 1 for January. */
export function monthOf(name: string): number {
  return monthStarts.indexOf(name.slice(0, 3)) + 1;
}

/** “January”, for 1. */
export function monthTitle(month: number): string {
  const name = monthNames.findLast((one) => monthOf(one) === month) ?? "";
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

const units = {
  w: ["w", "wk", "wks", "week", "weeks"],
  d: ["d", "day", "days"],
  h: ["h", "hr", "hrs", "hour", "hours"],
  m: ["m", "min", "mins", "minute", "minutes"],
  s: ["s", "sec", "secs", "second", "seconds"],
} as const;
export type Unit = keyof typeof units;

export const unitNames: readonly string[] = Object.values(units).flat();

export function unitOf(name: string): Unit | undefined {
  return (Object.keys(units) as Unit[]).find((unit) =>
    units[unit].some((one: string) => one === name),
  );
}

export const dayWords = ["today", "tonight", "tomorrow"] as const;

/** Times that people know and a clock does not. */
export const vagueWords = [
  ...[
    "morning",
    "afternoon",
    "evening",
    "night",
    "weekend",
    "week",
    "month",
    "quarter",
    "year",
    "eod",
  ],
  ...["eow", "eom"],
] as const;

/** Like days and months they stand alone for a time; units and parts of the day need another word beside them. */
export const otherTimeWords = [
  ...dayWords,
  ...["am", "pm", "noon", "midday", "midnight", "next", "this", "now"],
];
