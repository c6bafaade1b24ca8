/** Two clocks: the one people set, and one that only ever runs on. */
interface Clocks {
  now(): Date;
  /** Milliseconds since some moment, whatever is done to the other clock. */
  monotonic(): number;
}

/** The clock was moved: by so many milliseconds, forward or (below zero) back. */
export interface Jump {
  byMs: number;
}

export interface ClockWatch {
  /** Looks at once; for a clock that was moved. */
  look(): Promise<void>;
  /** Resolves when what a jump led to has ended. */
  stop(): Promise<void>;
}

export interface ClockWatchOptions extends Clocks {
  onJump(jump: Jump): Promise<void>;
  onFault(error: unknown): void;
  everyMs?: number | undefined;
}

/** So far the clocks drift apart between two looks without anybody having moved one. */
const driftMs = 5_000;

/**
 * Notices a clock that jumps: it was wrong and is put right, or the machine slept, in which the second clock stands
 * still. Slow corrections, as time servers make them, add up to nothing.
 */
export function startClockWatch(options: ClockWatchOptions): ClockWatch {
  const { now, monotonic, onJump, onFault, everyMs = 1_000 } = options;
  let wall = now().getTime();
  let steady = monotonic();
  let handling = Promise.resolve();
  const look = () => {
    const [then, before] = [wall, steady];
    wall = now().getTime();
    steady = monotonic();
    const byMs = wall - then - (steady - before);
    if (Math.abs(byMs) > driftMs)
      handling = handling.then(() => onJump({ byMs: Math.round(byMs) })).catch(onFault);
    return handling;
  };
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return {
    look,
    async stop() {
      clearInterval(timer);
      await handling;
    },
  };
}
