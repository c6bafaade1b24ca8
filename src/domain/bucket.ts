/** So many at once, and so many a minute in the long run. */
export interface Bounds {
  burst: number;
  perMinute: number;
}

/** What may be spent, filled evenly over time. Moments are milliseconds; a clock that was set back gives nothing and takes nothing. */
export interface Bucket {
  left(at: number): number;
  /** Whether there was one to take, with so many left after it for what is more important. */
  take(at: number, leaving?: number): boolean;
  /** Gives so much back, or besides. */
  give(count: number): void;
  /** Milliseconds until there are so many, of which some may be more than it ever holds. */
  waitMs(wanted: number, at: number): number;
}

/** What is lost of a whole in adding its parts up. */
const nearly = 1e-9;
const minuteMs = 60_000;

export function createBucket({ burst, perMinute }: Bounds, from: number): Bucket {
  let filledAt = from;
  let left = burst;

  function fill(at: number): number {
    const passed = Math.max(0, at - filledAt);
    left = Math.min(burst, left + (passed * perMinute) / minuteMs);
    filledAt = at;
    return left + nearly;
  }

  return {
    left: fill,
    take(at, leaving = 0) {
      if (fill(at) < Math.min(1 + leaving, burst)) return false;
      left -= 1;
      return true;
    },
    give(count) {
      left = Math.min(burst, left + count);
    },
    waitMs(wanted, at) {
      const missing = wanted - fill(at);
      return missing <= 0 ? 0 : Math.ceil((missing * minuteMs) / perMinute);
    },
  };
}
