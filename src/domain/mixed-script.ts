import { normalText } from "./normal-text.ts";
import { shorten } from "./shorten.ts";

/** What a name is made of that may pass for something else, in a sentence; undefined for an ordinary name. */
export function lookAlikeIn(name: string): string | undefined {
  for (const [word] of normalText(name).matchAll(/[\p{L}\p{M}\p{Nd}]+/gu)) {
    const why = whyDoubtful(word);
    if (why) return `This name ${why}: “${shorten(word, 40)}” may not be what it looks like.`;
  }
  return undefined;
}

/** The same for several names: each sentence once. */
export function lookAlikesIn(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => lookAlikeIn(name) ?? []))];
}

function whyDoubtful(word: string): string | undefined {
  if (isPlain.test(word)) return whyPlainIsDoubtful(word);
  const scripts = alike.filter(([, letter]) => letter.test(word)).map(([script]) => script);
  if (scripts.length > 1 && !measure.test(word)) return `mixes ${listed(scripts)} letters`;
  if (drawnLikeOthers.test(word)) return "has a letter that is drawn like another one";
  if (digitSystems(word) > 1) return "mixes digits of several scripts";
  return whyPlainIsDoubtful(word);
}

const isPlain = /^[!-~]+$/;

/** Only scripts whose letters are drawn like those of another; one word of Japanese or Korean has several by nature. */
const alike = [
  ["Latin", /\p{Script=Latin}/u],
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Greek", /\p{Script=Greek}/u],
  ["Armenian", /\p{Script=Armenian}/u],
  ["Georgian", /\p{Script=Georgian}/u],
  ["Coptic", /\p{Script=Coptic}/u],
  ["Cherokee", /\p{Script=Cherokee}/u],
  ["Lisu", /\p{Script=Lisu}/u],
] as const;

/** Micrometres and the like, and ohms: “50μg”, “10kΩ”. */
const measure = /^\d*(?:μ[a-zA-Z]{1,3}|[kKmMG]?Ω)$/u;

/** Letters of phonetic alphabets, drawn like the everyday ones: script g and a, small capitals, dotless j. */
const drawnLikeOthers = /[ɡɑȷɪʏɢɴʀʙʜʟɩᴀ-ᴢꜰꜱꞮ]/u;

/** “2O26”: a letter amid digits. “l0an”: a nought amid small letters. */
function whyPlainIsDoubtful(word: string): string | undefined {
  if (/\d[OoОоΟοlIЗ]\d/u.test(word)) return "has a letter among digits";
  return /\p{Ll}0+\p{Ll}/u.test(word) ? "has a nought among letters" : undefined;
}

/** The noughts of Unicode's sets of ten digits stand sixteen apart or more, so what a digit counts from tells its set. */
function digitSystems(word: string): number {
  const sets = [...word.matchAll(/\p{Nd}/gu)].map(([digit]) => zeroOf(digit));
  return new Set(sets).size;
}

function zeroOf(digit: string): number {
  let zero = digit.codePointAt(0) ?? 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return zero;
}

function listed(words: readonly string[]): string {
  return [words.slice(0, -1).join(", "), words.at(-1)].join(" and ");
}
