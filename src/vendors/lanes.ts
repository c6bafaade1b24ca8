interface Waiting {
  urgent: boolean;
  begin(): void;
}

/** Runs tasks one at a time per key; urgent ones overtake those that are not, each kind in order. */
export interface Lanes {
  run<T>(key: string, urgent: boolean, task: () => Promise<T>): Promise<T>;
}

export function createLanes(): Lanes {
  const lanes = new Map<string, Waiting[]>();

  function next(key: string): void {
    const waiting = lanes.get(key) ?? [];
    const first = waiting.findIndex(({ urgent }) => urgent);
    const [chosen] = waiting.splice(Math.max(first, 0), 1);
    if (chosen) chosen.begin();
    else lanes.delete(key);
  }

  function turn(key: string, urgent: boolean): Promise<void> {
    const waiting = lanes.get(key);
    if (!waiting) {
      lanes.set(key, []);
      return Promise.resolve();
    }
    return new Promise((begin) => waiting.push({ urgent, begin }));
  }

  return {
    async run(key, urgent, task) {
      await turn(key, urgent);
      try {
        return await task();
      } finally {
        next(key);
      }
    },
  };
}
