import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from "cockatiel";
import { createHold } from "./hold.ts";
import { isSick, type Outcome } from "./outcome.ts";

/** So many calls in a row found the platform sick. */
const mostInARow = 5;
/** Between one try and the next; the last for all that follow, so that nobody who is well again is missed for longer. */
const restsMs = [5_000, 10_000, 15_000];
/** Others wait so long for what the one try finds. */
const tryingMs = 1_000;

/** Keeps calls from a platform that does not answer, and lets a single one try whether it does again. */
export interface Breaker {
  /** How long to keep calls back, in milliseconds; 0 when one may go. Ask just before `run`. */
  leftMs(): number;
  run(send: () => Promise<Outcome>): Promise<Outcome>;
  readonly isOpen: boolean;
}

export interface BreakerOptions {
  now(): Date;
  haste: number;
  changed(isOpen: boolean): void;
}

export function createBreaker({ now, haste, changed }: BreakerOptions): Breaker {
  const rest = createHold(now);
  let rests = 0;
  const policy = circuitBreaker(
    handleWhenResult((outcome) => isSick(outcome as Outcome)),
    // The rest is ours, as it goes by the clock we were given: cockatiel's own goes by the machine's.
    { halfOpenAfter: Number.NEGATIVE_INFINITY, breaker: new ConsecutiveBreaker(mostInARow) },
  );
  policy.onBreak(() => {
    rest.forMs((restsMs[rests] ?? restsMs.at(-1) ?? 0) / haste);
    rests += 1;
    if (rests === 1) changed(true);
  });
  policy.onReset(() => {
    rests = 0;
    changed(false);
  });

  return {
    leftMs() {
      if (policy.state === CircuitState.Closed) return 0;
      return policy.state === CircuitState.HalfOpen ? tryingMs / haste : rest.leftMs();
    },
    run: (send) => policy.execute(send),
    get isOpen() {
      return rests > 0;
    },
  };
}
