import { monitorEventLoopDelay } from "node:perf_hooks";

const resolutionMs = 5;
const windowMs = 100;

/** How late this process has lately been for what it wanted to do, in milliseconds. */
export interface Lateness {
  ms(): number;
  stop(): void;
}

/** Of ten moments in the last tenth of a second nine were at most so late. */
export function watchLateness(): Lateness {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  let late = 0;
  const timer = setInterval(() => {
    late = delays.count > 0 ? Math.max(0, delays.percentile(90) / 1e6 - resolutionMs) : 0;
    delays.reset();
  }, windowMs);
  timer.unref();
  return {
    ms: () => late,
    stop() {
      clearInterval(timer);
      delays.disable();
    },
  };
}

const fineMs = 15;

/**
 * Answering comes before working: the later we are, the less is in work at once, so that a request
 * finds the process free. Waiting for platforms costs nothing and is not held back by this.
 */
export function placesWhen(lateMs: number, places: number): number {
  return lateMs <= fineMs ? places : Math.max(1, Math.floor((places * fineMs) / lateMs));
}
