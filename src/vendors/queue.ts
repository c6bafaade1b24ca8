import PQueue from "p-queue";
import type { VendorFailure } from "./failure.ts";

/** How an account is called: so many calls open at once, and so many begun within any second. */
export interface Pace {
  atOnce: number;
  perSecond: number;
}

/** Calls that wait for their turn, in order, urgent ones first. */
export interface Queue {
  run<T>(urgent: boolean, task: () => Promise<T>): Promise<T>;
  /** Ends the waiting of all whose turn has not come. */
  turnAway(why: VendorFailure): void;
  readonly isEmpty: boolean;
}

interface Waiting {
  urgent: boolean;
  begin(): Promise<void>;
  reject(why: VendorFailure): void;
}

const second = 1_000;

export function createQueue({ atOnce, perSecond }: Pace, haste: number): Queue {
  const limits = { concurrency: atOnce, intervalCap: perSecond, interval: second / haste };
  const fresh = () => new PQueue({ ...limits, strict: true });
  const waiting = new Set<Waiting>();
  let queue = fresh();
  let latest = Date.now();

  function join(one: Waiting): void {
    void queue.add(one.begin, { priority: one.urgent ? 1 : 0 });
  }

  /** p-queue counts by the machine's clock, and would stand still until one that was set back has caught up. */
  function mindTheClock(): void {
    const setBack = Date.now() < latest - second;
    latest = Date.now();
    if (!setBack) return;
    queue.clear();
    queue = fresh();
    waiting.forEach(join);
  }

  return {
    run(urgent, task) {
      mindTheClock();
      return new Promise((resolve, reject) => {
        const begin = () => {
          waiting.delete(one);
          return task().then(resolve, reject);
        };
        const one: Waiting = { urgent, begin, reject };
        waiting.add(one);
        join(one);
      });
    },
    turnAway(why) {
      queue.clear();
      for (const { reject } of waiting) reject(why);
      waiting.clear();
    },
    get isEmpty() {
      return queue.pending === 0 && queue.size === 0;
    },
  };
}
