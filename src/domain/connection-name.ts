import { grammarWords } from "./grammar-words.ts";
import { folded } from "./normal-text.ts";

/** Whether a connection can be called so: one word of letters, digits, dots, dashes and underscores. */
export function isConnectionName(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{0,39}$/u.test(name);
}

/** Whether the command would take it for a word of its own, as `list running` and `stop all in all` would. */
export function isGrammarWord(name: string): boolean {
  return grammarWords.has(folded(name));
}
