import { isLink, readLink } from "./campaign-link.ts";
import { isPlain, joiners } from "./grammar-words.ts";
import { normalText } from "./normal-text.ts";
import { createPhrases } from "./phrases.ts";

/** One word of a command, as typed: where it stood, and whether quotation marks held it together. */
export interface Word {
  text: string;
  quoted: boolean;
  /** Place of its first and behind its last character in the cleaned text. */
  start: number;
  end: number;
  /** Quotation marks held together what stands behind its colon. */
  quotedTail?: true;
  /** A comma or the end of a line, which separate targets; commas inside quotation marks are part of their word. */
  comma: boolean;
}

/** Longer than anything that somebody types or pastes on purpose; whatever is longer is not read at all. */
export const longestCommand = 16_000;

/**
 * Undoes what Slack does to typed text (`<@U1|ana>`, `<#C1|x>`, `<https://…|x>`, `&amp;`) and brings each of
 * its lines into the one form of text.
 */
export function cleanText(text: string): string {
  const plain = text.replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, plainReference);
  const lines = unescaped(plain).split(/[\n\r\v\f\u0085\u2028\u2029]+/);
  const whole = lines
    .map(normalText)
    .filter((line) => line !== "")
    .join("\n")
    .replaceAll("```", "`");
  return withoutCommand(whole);
}

/** A link to a campaign keeps its address in one piece, any other one is what it is shown as. */
function plainReference(
  _all: string,
  sigil: string,
  id: string,
  label: string | undefined,
): string {
  if (sigil === "" && isLink(id) && (label === undefined || readLink(unescaped(id))))
    return id.replace(/[\s,"'`]/g, encodeURIComponent);
  const mark = sigil === "!" ? "@" : sigil;
  const shown = label || id.replace(/^subteam\^/, "");
  return shown.startsWith(mark) ? shown : `${mark}${shown}`;
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** A whole line that was copied, as one piece of code or with the command's own name in front. */
function withoutCommand(text: string): string {
  const inner = /^`([^`]*)`$/.exec(text)?.[1] ?? text;
  const bare = inner.replace(/^\/campaign(?=\s|$)/i, "").trim();
  return bare === text ? text : bare;
}

/** Words, quoted phrases, commas and ends of lines, in order. A quotation mark that is never closed is left out and otherwise ignored. */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  const phraseAt = createPhrases(text);
  let at = 0;
  while (at < text.length) {
    const sign = text.charAt(at);
    if (sign === " ") at += 1;
    else if (sign === "," || sign === "\n") {
      words.push({ text: sign, quoted: false, start: at, end: at + 1, comma: true });
      at += 1;
    } else {
      const found = wordsAt(text, at, phraseAt);
      words.push(...found.words.filter((word) => word.text !== "" || word.quoted));
      at = found.end;
    }
  }
  return words;
}

type Phrases = ReturnType<typeof createPhrases>;

function wordsAt(text: string, start: number, phraseAt: Phrases): { words: Word[]; end: number } {
  const whole = phraseAt(start);
  if (!whole) {
    const word = wordAt(text, start, phraseAt);
    return { words: [word], end: word.end };
  }
  const { end } = whole;
  const inner = whole.isCode ? splitWords(whole.text) : [];
  if (inner.length > 0 && inner.every(isBare)) {
    const words = inner.map((word) => ({
      ...word,
      start: word.start + start + 1,
      end: word.end + start + 1,
    }));
    return { words, end };
  }
  return { words: [{ text: trimmed(whole.text), quoted: true, start, end, comma: false }], end };
}

/** Our own answers print what can be typed as code: one word of it, or a list of `CONNECTION:ID`, is read as it is typed. */
function isBare(word: Word, _place: number, all: readonly Word[]): boolean {
  if (word.quoted || word.quotedTail) return false;
  if (all.length === 1) return !joiners.some((joiner) => isPlain(word, joiner));
  return word.comma || /^\p{L}[\p{L}\p{N}_.-]*:[\w:-]+$/u.test(word.text);
}

function wordAt(text: string, start: number, phraseAt: Phrases): Word {
  let built = "";
  let at = start;
  while (at < text.length && !endsWord(text, at, built)) {
    const begins = at === start || text[at - 1] === ":";
    const tail = begins && at > start ? phraseAt(at) : undefined;
    if (tail) {
      const { isCode, end } = tail;
      const word = { text: built + trimmed(tail.text), quoted: false, start, end, comma: false };
      return isCode ? word : { ...word, quotedTail: true };
    }
    const sign = text.charAt(at);
    if (sign !== "`" && !(begins && isOpening(sign))) built += sign;
    at += 1;
  }
  return { text: built, quoted: false, start, end: at, comma: false };
}

function isOpening(sign: string): boolean {
  return '"“”„‟«»'.includes(sign);
}

/** A comma in the middle of a link is part of it. */
function endsWord(text: string, at: number, built: string): boolean {
  const sign = text.charAt(at);
  if (sign === " " || sign === "\n") return true;
  return sign === "," && !(isLink(built) && /[^\s,]/.test(text.charAt(at + 1)));
}

function trimmed(text: string): string {
  return text.replaceAll("\n", " ").trim();
}
