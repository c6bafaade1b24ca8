/** A time in which nothing goes out. */
export interface Hold {
  /** From now on for so many milliseconds, unless it lasts longer already. */
  forMs(ms: number): void;
  /** How many milliseconds are left; 0 when there is no hold. */
  leftMs(): number;
}

export function createHold(now: () => Date): Hold {
  let until = 0;
  let length = 0;

  /** A clock that was set back must not make a hold longer than it was meant to be. */
  function leftMs(): number {
    const at = now().getTime();
    if (until - at > length) until = at + length;
    return Math.max(0, until - at);
  }

  return {
    forMs(ms) {
      if (ms <= leftMs()) return;
      until = now().getTime() + ms;
      length = ms;
    },
    leftMs,
  };
}
