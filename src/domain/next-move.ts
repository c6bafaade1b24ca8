import type { ActionRule, NextMove } from "./action-rule.ts";
import type { Campaign } from "./campaign.ts";
import type { Target } from "./change.ts";
import { shorten } from "./shorten.ts";

/** Reads in a row that must not show the wanted state before an unclear call is made once more. */
export const readsBeforeAnotherAttempt = 3;

/**
 * What to do about a target, given its campaign as just read. `already` after an attempt of ours means it is done;
 * `pending` and `wait` mean read again later.
 */
export function nextMove(
  rule: ActionRule,
  campaign: Campaign,
  target: Target,
  vendorTitle: string,
): NextMove {
  if (rule.reaches.includes(campaign.phase)) return { kind: "already" };
  return target.attempts === 0
    ? beforeOurCall(rule, campaign, vendorTitle)
    : afterOurCall(rule, campaign, target, vendorTitle);
}

function beforeOurCall(rule: ActionRule, { phase, word }: Campaign, title: string): NextMove {
  const status = shorten(word);
  if (phase === "unknown") {
    return refused(`${title} shows a status we do not know (${status}). Nothing was sent.`);
  }
  if (rule.waitOn?.includes(phase)) return { kind: "wait" };
  if (rule.from.includes(phase)) return { kind: "send" };
  const why = rule.refusals?.[phase] ?? "This cannot be done to a campaign in that state.";
  return refused(`${title} shows this campaign as ${status}. Nothing was sent. ${why}`);
}

function afterOurCall(
  rule: ActionRule,
  campaign: Campaign,
  target: Target,
  title: string,
): NextMove {
  if (!mayStillArrive(rule, campaign, target)) {
    const status = shorten(campaign.word);
    return refused(
      `${title} now shows this campaign as ${status}, which is not what was asked. Somebody may have changed it there meanwhile. Nothing more was sent.`,
    );
  }
  return rule.from.includes(campaign.phase) && mayCallAgain(rule, target)
    ? { kind: "send" }
    : { kind: "pending" };
}

function mayStillArrive(rule: ActionRule, { phase, word }: Campaign, { before }: Target): boolean {
  const onTheWay = [...(rule.pending ?? []), ...(rule.waitOn ?? []), "unknown"].includes(phase);
  return onTheWay || (before === undefined ? rule.from.includes(phase) : word === before);
}

/** An accepted call is waited for. One that may have acted is repeated only after reading, and never if irreversible. */
function mayCallAgain(rule: ActionRule, { lastAttempt, reads }: Target): boolean {
  if (lastAttempt === "refused") return true;
  return lastAttempt !== "accepted" && !rule.irreversible && reads >= readsBeforeAnotherAttempt;
}

function refused(sentence: string): NextMove {
  return { kind: "refused", sentence };
}
