import { faultOfReason, unquoted } from "./change-command.ts";
import { isPlain } from "./time-clause.ts";
import type { Word } from "./words.ts";

/** The emergency stop as it was typed; no connection named means every one. */
export interface StopCommand {
  kind: "stop_all";
  connections: string[];
  reason: string;
}

type Read = { ok: true; command: StopCommand } | { ok: false; sentence: string };

/** Reads `all [in CONNECTION]… because REASON`; `text` is what `words` were split from. */
export function readStop(text: string, words: readonly Word[]): Read {
  const because = words.findIndex((word) => isPlain(word, "because"));
  const head = (because < 0 ? words : words.slice(0, because)).filter(({ comma }) => !comma);
  const [all, ...scope] = head;
  if (!all || !isPlain(all, "all")) {
    return refused(
      "The emergency stop is for everything at once: type “stop all”. One campaign is held with “pause” or ended with “cancel”.",
    );
  }
  const [first, ...named] = scope;
  if (first && (!isPlain(first, "in") || named.length === 0)) {
    return refused("After “stop all” say “in” and the connections it is for, or nothing for all.");
  }
  const reason = because < 0 ? "" : unquoted(text.slice(words[because]?.end).trim());
  if (reason === "") return refused("An emergency stop needs a reason: say it after “because”.");
  const wrong = faultOfReason(reason);
  if (wrong) return refused(wrong);
  const connections = named.filter((word) => !isPlain(word, "in") && !isPlain(word, "and"));
  const names = connections.map((word) => word.text);
  return { ok: true, command: { kind: "stop_all", connections: [...new Set(names)], reason } };
}

function refused(sentence: string): Read {
  return { ok: false, sentence };
}
