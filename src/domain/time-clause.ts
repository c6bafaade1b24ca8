import { shorten } from "./shorten.ts";
import { isWhole } from "./target-text.ts";
import { looksLikeTime, parseDuration, parseTime } from "./when.ts";
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
  const at = words.findLastIndex((word) => isPlain(word, "for") || isPlain(word, "until"));
  const keyword = words[at];
  if (!keyword) return { kind: "none" };
  const before = words.slice(0, at);
  const said = words
    .slice(at + 1)
    .map((word) => word.text)
    .join(" ");
  const read = isPlain(keyword, "for") ? readDuration(said, context.now) : parseTime(said, context);
  const meant = isPlain(keyword, "for") ? /^\d/.test(said) : looksLikeTime(said);
  const last = before.at(-1);
  if (read.ok && timeClause(before, context).kind === "until") {
    return { kind: "wrong", sentence: "Say either for how long or until when, not both." };
  }
  if (read.ok) return { kind: "until", until: read.at, before };
  const targetIsWhole = last !== undefined && isWhole(last);
  return meant || targetIsWhole ? { kind: "wrong", sentence: read.sentence } : { kind: "none" };
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
