import { isLink } from "./campaign-link.ts";
import type { Word } from "./words.ts";

/** Dashes of every length, for keyboards make them of a plain one. */
export const exact = /^([\p{L}][\p{L}\p{N}_.‐‒–—−-]*):(.+)$/u;

/** True of a word that can only be a whole target by itself: a quoted name, a link, or `connection:id`. */
export function isWhole(word: Word): boolean {
  return word.quoted || isLink(word.text) || exact.test(word.text);
}
