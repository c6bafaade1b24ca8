import {
  type ChangeState,
  endStates,
  endTargetStates,
  type Target,
  type TargetState,
} from "./change.ts";

/** What a change that is being carried out is, judging by its targets. */
export function changeStateOf(targets: readonly Pick<Target, "state">[]): ChangeState {
  const states = targets.map((target) => target.state);
  const reached = states.filter((state) => state === "done" || state === "already").length;
  if (states.some((state) => isTargetOpen(state))) return "running";
  if (reached > 0) return reached === states.length ? "done" : "partly";
  return states.includes("needs_attention") ? "needs_attention" : "failed";
}

/** Could the change still move? */
export function isOpen(state: ChangeState): boolean {
  return !isEnded(state);
}

export function isEnded(state: ChangeState): boolean {
  return (endStates as readonly string[]).includes(state);
}

/** Could the target still get another outcome? */
export function isTargetOpen(state: TargetState): boolean {
  return !(endTargetStates as readonly string[]).includes(state);
}

const settled = ["done", "partly", "failed", "needs_attention"] as const;

const moves: Partial<Record<ChangeState, readonly ChangeState[]>> = {
  waiting: ["approved", "denied", "expired", "withdrawn", "superseded"],
  // A denial wins, and the clock runs, until something has begun.
  approved: ["running", "denied", "expired", "superseded", ...settled],
  running: settled,
};

/** May a change go from one state to the other? A terminal state never changes. */
export function mayMove(from: ChangeState, to: ChangeState): boolean {
  return moves[from]?.includes(to) ?? false;
}
