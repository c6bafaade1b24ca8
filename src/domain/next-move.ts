import type { ActionRule, NextMove } from "./action-rule.ts";
import type { Campaign } from "./campaign.ts";
import type { Target } from "./change.ts";

type Called = Pick<Target, "attempts" | "lastAttempt">;

/**
 * What to do about a target, given its campaign as just read. `already` after a call of ours means it is done;
 * `pending` and `wait` mean read again later. Whether it is time yet to send once more after an unclear call is
 * for the caller to say.
 */
export function nextMove(
  rule: ActionRule,
  campaign: Campaign,
  target: Called & Pick<Target, "before">,
): NextMove {
  if (isReached(rule, campaign, target)) return { kind: "already" };
  return hasCalled(target) ? afterOurCall(rule, campaign, target) : beforeOurCall(rule, campaign);
}

/** Does the campaign stand as the action is to leave it? */
export function isReached(
  rule: ActionRule,
  { phase }: Pick<Campaign, "phase">,
  target: Called,
): boolean {
  return (
    rule.reaches.includes(phase) || (hasCalled(target) && rule.arrives?.includes(phase) === true)
  );
}

/** Has a call of ours reached the platform, or may it have? */
export function hasCalled({ attempts, lastAttempt }: Called): boolean {
  return attempts > (lastAttempt === "unsent" ? 1 : 0);
}

/** May one of our calls have acted? One that was turned away has not. */
export function mayHaveActed({ attempts, lastAttempt }: Called): boolean {
  const lastDidNot = lastAttempt === "unsent" || lastAttempt === "refused";
  return attempts > (lastDidNot ? 1 : 0);
}

function beforeOurCall(rule: ActionRule, { phase }: Campaign): NextMove {
  if (phase === "unknown") return { kind: "refused" };
  if (rule.waitOn?.includes(phase)) return { kind: "wait" };
  if (rule.from.includes(phase)) return { kind: "send" };
  const why = rule.refusals?.[phase];
  return { kind: "refused", ...(why !== undefined && { why }) };
}

function afterOurCall(
  rule: ActionRule,
  campaign: Campaign,
  target: Called & Pick<Target, "before">,
): NextMove {
  if (campaign.phase === "completed" && mayHaveActed(target)) return { kind: "ended" };
  if (!mayStillArrive(rule, campaign, target)) return { kind: "refused" };
  const accepted = target.lastAttempt === "accepted";
  return !accepted && rule.from.includes(campaign.phase) ? { kind: "send" } : { kind: "pending" };
}

function mayStillArrive(
  rule: ActionRule,
  { phase, word }: Campaign,
  { before }: Pick<Target, "before">,
): boolean {
  const onTheWay = [...(rule.pending ?? []), ...(rule.waitOn ?? []), "unknown"].includes(phase);
  return onTheWay || (before === undefined ? rule.from.includes(phase) : word === before);
}
