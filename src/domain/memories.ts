/** What is only remembered, to be asked for again when it is gone: bounded, ended by age, and by workspace. */
export interface Memory<Value> {
  get(workspace: string, key: string): Value | undefined;
  /** For `ms`, or as long as this memory keeps its things; of too many the longest unused goes. */
  set(workspace: string, key: string, value: Value, ms?: number): void;
  delete(workspace: string, key: string): void;
  clear(): void;
  /** How many are remembered of one workspace. */
  count(workspace: string): number;
}

interface MemoryOptions {
  /** How long something is remembered: since it was set, or where `byUse` is given since it was last used. */
  ms: number;
  most: number;
  byUse?: boolean;
}

/** Every memory of a process, so that a workspace can be forgotten in all of them at once. */
export interface Memories {
  open<Value>(options: MemoryOptions): Memory<Value>;
  /** Forgets all of a workspace, everywhere. */
  forget(workspace: string): void;
  /** Drops what is too old and was not asked for again. */
  sweep(): void;
}

interface Kept<Value> {
  workspace: string;
  value: Value;
  ms: number;
  at: number;
}

const sweepEveryMs = 60_000;

export function createMemories(now: () => Date): Memories {
  const all: Map<string, Kept<unknown>>[] = [];
  const nowMs = () => now().getTime();
  // A clock that was put back keeps nothing for longer than its time.
  const isOver = ({ at, ms }: Kept<unknown>) => Math.abs(nowMs() - at) >= ms;
  let swept = nowMs();

  function drop(which: (kept: Kept<unknown>) => boolean): void {
    for (const memory of all) for (const [key, kept] of memory) if (which(kept)) memory.delete(key);
  }

  function sweep(): void {
    swept = nowMs();
    drop(isOver);
  }

  return {
    sweep,
    forget: (workspace) => drop((kept) => kept.workspace === workspace),
    open<Value>({ ms: usual, most, byUse = false }: MemoryOptions): Memory<Value> {
      const memory = new Map<string, Kept<Value>>();
      all.push(memory);
      const keyOf = (workspace: string, key: string) => JSON.stringify([workspace, key]);
      const put = (key: string, kept: Kept<Value>) => {
        memory.delete(key);
        memory.set(key, kept);
      };
      return {
        get(workspace, name) {
          const key = keyOf(workspace, name);
          const kept = memory.get(key);
          if (kept && isOver(kept)) memory.delete(key);
          else if (kept) put(key, byUse ? { ...kept, at: nowMs() } : kept);
          return kept && memory.has(key) ? kept.value : undefined;
        },
        set(workspace, name, value, ms = usual) {
          if (Math.abs(nowMs() - swept) >= sweepEveryMs) sweep();
          put(keyOf(workspace, name), { workspace, value, ms, at: nowMs() });
          const [oldest] = memory.keys();
          if (memory.size > most && oldest !== undefined) memory.delete(oldest);
        },
        clear: () => memory.clear(),
        delete: (workspace, name) => void memory.delete(keyOf(workspace, name)),
        count: (workspace) =>
          [...memory.values()].filter((kept) => kept.workspace === workspace && !isOver(kept))
            .length,
      };
    },
  };
}
