import type { Timers } from "./pretend.ts";

export interface Lane {
  /** Resolves to true when it is this caller's turn, to false when it was turned away. */
  enter(): Promise<boolean>;
  leave(): void;
}

/** One at a time; so many may queue, for so long; the rest is turned away at once. */
export function openLane(queued: number, patienceMs: number, timers: Timers): Lane {
  let busy = false;
  const queue: (() => void)[] = [];
  return {
    async enter() {
      if (!busy) {
        busy = true;
        return true;
      }
      if (queue.length >= queued) return false;
      return new Promise<boolean>((resolve) => {
        const timer = timers.set(() => {
          queue.splice(queue.indexOf(turn), 1);
          resolve(false);
        }, patienceMs);
        const turn = () => {
          timers.clear(timer);
          resolve(true);
        };
        queue.push(turn);
      });
    },
    leave() {
      const next = queue.shift();
      if (next) next();
      else busy = false;
    },
  };
}
