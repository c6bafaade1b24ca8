import { normalText } from "./normal-text.ts";

/** One word of a command, as typed: where it stood, and whether quotation marks held it together. */
export interface Word {
  text: string;
  quoted: boolean;
  /** Place of its first and behind its last character in the cleaned text. */
  start: number;
  end: number;
  /** Quotation marks held together what stands behind its colon. */
  quotedTail?: true;
  /** A comma that separates targets; commas inside quotation marks are part of their word. */
  comma: boolean;
}

/** Undoes what Slack does to typed text (`<@U1|ana>`, `<#C1|x>`, `<https://…|x>`, `&amp;`) and brings it into the one form of text. */
export function cleanText(text: string): string {
  const plain = text
    .replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, plainReference)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
  return normalText(plain);
}

function plainReference(
  _all: string,
  sigil: string,
  id: string,
  label: string | undefined,
): string {
  const mark = sigil === "!" ? "@" : sigil;
  const shown = label || id.replace(/^subteam\^/, "");
  return shown.startsWith(mark) ? shown : `${mark}${shown}`;
}

const doubleQuotes = '"“”„«»';
const singleQuotes = "'‘’‚";
const closers = { double: /["“”«»](?=[\s,]|$)/g, single: /['’](?=[\s,]|$)/g };

/** Words, quoted phrases and commas, in order. A quotation mark that is never closed is left out and otherwise ignored. */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === " ") at += 1;
    else if (text[at] === ",") {
      words.push({ text: ",", quoted: false, start: at, end: at + 1, comma: true });
      at += 1;
    } else {
      const word = wordAt(text, at);
      if (word.text !== "" || word.quoted) words.push(word);
      at = word.end;
    }
  }
  return words;
}

function wordAt(text: string, start: number): Word {
  const whole = phraseAt(text, start);
  if (whole) return { text: whole.text.trim(), quoted: true, start, end: whole.end, comma: false };
  let built = "";
  let at = start;
  while (at < text.length && text[at] !== " " && text[at] !== ",") {
    const afterColon = text[at - 1] === ":" && at > start ? phraseAt(text, at) : undefined;
    if (afterColon)
      return {
        text: built + afterColon.text.trim(),
        quoted: false,
        quotedTail: true,
        start,
        end: afterColon.end,
        comma: false,
      };
    if (!doubleQuotes.includes(text.charAt(at)) || (at !== start && text[at - 1] !== ":"))
      built += text[at];
    at += 1;
  }
  return { text: built, quoted: false, start, end: at, comma: false };
}

function phraseAt(text: string, start: number): { text: string; end: number } | undefined {
  const mark = text.charAt(start);
  const closer = doubleQuotes.includes(mark)
    ? closers.double
    : singleQuotes.includes(mark)
      ? closers.single
      : undefined;
  if (!closer) return undefined;
  closer.lastIndex = start + 1;
  const end = closer.exec(text);
  return end ? { text: text.slice(start + 1, end.index), end: end.index + 1 } : undefined;
}
