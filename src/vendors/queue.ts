import PQueue from "p-queue";
import type { VendorFailure } from "./failure.ts";

/** How an account is called: so many calls open at once, and so many begun within any second. */
export interface Pace {
  atOnce: number;
  perSecond: number;
}

/** What a call is: one that somebody waits for, one that changes something. */
interface Kind {
  urgent: boolean;
  changing: boolean;
}

/** Calls that wait for their turn, in order, urgent ones first. */
export interface Queue {
  run<T>(kind: Kind, task: () => Promise<T>): Promise<T>;
  /** Ends the waiting of all whose turn has not come. */
  turnAway(why: VendorFailure): void;
  readonly isEmpty: boolean;
}

interface Waiting extends Kind {
  begin(): Promise<void>;
  reject(why: VendorFailure): void;
}

const second = 1_000;
/** So many of each second's calls are kept from reads: a stop does not wait for all that is read before it. */
const keptForChanges = 2;

export function createQueue({ atOnce, perSecond }: Pace, haste: number): Queue {
  const limits = { concurrency: atOnce, intervalCap: perSecond, interval: second / haste };
  const kept = Math.min(keptForChanges, Math.floor(perSecond / 2));
  const fresh = () => ({
    all: new PQueue({ ...limits, strict: true }),
    reads: new PQueue({
      intervalCap: perSecond - kept,
      interval: limits.interval,
      strict: true,
    }),
  });
  const waiting = new Set<Waiting>();
  let queue = fresh();
  let latest = Date.now();

  function join({ urgent, changing, begin }: Waiting): void {
    const how = { priority: urgent ? 1 : 0 };
    const { all, reads } = queue;
    // A read is not waited for here: one that is turned away would never have ended.
    const go = async () => void all.add(begin, how);
    void (changing ? go() : reads.add(go, how));
  }

  function clear(): void {
    queue.reads.clear();
    queue.all.clear();
  }

  /** p-queue counts by the machine's clock, and would stand still until one that was set back has caught up. */
  function mindTheClock(): void {
    const setBack = Date.now() < latest - second;
    latest = Date.now();
    if (!setBack) return;
    clear();
    queue = fresh();
    waiting.forEach(join);
  }

  return {
    run(kind, task) {
      mindTheClock();
      return new Promise((resolve, reject) => {
        const begin = () => {
          waiting.delete(one);
          return task().then(resolve, reject);
        };
        const one: Waiting = { ...kind, begin, reject };
        waiting.add(one);
        join(one);
      });
    },
    turnAway(why) {
      clear();
      for (const { reject } of waiting) reject(why);
      waiting.clear();
    },
    get isEmpty() {
      return Object.values(queue).every(({ pending, size }) => pending === 0 && size === 0);
    },
  };
}
