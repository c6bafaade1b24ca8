import { isPlain, untilWords } from "./grammar-words.ts";
import { looksLikeTime, type ParsedTime, parseLength, parseTime } from "./said-time.ts";
import { shorten } from "./shorten.ts";
import { isWhole } from "./whole-word.ts";
import type { Word } from "./words.ts";

/** When it is, and by whose clock times are read. */
interface Clock {
  now: Date;
  zone: string;
  guessed?: boolean;
}

export type TimeClause =
  | { kind: "none" }
  /** `note`: what has to be said of how it was read. */
  | { kind: "until"; until: Date; note?: string; before: readonly Word[] }
  | { kind: "wrong"; sentence: string };

/**
 * Looks for `for DURATION` or `until TIME` at the end of `words`.
 * The two words are part of a name unless what follows is, or was surely meant as, a duration or a time.
 */
export function timeClause(words: readonly Word[], context: Clock): TimeClause {
  const clause = lastClause(words, context);
  if (!clause) return { kind: "none" };
  const { before, read, meant } = clause;
  if (!read.ok) return meant ? { kind: "wrong", sentence: wrongWords(clause) } : { kind: "none" };
  if (lastClause(before, context)?.read.ok) {
    return { kind: "wrong", sentence: "Say either for how long or until when, and only once." };
  }
  return { kind: "until", until: read.at, ...(read.note && { note: read.note }), before };
}

/** Behind words without quotation marks it may still be meant as the end of a name. */
function wrongWords({ before, read }: NonNullable<ReturnType<typeof lastClause>>): string {
  const sentence = read.ok ? "" : read.sentence;
  const last = before.findLast((word) => !word.comma);
  const isNamed = !last || isWhole(last) || sentence.endsWith("in quotation marks.");
  return isNamed
    ? sentence
    : `${sentence} If it is part of a name, put the name in quotation marks.`;
}

/** A clause in what was typed: where it begins, and what it means or what has to be asked about that. */
export type FoundClause = { from: number } & (
  | { until: Date; note?: string }
  | { wrong: string; until?: never; note?: never }
);

/** The clause that these words end in, if it is one. */
export function readableClause(words: readonly Word[], context: Clock): FoundClause | undefined {
  const clause = lastClause(words, context);
  if (!clause) return undefined;
  const { read, before } = clause;
  const from = before.length;
  if (words.slice(from).some((word) => word.quoted || word.comma)) return undefined;
  if (!read.ok) return read.asks && { from, wrong: read.sentence };
  return { from, until: read.at, ...(read.note && { note: read.note }) };
}

/** A form's field for an end: a duration or a time, as the command takes them, with or without its `for` or `until`. */
export function readEnd(text: string, context: Clock): ParsedTime {
  const said = text.trim().replace(/^(?:for|until|till?)\s+/i, "");
  return parseLength(said, context) ?? parseTime(said, context);
}

/** The last `for`, `until` or `till`, what follows it, and whether that was surely meant as a duration or a time. */
function lastClause(words: readonly Word[], context: Clock) {
  const at = words.findLastIndex((word) => isPlain(word, "for") || isUntil(word));
  const keyword = words[at];
  if (!keyword) return undefined;
  const before = words.slice(0, at);
  const last = before.findLast((word) => word.text !== "\n");
  const said = textOf(words.slice(at + 1)).replace(/[\s,]{1,9}$/, "");
  const isFor = isPlain(keyword, "for");
  const readSaid = (text: string) =>
    isFor ? readDuration(text, context) : parseTime(text, context);
  return {
    before,
    read: orRest(readSaid(said), keyword, words.slice(at + 1), readSaid),
    meant:
      (isFor ? /^\d/.test(said) : looksLikeTime(said)) || (last !== undefined && isWhole(last)),
  };
}

const mostWords = 12;

/** Where the first words can be read, it is the others that cannot. */
function orRest(
  read: ParsedTime,
  keyword: Word,
  said: readonly Word[],
  readSaid: (text: string) => ParsedTime,
): ParsedTime {
  if (read.ok || read.asks) return read;
  for (let length = Math.min(said.length - 1, mostWords); length > 0; length -= 1) {
    const first = textOf(said.slice(0, length));
    if (said[length - 1]?.comma || !readSaid(first).ok) continue;
    const rest = said.slice(length).filter(({ comma }) => !comma);
    const where = rest.some(isWhole)
      ? "All campaigns stand in front of it."
      : "A reason stands behind “because”.";
    const sentence = `I do not understand “${shorten(textOf(rest))}” behind “${keyword.text} ${shorten(first)}”. ${where}`;
    return { ok: false, sentence };
  }
  return read;
}

function textOf(words: readonly Word[]): string {
  return words.map(({ text }) => text.trim()).join(" ");
}

function isUntil(word: Word): boolean {
  return untilWords.some((one) => isPlain(word, one));
}

function readDuration(said: string, context: Clock): ParsedTime {
  return (
    parseLength(said, context) ?? {
      ok: false,
      sentence: `“${shorten(said)}” is not a duration I can read. Write 90s, 30m, 2h, 2 hours or 1d12h, 90 days at most; if it is part of a name, put the name in quotation marks.`,
    }
  );
}
