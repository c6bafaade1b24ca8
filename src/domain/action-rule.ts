import type { Phase } from "./campaign.ts";
import type { WatchRule } from "./watch.ts";

/** What one vendor allows for one action, in phases. */
export interface ActionRule {
  /** Phases from which the changing call may be sent. */
  from: readonly Phase[];
  /** Phases that mean "it is so". */
  reaches: readonly Phase[];
  /** Phases that mean it only after our call: a start that waits for its own time (Burki). Before it nothing was asked for. */
  arrives?: readonly Phase[];
  /** After our call: accepted and on its way, read again (Burki's `scheduled` after a start). */
  pending?: readonly Phase[];
  /** Before our call: cannot be acted on yet but soon may be, read again. */
  waitOn?: readonly Phase[];
  /**
   * Why this action is refused from a phase, where the general sentence is not good enough: full sentences that follow
   * "Woodpecker shows this campaign as DRAFT. Nothing was sent.", e.g. "Resuming would launch it for the first time."
   */
  refusals?: Partial<Record<Phase, string>>;
  /** The platform may still undo or overrun a success, so it is read again until that is over. Left out: nothing is known to. */
  watch?: WatchRule;
  /** True of every success, e.g. "Up to 10 calls already handed out may still be placed." */
  caution?: string;
  /** What the vendor calls it, when it is not the plain verb ("Stop (can be restarted)"). */
  label?: string;
  /** Cannot be taken back; never sent again while the first call's outcome is unknown. */
  irreversible?: boolean;
}

/** Missing actions are honest: `cannot` is the sentence people get instead. */
export type Capability = ActionRule | { cannot: string };

/** What to do next about one target, after a read. */
export type NextMove =
  | { kind: "already" }
  | { kind: "send" }
  | { kind: "pending" }
  | { kind: "wait" }
  /** It ran out while we were at it, so there is nothing left to act on. */
  | { kind: "ended" }
  /** `why` is the vendor's own reason where the general one is not good enough. */
  | { kind: "refused"; why?: string };
