import type { VendorName } from "../domain/campaign.ts";
import { createBreaker } from "./breaker.ts";
import type { Answer, Call } from "./call.ts";
import type { VendorFailure } from "./failure.ts";
import { heldBack } from "./held-back.ts";
import { createHold } from "./hold.ts";
import { failedForNow, type Outcome, outcomeOf, wordFor } from "./outcome.ts";
import { createQueue, type Pace } from "./queue.ts";
import type { VendorTools } from "./tools.ts";

/** Whoever waited longer for a turn may no longer be waited for: the call goes back unsent, to come again. */
const longestWaitMs = 30_000;
const crowdedMs = 5_000;

export interface GateOptions {
  vendor: VendorName;
  /** Tells this account from all others, and is no secret. */
  key: string;
  pace: Pace;
  tools: Omit<VendorTools, "sleep">;
}

/**
 * One account's way out. Calls go at its pace, what people wait for first; none goes while the platform does not
 * answer, or has asked us to wait: that is a failure `held_back`, for which nothing was sent.
 */
export interface Gate {
  send(call: Call, urgent: boolean): Promise<Answer>;
  /** Since when nothing has gone through, or undefined while something does. */
  idleSince(): number | undefined;
  /** It is not used any more. */
  close(): void;
}

export function createGate({ vendor, key, pace, tools }: GateOptions): Gate {
  const { http, now, haste, budget, witness } = tools;
  const changed = (isOpen: boolean) => witness.breakerChanged(vendor, isOpen);
  const breaker = createBreaker({ now, haste, changed });
  const asked = createHold(now);
  const queue = createQueue(pace, haste);
  let used = now().getTime();

  function whyHeld(): VendorFailure | undefined {
    const sick = breaker.leftMs();
    if (sick > 0) return heldBack.sick(vendor, sick);
    const wait = asked.leftMs();
    return wait > 0 ? heldBack.asked(vendor, wait) : undefined;
  }

  function whyNotRepeat(what: string): VendorFailure | undefined {
    const wait = budget.askMs(what);
    return wait > 0 ? heldBack.spent(vendor, wait) : undefined;
  }

  /** Its turn has come, but much may have happened while it waited. */
  async function begin(call: Call, arrived: number): Promise<Outcome> {
    const what = `${key} ${call.method} ${call.path}`;
    const late = now().getTime() - arrived > longestWaitMs / haste;
    const why = late ? heldBack.crowded(vendor, crowdedMs / haste) : whyHeld();
    const failure = why ?? whyNotRepeat(what);
    if (failure) return { failure };
    const outcome = await breaker.run(() => outcomeOf(http.send(call)));
    budget.note(what, failedForNow(outcome));
    heed(outcome);
    return outcome;
  }

  /** What one call has learnt, all that wait need not learn again. */
  function heed(outcome: Outcome): void {
    used = now().getTime();
    if ("failure" in outcome) asked.forMs(outcome.failure.facts.retryAfterMs ?? 0);
    const why = whyHeld();
    if (why) queue.turnAway(why);
  }

  function pass(call: Call, urgent: boolean): Promise<Outcome> {
    const failure = whyHeld();
    if (failure) return Promise.resolve({ failure });
    const arrived = now().getTime();
    return queue.run({ urgent, changing: call.changing }, () => begin(call, arrived));
  }

  return {
    async send(call, urgent) {
      const outcome = await pass(call, urgent);
      witness.called(vendor, wordFor(outcome));
      if ("failure" in outcome) throw outcome.failure;
      return outcome.answer;
    },
    idleSince: () => (queue.isEmpty ? used : undefined),
    close() {
      if (breaker.isOpen) changed(false);
    },
  };
}
