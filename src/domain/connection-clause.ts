import { isPlain } from "./grammar-words.ts";
import type { Word } from "./words.ts";

/**
 * Reads `in NAME`, with more names behind a comma, `and` or another `in`; `loose`: or behind nothing. Undefined for
 * anything else. A connection that is called as one of these words is named in quotation marks.
 */
export function readConnections(
  words: readonly Word[],
  parting: "parted" | "loose",
): string[] | undefined {
  const names: string[] = [];
  let at = 1;
  if (!words[0] || !isPlain(words[0], "in")) return undefined;
  for (;;) {
    const name = words[at];
    if (!name || name.comma || isPlain(name, "in") || isPlain(name, "and") || name.text === "")
      return undefined;
    names.push(name.text);
    at += 1;
    if (at === words.length) return [...new Set(names)];
    const next = afterSeparator(words, at);
    if (next === at && parting === "parted") return undefined;
    at = next;
  }
}

/** Behind a comma, an `and` and an `in`, each of which may be missing. */
function afterSeparator(words: readonly Word[], from: number): number {
  let at = from;
  if (words[at]?.comma) at += 1;
  for (const one of ["and", "in"] as const) {
    const word = words[at];
    if (word && isPlain(word, one)) at += 1;
  }
  return at;
}
