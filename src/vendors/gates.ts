import { createHash } from "node:crypto";
import { createGate, type Gate, type GateOptions } from "./gate.ts";
import type { Http } from "./http.ts";
import { createKnownAccounts } from "./known-accounts.ts";

/** An account's gate, unused for so long, is made afresh. */
const keptMs = 600_000;

/** The way out for one account: `urgent` for what somebody waits for, `calm` for what can wait. */
interface Way {
  urgent: Http;
  calm: Http;
}

/** The gates of one vendor's accounts. */
export interface Gates {
  of(account: string): Way;
  /**
   * The same where only the platform can tell whose a key is: it is asked once, through the gate of the key, and then
   * all keys of an account share a gate.
   */
  learnt(
    key: string,
    learn: (http: Http) => Promise<string | undefined>,
  ): Way & { whose(): string | undefined };
}

export function createGates({ vendor, pace, tools }: Omit<GateOptions, "key">): Gates {
  const gates = new Map<string, Gate>();
  const accounts = createKnownAccounts(tools.now, tools.haste);

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

  /** Through one gate that is known already. */
  function through(key: string): Way {
    const at = (urgent: boolean): Http => ({
      send: (call) => gateOf(key).send(call, urgent || call.tokenAnswer === true),
    });
    return { urgent: at(true), calm: at(false) };
  }

  return {
    of: (account) => through(hashOf(account)),
    learnt(given, learn) {
      const key = hashOf(given);
      const ask = () => learn(through(key).urgent);
      const nameOf = async () => {
        const name = await accounts.of(key, ask);
        return name === key ? key : hashOf(name);
      };
      const at = (way: keyof Way): Http => ({
        send: async (call) => through(await nameOf())[way].send(call),
      });
      return { urgent: at("urgent"), calm: at("calm"), whose: () => accounts.told(key) };
    },
  };
}

/** An account may be told by its secret, which shall not lie about here. */
function hashOf(account: string): string {
  return createHash("sha256").update(account).digest("base64url");
}
