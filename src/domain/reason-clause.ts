import { readConnections } from "./connection-clause.ts";
import { isPlain } from "./grammar-words.ts";
import { folded } from "./normal-text.ts";
import { readableClause } from "./time-clause.ts";
import type { Word } from "./words.ts";

/** How a person has answered which of the two they meant. */
export type Reading = "limit" | "reason";

/** What a command knows when a reason may end in a clause. */
export interface ClauseContext {
  now: Date;
  zone: string;
  /** Nobody could say which zone is theirs. */
  guessed?: boolean;
  /** How the connections are called; left out where nobody may learn that. */
  connections?: readonly string[];
  /** Left out: not asked yet. */
  reading?: Reading;
}

/** What a reason ends in that could also be a limit. */
export interface ReasonClause {
  /** As it was typed. */
  clause: string;
  /** What is left of the reason without it; empty if nothing is. */
  reason: string;
  until?: Date;
  /** What has to be said of how its time was read. */
  note?: string;
  /** What has to be asked about its time before it can be a limit. */
  wrong?: string;
  connections: string[];
}

/** A part of the words behind “because”, from one to before another. */
interface Part {
  from: number;
  to: number;
}

/**
 * The `in CONNECTION`, `for DURATION` or `until TIME`, in either order, that a reason ends in; `words` are those behind
 * “because”. What stands in quotation marks is part of the reason.
 */
export function clauseAtEnd(
  text: string,
  words: readonly Word[],
  takes: { time: boolean; connection: boolean },
  context: ClauseContext,
): ReasonClause | undefined {
  const all = withoutStop(words);
  const late = timeAt(all, context);
  const rest = late ? withoutStop(all.slice(0, late.from)) : all;
  const place = takes.connection ? connectionsAt(rest, context.connections ?? []) : undefined;
  const early = place && !late ? timeAt(withoutStop(all.slice(0, place.from)), context) : undefined;
  const time = takes.time ? (late ?? early) : undefined;
  const parts = [place, time].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const spans = parts.map((part) => spanOf(all, part)).sort(([a], [b]) => a - b);
  return {
    clause: spans.map(([from, to]) => text.slice(from, to)).join(" "),
    reason: without(text, all, spans),
    ...(time?.until && { until: time.until }),
    ...(time?.note && { note: time.note }),
    ...(time?.wrong && { wrong: time.wrong }),
    connections: place?.names ?? [],
  };
}

function spanOf(words: readonly Word[], { from, to }: Part): [number, number] {
  return [words[from]?.start ?? 0, words[to - 1]?.end ?? 0];
}

/** The reason with these parts cut out, up to its last word. */
function without(text: string, words: readonly Word[], spans: readonly [number, number][]): string {
  let at = words[0]?.start ?? 0;
  let left = "";
  for (const [from, to] of spans) {
    left += text.slice(at, from);
    at = to;
  }
  left += text.slice(at, words.at(-1)?.end ?? at);
  return left
    .replace(/ {2,}/g, " ")
    .replace(/[\s,;]+$/, "")
    .trim();
}

/** Without commas at the end, and without the full stop of the last word. */
function withoutStop(words: readonly Word[]): Word[] {
  const kept = words.slice(0, words.findLastIndex((word) => !word.comma) + 1);
  const last = kept.at(-1);
  if (!last || last.quoted) return kept;
  return [...kept.slice(0, -1), { ...last, text: last.text.replace(/[.!?;]+$/, "") }];
}

function timeAt(words: readonly Word[], context: ClauseContext) {
  const found = readableClause(words, context);
  return found && { wrong: undefined, ...found, to: words.length };
}

/** “in A”, “in A and B”, “in A, in B”: a list that begins with a name that is known. */
function connectionsAt(words: readonly Word[], known: readonly string[]) {
  const all = new Set(known.map(folded));
  for (const [from, word] of words.entries()) {
    if (!isPlain(word, "in")) continue;
    const names = readConnections(words.slice(from), "parted");
    if (names && all.has(folded(names[0] ?? ""))) return { from, to: words.length, names };
  }
  return undefined;
}
