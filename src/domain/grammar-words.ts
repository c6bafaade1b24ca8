import { phases } from "./campaign.ts";
import { monthNames, otherTimeWords, weekdayNames } from "./time-words.ts";
import { usages } from "./usages.ts";
import type { Word } from "./words.ts";

/** The words that join the parts of a command. What reads one asks `isPlain`, which takes no other word, so none is left out here. */
export const joiners = [
  "all",
  "and",
  "away",
  "back",
  "because",
  "for",
  "in",
  "til",
  "till",
  "until",
  "with",
] as const;
export type Joiner = (typeof joiners)[number];

/** Is that this word of the grammar, and no quoted name? */
export function isPlain(word: Word, text: Joiner): boolean {
  return !word.quoted && word.text.toLowerCase() === text;
}

export const untilWords: readonly Joiner[] = ["until", "till", "til"];

/**
 * Every word that means something of its own in a command: those of the lines of usage, those that join, states and
 * times. Something that is called so cannot be named beside them.
 */
export const grammarWords: ReadonlySet<string> = new Set([
  ...Object.values(usages).flatMap((usage) => usage.match(/(?<![\w@])[a-z]+/g) ?? []),
  ...joiners,
  ...phases,
  "canceled",
  ...weekdayNames,
  ...monthNames,
  ...otherTimeWords,
]);
