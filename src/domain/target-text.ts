import { isLink, readLink } from "./campaign-link.ts";
import { withTypedEmoji } from "./emoji.ts";
import { isPlain } from "./grammar-words.ts";
import type { Identity } from "./identity.ts";
import { normalText } from "./normal-text.ts";
import { notUnderstood } from "./not-understood.ts";
import { shorten } from "./shorten.ts";
import { exact, isWhole } from "./whole-word.ts";
import type { Word } from "./words.ts";

/** A campaign as someone typed it; which one it is, `findTarget` says. */
export type TargetText =
  /** `quoted`: what stands behind the connection is a name, whatever it looks like. */
  | { kind: "exact"; connection: string; id: string; quoted?: true }
  | { kind: "id"; id: string }
  /** In the app of the platform behind one of the connections. */
  | { kind: "link"; host: string; id: string }
  | { kind: "name"; text: string; quoted: boolean };

/** A campaign that somebody pointed at, in a form or by a button: an identity and no text. */
export interface Chosen {
  kind: "campaign";
  campaign: Identity;
}

export type TargetTexts = { ok: true; targets: TargetText[] } | { ok: false; sentence: string };

const longestName = 300;

/**
 * The targets in `words`, which commas and ends of lines separate, and an “and” between two that are whole by
 * themselves; several words in between are one name.
 */
export function readTargets(words: readonly Word[]): TargetTexts {
  const targets: TargetText[] = [];
  const drawn = words.map((word) => ({ ...word, text: drawnIn(word.text) }));
  for (const group of groups(drawn).flatMap(partedByAnd)) {
    const wrong = faultOf(group);
    if (wrong !== undefined) return { ok: false, sentence: wrong };
    targets.push(targetOf(group));
  }
  return { ok: true, targets };
}

/** Only what a campaign is called may hold an emoji: a code in a reason stays one, and draws no check mark on a card. */
function drawnIn(text: string): string {
  return text === "\n" ? text : normalText(withTypedEmoji(text));
}

function faultOf(group: readonly Word[]): string | undefined {
  if (group.length > 1 && group.some(isWhole)) return notUnderstood(group);
  const [only] = group;
  if (only && isLink(only.text) && !readLink(only.text))
    return `I see no campaign in the link ${shorten(only.text, 60)}. Write CONNECTION:ID instead, as burki:42.`;
  const length = [...group.map(({ text }) => text).join(" ")].length;
  return length > longestName
    ? `“${shorten(group[0]?.text ?? "")}” begins a name of ${length} characters; ${longestName} is the most. A part of the name or the id will do.`
    : undefined;
}

const likeAnId = /^(?=.*\d)[A-Za-z0-9][\w-]{0,99}$/;

/** Digits and signs without a letter: an id, and never part of a name. */
export function isNumber(text: string): boolean {
  return /\p{N}/u.test(text) && !/\p{L}/u.test(text);
}

/** What was typed, in one piece. */
export function textOf(target: TargetText): string {
  if (target.kind === "exact") return `${target.connection}:${target.id}`;
  if (target.kind === "link") return `${target.host}: ${target.id}`;
  return target.kind === "name" ? target.text : target.id;
}

function targetOf(group: readonly Word[]): TargetText {
  const text = group.map((word) => word.text).join(" ");
  if (group.some((word) => word.quoted)) return { kind: "name", text, quoted: true };
  const link = group.length === 1 ? readLink(text) : undefined;
  if (link) return { kind: "link", ...link };
  const [, connection, id] = (group.length === 1 && exact.exec(text)) || [];
  if (connection !== undefined && id !== undefined) {
    const quoted = group[0]?.quotedTail;
    return { kind: "exact", connection, id, ...(quoted && { quoted }) };
  }
  return likeAnId.test(text) ? { kind: "id", id: text } : { kind: "name", text, quoted: false };
}

/** What stands between two commas; a bullet in front of a line of a list that was pasted is none of it. */
function groups(words: readonly Word[]): Word[][] {
  const all: Word[][] = [];
  let group: Word[] = [];
  let isLine = false;
  for (const word of [...words, comma]) {
    if (word.comma) {
      all.push(group.filter(({ text }) => text !== ""));
      group = [];
      isLine = word.text === "\n";
    } else if (!(isLine && group.length === 0 && bullet.test(word.text))) group.push(word);
  }
  return all.filter(({ length }) => length > 0);
}

const bullet = /^[•◦▪▫‣⁃∙·*–—-]$/;
const comma: Word = { text: ",", quoted: false, start: 0, end: 0, comma: true };

/** An “and” may be part of a name, but not where everything around it is whole. */
function partedByAnd(group: Word[]): Word[][] {
  const parts: Word[][] = [[]];
  for (const word of group) {
    if (isPlain(word, "and")) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  const all = parts.every(([first, second]) => first && isWhole(first) && !second);
  return parts.length > 1 && all ? parts : [group];
}
