import { shorten } from "./shorten.ts";
import { isWhole } from "./target-text.ts";
import { looksLikeTime, type ParsedTime, parseDuration, parseTime } from "./when.ts";
import type { Word } from "./words.ts";

export type TimeClause =
  | { kind: "none" }
  | { kind: "until"; until: Date; before: readonly Word[] }
  | { kind: "wrong"; sentence: string };

/**
 * Looks for `for DURATION` or `until TIME` at the end of `words`.
 * The two words are part of a name unless what follows is, or was surely meant as, a duration or a time.
 */
export function timeClause(
  words: readonly Word[],
  context: { now: Date; zone: string },
): TimeClause {
  const clause = lastClause(words, context);
  if (!clause) return { kind: "none" };
  const { before, read, meant } = clause;
  if (!read.ok) return meant ? { kind: "wrong", sentence: read.sentence } : { kind: "none" };
  if (lastClause(before, context)?.read.ok) {
    return { kind: "wrong", sentence: "Say either for how long or until when, and only once." };
  }
  return { kind: "until", until: read.at, before };
}

/** The clause that these words end in, if it can be read: where it begins and what it means. */
export function readableClause(
  words: readonly Word[],
  context: { now: Date; zone: string },
): { from: number; until: Date } | undefined {
  const clause = lastClause(words, context);
  if (!clause?.read.ok) return undefined;
  const from = clause.before.length;
  return words.slice(from).some((word) => word.quoted || word.comma)
    ? undefined
    : { from, until: clause.read.at };
}

/** A form's field for an end: a duration or a time, as the command takes them, with or without its `for` or `until`. */
export function readEnd(text: string, context: { now: Date; zone: string }): ParsedTime {
  const said = text.trim().replace(/^(?:for|until)\s+/i, "");
  const ms = parseDuration(said);
  if (ms === undefined) return parseTime(said, context);
  return { ok: true, at: new Date(context.now.getTime() + ms) };
}

/** The last `for` or `until`, what follows it, and whether that was surely meant as a duration or a time. */
function lastClause(words: readonly Word[], context: { now: Date; zone: string }) {
  const at = words.findLastIndex((word) => isPlain(word, "for") || isPlain(word, "until"));
  const keyword = words[at];
  if (!keyword) return undefined;
  const before = words.slice(0, at);
  const last = before.at(-1);
  const said = words
    .slice(at + 1)
    .map((word) => word.text)
    .join(" ");
  const isFor = isPlain(keyword, "for");
  return {
    before,
    read: isFor ? readDuration(said, context.now) : parseTime(said, context),
    meant:
      (isFor ? /^\d/.test(said) : looksLikeTime(said)) || (last !== undefined && isWhole(last)),
  };
}

export function isPlain(word: Word, text: string): boolean {
  return !word.quoted && word.text.toLowerCase() === text;
}

function readDuration(said: string, now: Date) {
  const ms = parseDuration(said);
  if (ms !== undefined) return { ok: true, at: new Date(now.getTime() + ms) } as const;
  return {
    ok: false,
    sentence: `“${shorten(said)}” is not a duration I can read. Write 90s, 30m, 2h or 1d12h, 90 days at most; if it is part of a name, put the name in quotation marks.`,
  } as const;
}
