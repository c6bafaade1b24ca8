import { faultOfReason, unquoted, type WhichClause } from "./change-command.ts";
import { readConnections } from "./connection-clause.ts";
import { isPlain } from "./grammar-words.ts";
import { folded } from "./normal-text.ts";
import { type ClauseContext, clauseAtEnd, type ReasonClause } from "./reason-clause.ts";
import type { Word } from "./words.ts";

/** The emergency stop as it was typed; no connection named means every one. */
export interface StopCommand {
  kind: "stop_all";
  connections: string[];
  reason: string;
}

type Read = { ok: true; command: StopCommand | WhichClause } | { ok: false; sentence: string };

/** Reads `all [in CONNECTION]… because REASON`; `text` is what `words` were split from. */
export function readStop(text: string, words: readonly Word[], context: ClauseContext): Read {
  const because = words.findIndex((word) => isPlain(word, "because"));
  const head = because < 0 ? words : words.slice(0, because);
  const [all, ...scope] = head.filter(({ text }) => text !== "\n");
  if (!all || !isPlain(all, "all")) {
    return refused(
      "The emergency stop is for everything at once: type “stop all”. One campaign is held with “pause” or ended with “cancel”.",
    );
  }
  const connections = scope.length > 0 ? readConnections(scope, "loose") : [];
  if (!connections) {
    return refused("After “stop all” say “in” and the connections it is for, or nothing for all.");
  }
  const reason = because < 0 ? "" : unquoted(text.slice(words[because]?.end).trim());
  if (reason === "") return refused("An emergency stop needs a reason: say it after “because”.");
  const wrong = faultOfReason(reason);
  if (wrong) return refused(wrong);
  const whole: StopCommand = { kind: "stop_all", connections, reason };
  const clause = clauseAtEnd(
    text,
    words.slice(because + 1),
    { time: false, connection: true },
    context,
  );
  return clause ? withClause(whole, clause, context) : { ok: true, command: whole };
}

/** Where the reason names connections that the stop is not for already, it may be meant for those alone. */
function withClause(whole: StopCommand, clause: ReasonClause, { reading }: ClauseContext): Read {
  const { connections, reason } = clause;
  const named = whole.connections.map(folded);
  const more = connections.filter((one) => !named.includes(folded(one)));
  if (more.length === 0 || reading === "reason") return { ok: true, command: whole };
  if (reason === "") return refused(`Say why behind “because”, and “${clause.clause}” before it.`);
  if (reading === "limit")
    return {
      ok: true,
      command: { kind: "stop_all", connections: [...whole.connections, ...more], reason },
    };
  return { ok: true, command: { kind: "which_clause", action: "stop", clause: clause.clause } };
}

function refused(sentence: string): Read {
  return { ok: false, sentence };
}
