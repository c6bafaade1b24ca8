import { type Unit, unitNames, unitOf } from "./time-words.ts";
import { longestAhead, parseDuration } from "./when.ts";

const lengths: Record<Unit, number> = {
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
};
const order = Object.keys(lengths);
const mostCharacters = 60;

const unit = `(?:${unitNames.toSorted((one, other) => other.length - one.length).join("|")})`;
const numbers = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const digits = String.raw`\d{1,9}(?:\.\d{1,3})?`;
// A word has a space behind it: “and” is not “an d”.
const number = `(?:(?:${digits}) ?|(?:an?|half an?|${numbers.join("|")}) )`;
const part = new RegExp(`(${number})(${unit})(?![a-z])`, "g");
const whole = new RegExp(`^(?:${number}${unit}(?![a-z]) ?){1,5}$`);

/** `2 hours`, `90 min`, `2h 30m`, `1 week`, `half an hour`, as milliseconds; undefined for anything else, for nothing and beyond 90 days. */
export function saidDuration(text: string): number | undefined {
  if (text.length > mostCharacters) return undefined;
  const said = text
    .trim()
    .toLowerCase()
    .replace(/\.$| from now$/, "")
    .replace(/^(?:the )?next (?=[\da-z])/, "")
    .replace(/[,\s]+/g, " ")
    .replaceAll(" and ", " ")
    .replace(/^(\d{1,2}) ?h ?([0-5]\d)$/, "$1h $2m");
  return parseDuration(said) ?? (whole.test(said) ? sumOf(said) : undefined);
}

/** The units stand in falling order, each once; otherwise something else is meant. */
function sumOf(said: string): number | undefined {
  const parts = [...said.matchAll(part)].map(([, count = "", name = ""]) => {
    const of = unitOf(name) ?? "s";
    return { place: order.indexOf(of), ms: countOf(count) * lengths[of] };
  });
  const falls = parts.every(({ place }, at) => at === 0 || place > (parts[at - 1]?.place ?? 0));
  const ms = Math.round(parts.reduce((sum, one) => sum + one.ms, 0) / 1_000) * 1_000;
  return falls && ms > 0 && ms <= longestAhead ? ms : undefined;
}

function countOf(count: string): number {
  if (/^\d/.test(count)) return Number(count);
  if (count.startsWith("half")) return 0.5;
  return Math.max(1, numbers.indexOf(count.trim()) + 1);
}
