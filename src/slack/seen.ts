/** Whether a request was here before, asked before anything else. It is in memory alone, so that asking costs nothing. */
export interface Seen {
  /** Whether what was begun with this key has come to be taken; undefined for one that is new. */
  before(key: string): Promise<boolean> | undefined;
  /** Remembers it from now on, unless its taking fails. */
  remember<Taken>(key: string, taking: Promise<Taken>): Promise<Taken>;
}

/** A replay is of the last ten minutes; of more requests than this the database still knows. */
const mostRemembered = 10_000;

export function createSeen(): Seen {
  const memory = new Map<string, Promise<boolean>>();
  return {
    before: (key) => memory.get(key),
    remember(key, taking) {
      const taken = taking.then(
        () => true,
        () => {
          if (memory.get(key) === taken) memory.delete(key);
          return false;
        },
      );
      memory.set(key, taken);
      const [oldest] = memory.keys();
      if (memory.size > mostRemembered && oldest !== undefined) memory.delete(oldest);
      return taking;
    },
  };
}
