type Style = Intl.DateTimeFormatOptions;

const format = (at: Date, zone: string, style: Style): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...style }).format(at);

export const clockTime = (at: Date, zone: string): string =>
  format(at, zone, { hour: "2-digit", minute: "2-digit" });

export const wholeTime = (at: Date, zone: string): string =>
  format(at, zone, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  });

export const shortDay = (at: Date, zone: string): string =>
  format(at, zone, { weekday: "short", day: "numeric", month: "short" });

/** "Today", "Yesterday" or the day's date, as the divider between days says it. */
export function dayName(at: Date, now: Date, zone: string): string {
  const day = (date: Date): string => format(date, zone, { dateStyle: "short" });
  if (day(at) === day(now)) return "Today";
  if (day(at) === day(new Date(now.getTime() - 86_400_000))) return "Yesterday";
  if (day(at) === day(new Date(now.getTime() + 86_400_000))) return "Tomorrow";
  return format(at, zone, { weekday: "long", day: "numeric", month: "long" });
}

/** When a Slack timestamp ("1795167660.000100") was. */
export const whenOf = (ts: string): Date => new Date(Number(ts) * 1000);

/** The tokens of Slack's `<!date^…>`, in the reader's own zone. */
export function slackDate(at: Date, pattern: string, now: Date, zone: string): string {
  const pretty = (style: Style): string => {
    const near = dayName(at, now, zone);
    return ["Today", "Yesterday", "Tomorrow"].includes(near)
      ? near.toLowerCase()
      : format(at, zone, style);
  };
  const long: Style = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  const middle: Style = { day: "numeric", month: "long", year: "numeric" };
  const short: Style = { day: "numeric", month: "short", year: "numeric" };
  const tokens: Record<string, () => string> = {
    date_num: () => format(at, zone, { year: "numeric", month: "2-digit", day: "2-digit" }),
    date: () => format(at, zone, middle),
    date_short: () => format(at, zone, short),
    date_long: () => format(at, zone, long),
    date_pretty: () => pretty(middle),
    date_short_pretty: () => pretty(short),
    date_long_pretty: () => pretty(long),
    time: () => clockTime(at, zone),
    time_secs: () => format(at, zone, { timeStyle: "medium" }),
  };
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => tokens[name]?.() ?? whole);
}

/** The next time it is nine in the morning in the zone. */
export function nextNine(now: Date, zone: string): Date {
  const hourIn = (at: Date): string => format(at, zone, { hour: "2-digit", minute: "2-digit" });
  const minute = 60_000;
  const first = Math.floor(now.getTime() / minute + 1) * minute;
  for (let at = first; at < first + 26 * 60 * minute; at += minute) {
    if (hourIn(new Date(at)) === "09:00") return new Date(at);
  }
  return new Date(first);
}
