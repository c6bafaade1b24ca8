import type { Word } from "./words.ts";

/** A campaign as someone typed it; which one it is, `findTargets` says. */
export type TargetText =
  | { kind: "exact"; connection: string; id: string }
  | { kind: "id"; id: string }
  | { kind: "name"; text: string; quoted: boolean };

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

function targetOf(group: readonly Word[]): TargetText {
  const text = group.map((word) => word.text).join(" ");
  if (group.some((word) => word.quoted)) return { kind: "name", text, quoted: true };
  const [, connection, id] = (group.length === 1 && exact.exec(text)) || [];
  if (connection !== undefined && id !== undefined) return { kind: "exact", connection, id };
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
