/** A time of day as somebody says it, or what has to be asked about it. `times` are the ways to write it without doubt. */
export type SaidClock =
  | { kind: "clock"; time: string; midnight?: true }
  | { kind: "either"; times: readonly string[] };

/** Everything that `readClock` may be asked about. */
export const clockPattern = [
  "noon|midday|midnight",
  String.raw`\d{1,2}[:.h]\d{2}(?::\d{2})? ?(?:[ap]m?)?`,
  String.raw`\d{1,2} ?[ap]m|\d{1,2}[ap]`,
  String.raw`\d{1,2}|\d{4}`,
].join("|");

/** Undefined where no clock shows such a time. */
export function readClock(text: string): SaidClock | undefined {
  if (text === "midnight") return { kind: "clock", time: "00:00", midnight: true };
  if (text === "noon" || text === "midday") return { kind: "clock", time: "12:00" };
  if (/^\d{4}$/.test(text)) return either(text.slice(0, 2), text.slice(2));
  const [, hours = "", minutes, seconds, half] =
    /^(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2}))? ?([ap])?m?$/.exec(text) ?? [];
  const hour = Number(hours);
  if (hours === "" || Number(minutes ?? 0) > 59 || Number(seconds ?? 0) > 59) return undefined;
  const rest = `:${minutes ?? "00"}${seconds === undefined ? "" : `:${seconds}`}`;
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    const time = `${two((hour % 12) + (half === "p" ? 12 : 0))}${rest}`;
    return { kind: "clock", time, ...(time === "00:00" && { midnight: true }) };
  }
  if (hour > 23) return undefined;
  if (minutes !== undefined) return { kind: "clock", time: `${two(hour)}${rest}` };
  const isMorningOrEvening = hour >= 1 && hour <= 12;
  return {
    kind: "either",
    times: isMorningOrEvening
      ? [`${two(hour % 12)}:00`, `${two((hour % 12) + 12)}:00`]
      : [`${two(hour)}:00`],
  };
}

function either(hours: string, minutes: string): SaidClock | undefined {
  const isTime = Number(hours) < 24 && Number(minutes) < 60;
  return isTime ? { kind: "either", times: [`${hours}:${minutes}`] } : undefined;
}

function two(count: number): string {
  return String(count).padStart(2, "0");
}
