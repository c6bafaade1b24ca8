import type { ActionRule, NextMove } from "./action-rule.ts";
import type { Action, Campaign } from "./campaign.ts";
import type { Target } from "./change.ts";
import { shorten } from "./shorten.ts";

/**
 * What to do about a target, given its campaign as just read. `already` after an attempt of ours means it is done;
 * `pending` and `wait` mean read again later. Whether it is time yet to send once more after an unclear call is
 * for the caller to say.
 */
export function nextMove(
  rule: ActionRule,
  campaign: Campaign,
  target: Pick<Target, "attempts" | "before" | "lastAttempt">,
  vendorTitle: string,
  action: Action,
): NextMove {
  if (rule.reaches.includes(campaign.phase)) return { kind: "already" };
  return target.attempts === 0
    ? beforeOurCall(rule, campaign, vendorTitle, action)
    : afterOurCall(rule, campaign, target, vendorTitle);
}

function beforeOurCall(
  rule: ActionRule,
  { phase, word }: Campaign,
  title: string,
  action: Action,
): NextMove {
  const status = shorten(word);
  if (phase === "unknown") {
    return refused(`${title} shows a status we do not know (${status}). Nothing was sent.`);
  }
  if (rule.waitOn?.includes(phase)) return { kind: "wait" };
  if (rule.from.includes(phase)) return { kind: "send" };
  const why = rule.refusals?.[phase] ?? `${title} cannot ${action} a campaign in that state.`;
  return refused(`${title} shows this campaign as ${status}. Nothing was sent. ${why}`);
}

function afterOurCall(
  rule: ActionRule,
  campaign: Campaign,
  target: Pick<Target, "before" | "lastAttempt">,
  title: string,
): NextMove {
  if (!mayStillArrive(rule, campaign, target)) {
    const status = shorten(campaign.word);
    return refused(
      `${title} now shows this campaign as ${status}, which is not what was asked. Somebody may have changed it there meanwhile. Nothing more was sent.`,
    );
  }
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

function refused(sentence: string): NextMove {
  return { kind: "refused", sentence };
}
