import { isPlain } from "./grammar-words.ts";
import { timeClause } from "./time-clause.ts";
import { cleanText, splitWords } from "./words.ts";

/** What follows `/campaign policy`; people by their Slack ids, as they were mentioned. */
export type AwayCommand =
  | { kind: "away"; until: Date; note?: string; standIn: string }
  | { kind: "who_is_away" }
  | { kind: "back"; person?: string };

type Read = { ok: true; command: AwayCommand } | { ok: false; sentence: string };

const mention = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g;

/**
 * Reads `away [until TIME @PERSON]` and `back [@PERSON]`. `text` is as Slack sent it: only there does a mention hold
 * an id. Undefined where neither word comes first.
 */
export function readAway(
  text: string,
  context: { now: Date; zone: string; guessed?: boolean },
): Read | undefined {
  const named = [...text.matchAll(mention)].map(([, id = ""]) => id);
  const words = splitWords(cleanText(text.replace(mention, " "))).filter(({ comma }) => !comma);
  const [first, ...rest] = words.filter((word) => !isPlain(word, "with"));
  if (!first || !(isPlain(first, "away") || isPlain(first, "back"))) return undefined;
  const [person, second] = new Set(named);
  const stray = rest.find((word) => word.text.startsWith("@"));
  if (stray || second !== undefined) return refused(onePerson);
  if (isPlain(first, "back")) {
    if (rest.length > 0) return refused("After “back” name one person, or nobody for yourself.");
    return { ok: true, command: { kind: "back", ...(person !== undefined && { person }) } };
  }
  if (rest.length === 0 && person === undefined)
    return { ok: true, command: { kind: "who_is_away" } };
  const clause = timeClause(rest, context);
  if (clause.kind === "wrong") return refused(clause.sentence);
  if (clause.kind === "none" || clause.before.length > 0)
    return refused("Say until when you are away: “until mon 09:00”, for example.");
  if (person === undefined) return refused(`Say who decides instead of you. ${onePerson}`);
  const { until, note } = clause;
  return {
    ok: true,
    command: { kind: "away", until, ...(note !== undefined && { note }), standIn: person },
  };
}

const onePerson = "That is one person, picked from the list that Slack shows after “@”.";

function refused(sentence: string): Read {
  return { ok: false, sentence };
}
