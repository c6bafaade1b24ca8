import type { Change } from "./change.ts";
import type { ApprovalStep } from "./policy.ts";

/** How far one approval step has come: "1 of 2 from @marketing, not Ana". */
export interface StepProgress {
  step: number;
  have: number;
  need: number;
  from: readonly string[];
  /** May the asker be one of them? */
  self: boolean;
  /** Its turn has come and it is not complete. */
  open: boolean;
}

/** The steps that the change was asked under; none where no approval is asked for. */
export function stepsIn({ verdict }: Pick<Change, "verdict">): readonly ApprovalStep[] {
  return verdict.kind === "approve" ? verdict.steps : [];
}

/** Every approval step with the distinct people it has so far. */
export function progress(change: Pick<Change, "verdict" | "votes">): StepProgress[] {
  const open = new Set(openSteps(change));
  return stepsIn(change).map(({ from, count, self }, step) => ({
    step,
    have: have(change, step),
    need: count,
    from,
    self,
    open: open.has(step),
  }));
}

/** Steps that are taken in order, chain by chain. */
export function chainsOf(steps: readonly ApprovalStep[]): ApprovalStep[][] {
  const chains = new Map<number, ApprovalStep[]>();
  for (const [place, step] of steps.entries()) {
    const mine = step.chain ?? -1 - place;
    chains.set(mine, [...(chains.get(mine) ?? []), step]);
  }
  return [...chains.values()];
}

/** The steps at hand: of each chain the first that is not complete. */
export function openSteps(change: Pick<Change, "verdict" | "votes">): number[] {
  const seen = new Set<number>();
  return stepsIn(change).flatMap(({ count, chain }, place) => {
    const mine = chain ?? -1 - place;
    if (seen.has(mine) || have(change, place) >= count) return [];
    seen.add(mine);
    return [place];
  });
}

function have(change: Pick<Change, "verdict" | "votes">, place: number): number {
  const already = stepsIn(change)[place]?.already ?? [];
  const approving = change.votes.filter(
    ({ kind, steps }) => kind === "approve" && steps.includes(place),
  );
  return new Set([...already, ...approving.map(({ by, instead }) => instead ?? by)]).size;
}
