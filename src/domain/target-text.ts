import type { Identity } from "./identity.ts";
import type { Word } from "./words.ts";

/** A campaign as someone typed it; which one it is, `findTarget` says. */
export type TargetText =
  /** `quoted`: what stands behind the connection is a name, whatever it looks like. */
  | { kind: "exact"; connection: string; id: string; quoted?: true }
  | { kind: "id"; id: string }
  | { kind: "name"; text: string; quoted: boolean };

/** A campaign that somebody pointed at, in a form or by a button: an identity and no text. */
export interface Chosen {
  kind: "campaign";
  campaign: Identity;
}

export type TargetTexts = { ok: true; targets: TargetText[] } | { ok: false; sentence: string };

/** The targets in `words`, which commas separate; several words between two commas are one name. */
export function readTargets(words: readonly Word[]): TargetTexts {
  const targets: TargetText[] = [];
  for (const group of groups(words)) {
    if (group.length > 1 && group.some(isWhole)) {
      return {
        ok: false,
        sentence:
          "Put a comma between campaigns, and quotation marks around a name of several words.",
      };
    }
    targets.push(targetOf(group));
  }
  return { ok: true, targets };
}

/** True of a word that can only be a whole target by itself: a quoted name, or `connection:id`. */
export function isWhole(word: Word): boolean {
  return word.quoted || exact.test(word.text);
}

const exact = /^([\p{L}][\p{L}\p{N}_.-]*):(.+)$/u;
const likeAnId = /^(?=.*\d)[A-Za-z0-9][\w-]{0,99}$/;

/** Digits and signs without a letter: an id, and never part of a name. */
export function isNumber(text: string): boolean {
  return /\p{N}/u.test(text) && !/\p{L}/u.test(text);
}

/** What was typed, in one piece. */
export function textOf(target: TargetText): string {
  if (target.kind === "exact") return `${target.connection}:${target.id}`;
  return target.kind === "name" ? target.text : target.id;
}

function targetOf(group: readonly Word[]): TargetText {
  const text = group.map((word) => word.text).join(" ");
  if (group.some((word) => word.quoted)) return { kind: "name", text, quoted: true };
  const [, connection, id] = (group.length === 1 && exact.exec(text)) || [];
  if (connection !== undefined && id !== undefined) {
    const quoted = group[0]?.quotedTail;
    return { kind: "exact", connection, id, ...(quoted && { quoted }) };
  }
  return likeAnId.test(text) ? { kind: "id", id: text } : { kind: "name", text, quoted: false };
}

function groups(words: readonly Word[]): Word[][] {
  const all: Word[][] = [];
  let group: Word[] = [];
  for (const word of [...words, comma]) {
    if (!word.comma) group.push(word);
    else {
      all.push(group.filter(({ text }) => text !== ""));
      group = [];
    }
  }
  return all.filter(({ length }) => length > 0);
}

const comma: Word = { text: ",", quoted: false, start: 0, end: 0, comma: true };
