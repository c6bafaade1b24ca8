import { VendorFailure } from "./failure.ts";
import { createHold, type Hold } from "./hold.ts";

/** What the platform itself calls the account behind a key; undefined where it does not tell. */
type Learn = () => Promise<string | undefined>;

interface Known {
  name?: string | undefined;
  asking?: Promise<string | undefined>;
  /** Not to be asked before it is over. */
  rest: Hold;
  usedAt: number;
}

/** A key, unused for so long, is forgotten; where nothing was told, it is asked about again after so long. */
const keptMs = 600_000;
const askAgainMs = 300_000;

/** The accounts of keys, each asked for once however many wait for it. Keys are hashes here. */
export interface KnownAccounts {
  /** Never fails: a key whose account cannot be told stands for itself. */
  of(key: string, learn: Learn): Promise<string>;
  /** As far as it has been told already. */
  told(key: string): string | undefined;
}

export function createKnownAccounts(now: () => Date, haste: number): KnownAccounts {
  const keys = new Map<string, Known>();

  function entry(key: string): Known {
    const at = now().getTime();
    for (const [other, { usedAt }] of keys) if (at - usedAt >= keptMs) keys.delete(other);
    const known = keys.get(key) ?? { rest: createHold(now), usedAt: at };
    known.usedAt = at;
    keys.set(key, known);
    return known;
  }

  function ask(known: Known, learn: Learn): Promise<string | undefined> {
    known.asking ??= learn()
      .catch((error: unknown) => {
        if (error instanceof VendorFailure) return undefined;
        throw error;
      })
      .then((name) => {
        known.name = name;
        if (name === undefined) known.rest.forMs(askAgainMs / haste);
        return name;
      })
      .finally(() => {
        delete known.asking;
      });
    return known.asking;
  }

  return {
    async of(key, learn) {
      const known = entry(key);
      if (known.name !== undefined) return known.name;
      if (known.rest.leftMs() > 0) return key;
      return (await ask(known, learn)) ?? key;
    },
    told: (key) => keys.get(key)?.name,
  };
}
