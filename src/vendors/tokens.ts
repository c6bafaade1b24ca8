interface Token {
  value: string;
  /** How long it was said to live, in milliseconds from when it was asked for. */
  livesMs: number;
}

interface Held {
  fingerprint: string;
  promise: Promise<Token>;
  value?: string;
  goodUntil: number;
}

/** Short-lived tokens: asked for once however many callers wait, and again a minute before they end. */
export interface TokenKeeper {
  token(owner: string, fingerprint: string, fetch: () => Promise<Token>): Promise<string>;
  /** Forgets this token, unless another caller has replaced it already. */
  drop(owner: string, value: string): void;
}

const earlyMs = 60_000;

export function createTokenKeeper(now: () => Date): TokenKeeper {
  const held = new Map<string, Held>();

  function renew(owner: string, fingerprint: string, fetch: () => Promise<Token>): Held {
    const asked = now().getTime();
    // A token that has ended is kept for nobody, such as an account that was disconnected.
    for (const [other, { goodUntil }] of held) if (goodUntil <= asked) held.delete(other);
    const promise = fetch();
    const fresh: Held = { fingerprint, promise, goodUntil: Number.POSITIVE_INFINITY };
    held.set(owner, fresh);
    promise.then(
      ({ value, livesMs }) => {
        fresh.value = value;
        fresh.goodUntil = asked + Math.max(livesMs - earlyMs, livesMs / 2);
      },
      () => {
        if (held.get(owner) === fresh) held.delete(owner);
      },
    );
    return fresh;
  }

  return {
    async token(owner, fingerprint, fetch) {
      const current = held.get(owner);
      const usable = current?.fingerprint === fingerprint && now().getTime() < current.goodUntil;
      const { promise } = usable && current ? current : renew(owner, fingerprint, fetch);
      return (await promise).value;
    },
    drop(owner, value) {
      if (held.get(owner)?.value === value) held.delete(owner);
    },
  };
}
