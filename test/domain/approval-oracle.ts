import type { OnTimeout } from "../../src/domain/policy.ts";

/** Somebody as they are at one moment. */
export interface Who {
  id: string;
  kind: "member" | "guest";
  admin: boolean;
  groups: readonly string[];
}

export interface Step {
  from: readonly string[];
  count: number;
  self: boolean;
}

/** A policy in a few words: what it says of every pause and resume of the asker's. */
export type Says =
  | { says: "allow" }
  | { says: "deny" }
  | { says: "ratify"; from: readonly string[] }
  | { says: "ask"; chains: readonly (readonly Step[])[]; silence: OnTimeout };

/** An approval as it was given: who pressed, for whom, and what both were at that moment. */
interface Given {
  by: Who;
  voice: Who;
}

interface Late {
  ids: readonly string[];
  /** How many approvals there were when they were called. */
  since: number;
}
type Demand = Step & { late: Late };

/**
 * Another way to tell whether a change may run: it keeps every policy that was heard and every approval with the people as
 * they were, and counts all of it anew each time. It knows nothing of verdicts, places or progress.
 */
export class Oracle {
  readonly given: Given[] = [];
  private readonly heard = new Set<Says>();
  private readonly demands: Demand[][] = [];
  private readonly silences: OnTimeout[] = [];
  private escalated = false;
  private readonly asker: string;

  constructor(asker: string, first: Says) {
    this.asker = asker;
    this.hear(first);
  }

  /** A policy that a vote was given under asks for its own, for good. */
  hear(policy: Says): void {
    if (policy.says !== "ask" || this.heard.has(policy)) return;
    this.demands.push(...this.demandsOf(policy));
    this.heard.add(policy);
    if (!this.escalated) this.silences.push(policy.silence);
  }

  approve(by: Who, voice: Who): void {
    this.given.push({ by, voice });
  }

  /** Has everybody whom any policy heard asks for agreed, in the order in which it asks? */
  isComplete(): boolean {
    return this.demands.every((chain) => this.atHand(chain) === undefined);
  }

  /** Does somebody have a say in this, now or at any step of it? */
  hasSay(by: Who, voice: Who, where: "at hand" | "anywhere", besides: Says): boolean {
    const now = this.given.length;
    return [...this.demands, ...this.demandsOf(besides)].some((chain) => {
      const steps = where === "anywhere" ? chain : [this.atHand(chain)];
      return steps.some((step) => step && this.counts(step, { by, voice }, now));
    });
  }

  /** What the end of its time may bring: no more than every policy heard lets it bring. */
  silence(): OnTimeout {
    if (this.escalated) return "expire";
    if (this.silences.every((one) => one === "allow")) return "allow";
    const calls = this.silences.map((one) => (typeof one === "object" ? one.escalate : []));
    const escalate = (calls[0] ?? []).filter((id) => calls.every((ids) => ids.includes(id)));
    return escalate.length > 0 ? { escalate } : "expire";
  }

  /** Others may decide from now on, at the steps that are at hand. */
  escalate(ids: readonly string[]): void {
    this.escalated = true;
    const late = { ids, since: this.given.length };
    for (const step of this.demands.map((chain) => this.atHand(chain))) if (step) step.late = late;
  }

  /** Whom a policy calls late may decide all that it asks for, if that was not heard before they were called. */
  private demandsOf(policy: Says): Demand[][] {
    if (policy.says !== "ask" || this.heard.has(policy)) return [];
    const { chains, silence } = policy;
    const ids = this.escalated && typeof silence === "object" ? silence.escalate : [];
    return chains.map((chain) => chain.map((step) => ({ ...step, late: { ids, since: 0 } })));
  }

  private atHand(chain: readonly Demand[]): Demand | undefined {
    let [place, got] = [0, 0];
    for (const [index, vote] of this.given.entries()) {
      const step = chain[place];
      if (!step || !this.counts(step, vote, index)) continue;
      got += 1;
      if (got === step.count) [place, got] = [place + 1, 0];
    }
    return chain[place];
  }

  private counts({ from, self, late }: Demand, { by, voice }: Given, index: number): boolean {
    if (!self && (by.id === this.asker || voice.id === this.asker)) return false;
    return isOf(from, voice) || (index >= late.since && isOf(late.ids, voice));
  }
}

export function isOf(list: readonly string[], { id, kind, admin, groups }: Who): boolean {
  const names = [id, ...groups];
  if (kind === "member") names.push("members");
  if (kind === "member" && admin) names.push("admins");
  return list.some((one) => names.includes(one));
}
