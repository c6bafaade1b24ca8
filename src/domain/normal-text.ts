import { withComparedEmoji } from "./emoji.ts";

/**
 * The one form of text: what people see, what they may type, what is kept. Every character in one spelling (NFKC),
 * nothing that cannot be seen, one space between words, at most four marks on a letter. Emoji stay whole, and so does
 * what would say something else when it is flattened (“4²” is not 42).
 */
export function normalText(text: string): string {
  if (isPlain.test(text)) return text;
  const sound = text.toWellFormed();
  let built = "";
  let at = 0;
  for (const { 0: whole, index } of sound.matchAll(keptWhole)) {
    built += spelt(sound.slice(at, index)) + whole;
    at = index + whole.length;
  }
  return spaced(built + spelt(sound.slice(at)));
}

/**
 * Text as it is compared: the one form, flat, without case and without the keyboard's choice of quotes and dashes. An
 * emoji is the same as Slack's code for it.
 */
export function folded(text: string): string {
  return withEmoji(text, (one) => spelt(caseless(flat(one))));
}

/** As `folded`, but each letter stays one (“ß” is not “ss”): for patterns in which `?` stands for a letter. */
export function foldedByLetter(text: string): string {
  return withEmoji(text, (one) => spelt(flat(one).toLowerCase()));
}

/** A code may only come to light as the text gets flat, and then an emoji is what has to be flat. */
function withEmoji(text: string, fold: (text: string) => string): string {
  const once = isPlain.test(text) ? text.toLowerCase() : fold(text);
  const drawn = withComparedEmoji(once);
  return drawn === once ? once : fold(drawn);
}

/** The text without what nobody sees; its spaces, lines and spellings stay as they are. */
export function withoutUnseen(text: string): string {
  return text.replace(keptOrUnseen, (mark) => (unseen.test(mark) ? "" : mark));
}

/** Most texts need nothing, and a policy of many rules compares very many. */
const isPlain = /^[!-_a-~]+(?: [!-_a-~]+)*$/;

const unseenSigns = String.raw`[\p{Default_Ignorable_Code_Point}\p{Cf}]|[^\P{Cc}\t-\r\u0085]`;
const picture = String.raw`\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?`;
const wholeSigns = [
  String.raw`\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,6}\u{E007F}`,
  String.raw`[0-9#*]\uFE0F\u20E3`,
  String.raw`${picture}(?:\u200D${picture})+`,
  String.raw`\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})`,
  String.raw`\p{Emoji_Presentation}`,
  // An ellipsis, which cards write; small figures and fractions.
  "[…²³¹⁰⁴-⁹₀-₉¼-¾⅐-⅞↉]",
].join("|");
const keptWhole = new RegExp(wholeSigns, "gu");
const keptOrUnseen = new RegExp(`${wholeSigns}|${unseenSigns}`, "gu");
const unseen = new RegExp(`^(?:${unseenSigns})$`, "u");
const everyUnseen = new RegExp(unseenSigns, "gu");

function flat(text: string): string {
  return likeTyped(spaced(spelt(text.toWellFormed())));
}

/** Marks are cut while each stands by itself, so that a second time cuts no more. */
function spelt(text: string): string {
  return text
    .replace(everyUnseen, "")
    .normalize("NFKD")
    .replace(/(\p{M}{4})\p{M}+/gu, "$1")
    .normalize("NFKC");
}

/** A braille cell without dots is as blank as any space. */
function spaced(text: string): string {
  return text.replace(/[\s\p{Z}\u0085\u2800]+/gu, " ").trim();
}

/** Undoes what cards and keyboards draw for a plain sign. */
function likeTyped(text: string): string {
  return text
    .replace(/[’‘‚‛ʼ′`]/g, "'")
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‐‒–—―−]/g, "-")
    .replace(/‹(?=[!@#]|https?:|mailto:|tel:)/gi, "<")
    .replaceAll("∗", "*")
    .replaceAll("∼", "~")
    .replaceAll("ˍ", "_")
    .replaceAll("∶", ":");
}

/** Full case folding, as far as the language's own two tables know it; a Turkish i is an i. */
function caseless(text: string): string {
  return text
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll("ς", "σ")
    .normalize("NFD")
    .replace(/i\p{M}+/gu, (letter) => letter.replaceAll("\u0307", ""));
}
