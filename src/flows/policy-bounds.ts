import { Lexer } from "yaml";
import type { Fault } from "./policy-scalars.ts";

/** Of maps, lists and their entries within each other; a policy needs half of it. */
export const mostNested = 40;
/** Words, signs and spaces: the longest policy that there may be has a third of them. */
const mostParts = 120_000;
/** Each may be a fault of its own, and to make that fault takes longer than to read it. */
const mostTags = 2_000;
const mostEscapes = 5_000;
const mostAstray = 20;

export const tooDeep = "This is nested deeper than is allowed.";
const tooMany = (what: string) => `The file has more ${what} than are allowed.`;

/** What the lexer says beside the text: where a document begins, where a flow ends badly, and that a scalar comes. */
const marks = { document: "\u0002", flowEnd: "\u0018", scalar: "\u001f" } as const;
const isMark = (token: string) => (Object.values(marks) as string[]).includes(token);

/**
 * What would take a parser more time or memory than its text is worth, found by reading the signs alone, once, from
 * the beginning; undefined where it may be parsed.
 */
export function beyondBounds(text: string): Fault | undefined {
  let [at, column, flow] = [0, 0, 0];
  let [parts, tags, escapes, astray] = [0, 0, 0, 0];
  let before = "";
  /** The column of each block that is open, the outermost first. */
  const blocks: number[] = [];
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    const sign = isScalar ? "" : (token[0] ?? "");
    if (sign === "[" || sign === "{") flow += 1;
    if (sign === "]" || sign === "}") flow -= 1;
    // A bracket that closes nothing, or a comma behind nothing.
    if (flow < 0 || (sign === "," && /[,[{]/.test(before))) astray += 1;
    flow = Math.max(0, flow);
    if (sign.trim() !== "") before = sign;
    parts += 1;
    if (flow === 0 && /^[-?:]$/.test(sign === "" ? "" : token)) begin(blocks, column);
    if (flow + blocks.length > mostNested) return { at, words: tooDeep };
    if (sign === "!") tags += 1;
    if (sign === '"') escapes += token.split("\\").length - 1;
    if (parts > mostParts) return { at, words: tooMany("parts") };
    if (tags > mostTags) return { at, words: tooMany("tags") };
    if (escapes > mostEscapes) return { at, words: tooMany("backslashes in quotation marks") };
    if (astray > mostAstray) return { at, words: tooMany("brackets and commas that stand alone") };
    isScalar = token === marks.scalar;
    if (isMark(token)) continue;
    at += token.length;
    const line = token.lastIndexOf("\n");
    column = line < 0 ? column + token.length : token.length - line - 1;
  }
  return undefined;
}

function begin(blocks: number[], column: number): void {
  while (blocks.length > 0 && (blocks.at(-1) ?? 0) >= column) blocks.pop();
  blocks.push(column);
}
