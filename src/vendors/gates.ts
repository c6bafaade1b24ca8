import { createHash } from "node:crypto";
import { createGate, type Gate, type GateOptions } from "./gate.ts";
import type { Http } from "./http.ts";

/** An account's gate, unused for so long, is made afresh. */
const keptMs = 600_000;

/** The gates of one vendor's accounts. */
export interface Gates {
  /** The way out for one account: `urgent` for what somebody waits for, `calm` for what can wait. */
  of(account: string): { urgent: Http; calm: Http };
}

export function createGates({ vendor, pace, tools }: Omit<GateOptions, "key">): Gates {
  const gates = new Map<string, Gate>();

  function dropUnused(): void {
    const at = tools.now().getTime();
    for (const [key, gate] of gates) {
      if (at - (gate.idleSince() ?? at) < keptMs) continue;
      gate.close();
      gates.delete(key);
    }
  }

  function gateOf(key: string): Gate {
    const known = gates.get(key);
    if (known) return known;
    dropUnused();
    const gate = createGate({ vendor, key, pace, tools });
    gates.set(key, gate);
    return gate;
  }

  return {
    of(account) {
      // It may be told by its secret, which shall not lie about here.
      const key = createHash("sha256").update(account).digest("base64url");
      const at = (urgent: boolean): Http => ({
        send: (call) => gateOf(key).send(call, urgent || call.tokenAnswer === true),
      });
      return { urgent: at(true), calm: at(false) };
    },
  };
}
