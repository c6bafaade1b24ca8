import type { ApprovalStep, Approving, OnTimeout, Ratifying, Verdict } from "./policy.ts";

/** One verdict for all campaigns of a wish: the strictest kind that any of them met, with everything that each asks for. */
export function together(verdicts: readonly [Verdict, ...Verdict[]]): Verdict {
  const denying = verdicts.find(({ kind }) => kind === "deny");
  if (denying) return denying;
  const approving = verdicts.filter((one) => one.kind === "approve");
  if (approving.length > 0) return approvals(approving);
  const ratifying = verdicts.filter((one) => one.kind === "ratify");
  if (ratifying.length > 0) return ratifications(ratifying);
  return verdicts[0];
}

/** Every distinct chain of steps stands beside the others; the shortest time to decide holds for all. */
function approvals(all: readonly Approving[]): Approving {
  const chains = new Map<string, readonly ApprovalStep[]>();
  for (const { steps } of all) chains.set(JSON.stringify(steps.map(identity)), steps);
  const notify = unique(all.flatMap((one) => one.notify ?? []));
  const remind = unique(all.flatMap((one) => one.remindAfterMs ?? [])).sort((a, b) => a - b);
  const onTimeout = strictest(all.map((one) => one.onTimeout ?? "expire"));
  return {
    kind: "approve",
    rule: unique(all.map(({ rule }) => rule)).join(", "),
    steps: [...chains.values()].flatMap((steps, chain) =>
      steps.map((step) => ({ ...step, chain })),
    ),
    expiresAfterMs: Math.min(...all.map(({ expiresAfterMs }) => expiresAfterMs)),
    ...(notify.length > 0 && { notify }),
    ...(remind.length > 0 && { remindAfterMs: remind }),
    ...(onTimeout !== "expire" && { onTimeout }),
  };
}

function identity({ from, count, self }: ApprovalStep): unknown {
  return [unique([...from]).sort(), count, self];
}

/** Silence counts as leave only where every rule says so; whom one rule calls late, all call. */
function strictest(all: readonly OnTimeout[]): OnTimeout {
  if (all.every((one) => one === "allow")) return "allow";
  const escalate = unique(all.flatMap((one) => (typeof one === "object" ? one.escalate : [])));
  return escalate.length > 0 ? { escalate } : "expire";
}

/** Whoever may answer for every campaign of it; what one rule takes back after its time, is taken back. */
function ratifications(all: readonly Ratifying[]): Ratifying {
  const anybody = unique(all.flatMap(({ from }) => from));
  const from = anybody.filter((one) => all.every((each) => each.from.includes(one)));
  const notify = unique(all.flatMap((one) => one.notify ?? []));
  return {
    kind: "ratify",
    rule: unique(all.map(({ rule }) => rule)).join(", "),
    from: from.length > 0 ? from : ["admins"],
    withinMs: Math.min(...all.map(({ withinMs }) => withinMs)),
    otherwise: all.some(({ otherwise }) => otherwise === "revert") ? "revert" : "keep",
    ...(notify.length > 0 && { notify }),
  };
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
