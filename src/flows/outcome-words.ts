import type { ActionRule } from "../domain/action-rule.ts";
import { type Action, type Campaign, vendorTitles } from "../domain/campaign.ts";
import type { Target } from "../domain/change.ts";
import { hasCalled, isReached, mayHaveActed } from "../domain/next-move.ts";
import { shorten } from "../domain/shorten.ts";
import { toReadAgain, whatWentWrong } from "../vendors/explain.ts";
import type { FailureFacts } from "../vendors/failure.ts";

/** What was read after whatever was sent; `as` is what that means for the action. */
export type Sight =
  | { kind: "none" }
  | {
      kind: "shows";
      word: string;
      as: "target" | "source" | "on_its_way" | "ended" | "other" | "unknown_word";
    }
  | { kind: "unread"; facts: FailureFacts }
  /** The account could not even be opened. */
  | { kind: "closed"; why: string; next?: string | undefined };

/** Everything an outcome is told from. */
export interface Outcome {
  action: Action;
  target: Pick<Target, "vendor" | "campaign" | "attempts" | "lastAttempt">;
  rule?: ActionRule | undefined;
  sight: Sight;
  /** Why the last call was turned away or did not leave, if that was just now. */
  refusal?: FailureFacts | undefined;
  /** The vendor's own reason why it cannot be done as it stands. */
  why?: string | undefined;
  /** What the platform says itself about why it stands so. */
  cause?: string | undefined;
  /** Another state was waited for, in vain. */
  waited?: boolean;
}

const pastOf: Record<Action, string> = { pause: "Paused", resume: "Resumed", cancel: "Cancelled" };
const participle: Record<Action, string> = {
  pause: "paused",
  resume: "resumed",
  cancel: "cancelled",
};
const adjective: Record<Action, string> = {
  pause: "paused",
  resume: "running",
  cancel: "cancelled",
};

/**
 * The one place that says what became of a target: what we sent and what came of that, what was read since, and what follows from
 * both, each said once. What was sent is never said not to have been, and what is not known is never said to be either way.
 */
export function outcomeWords(outcome: Outcome): string {
  const { sight } = outcome;
  const said =
    sight.kind === "shows" && sight.as === "target" ? reached(outcome, sight.word) : rest(outcome);
  return said.filter((part) => part !== undefined && part !== "").join(" ");
}

type Parts = (string | undefined)[];

/** Seen to be so: what became of the call matters only where it did not do it. */
function reached({ action, target, rule, refusal, cause }: Outcome, word: string): Parts {
  const title = vendorTitles[target.vendor];
  const shows = `${title} shows ${shorten(word)}.`;
  const so = already(action, word, rule);
  if (!hasCalled(target)) return [`It was ${so} already, so nothing was sent.`, shows];
  if (!mayHaveActed(target)) {
    return [`${title} refused the ${action}${number(refusal)}: it was ${so} already.`, shows];
  }
  const past = rule?.label?.startsWith("Stop") ? "Stopped" : pastOf[action];
  return [`${past}.`, shows, cause, rule?.caution];
}

function rest(outcome: Outcome): Parts {
  const { target, cause } = outcome;
  if (!hasCalled(target)) return [...notSent(outcome), cause];
  return [called(outcome), seenSince(outcome), verdict(outcome), cause, next(outcome)];
}

/** No call has reached the platform: what stood in the way, and that nothing was sent. */
function notSent({ action, target, sight, refusal, why, waited }: Outcome): Parts {
  const nothing = "Nothing was sent.";
  if (refusal) {
    const told = toldOf(action, target, refusal);
    return [told, seenSince({ action, target, sight }), nothing, adviceOf(action, target, refusal)];
  }
  if (sight.kind === "unread") {
    return [toldOf(action, target, sight.facts), nothing, adviceOf(action, target, sight.facts)];
  }
  if (sight.kind === "closed") return [sight.why, nothing, sight.next];
  if (sight.kind === "none") return [nothing];
  const title = vendorTitles[target.vendor];
  const status = shorten(sight.word);
  if (sight.as === "unknown_word") {
    return [`${title} shows a status we do not know (${status}).`, nothing];
  }
  const shows = `${title} shows this campaign as ${status}.`;
  if (waited)
    return [shows, nothing, `${cannot(title, action)}, and that did not change while we waited.`];
  return [shows, nothing, why ?? `${cannot(title, action)}.`];
}

const cannot = (title: string, action: Action) =>
  `${title} cannot ${action} a campaign in that state`;

/** What became of the last call that was made. */
function called({ action, target, refusal }: Outcome): string | undefined {
  const title = vendorTitles[target.vendor];
  if (target.lastAttempt === "accepted") return `${title} accepted the ${action}.`;
  if (target.lastAttempt === "refused") return turnedAway(action, target, refusal);
  if (target.lastAttempt === "unsent") return refusal && toldOf(action, target, refusal);
  return `We asked ${title} to ${action} it and got no clear answer.`;
}

function turnedAway(
  action: Action,
  target: Outcome["target"],
  refusal: FailureFacts | undefined,
): string {
  const title = vendorTitles[target.vendor];
  if (!refusal) return `${title} refused the ${action}.`;
  const told = toldOf(action, target, refusal);
  return told.includes("refused") ? told : `${told} So it refused the ${action}.`;
}

/** What was read after the call, or why nothing could be. */
function seenSince({
  action,
  target,
  sight,
}: Pick<Outcome, "action" | "target" | "sight">): string | undefined {
  const title = vendorTitles[target.vendor];
  if (sight.kind === "none") return undefined;
  if (sight.kind === "closed") return sight.why;
  if (sight.kind === "unread") {
    return `It could not be read after that: ${inside(toldOf(action, target, sight.facts), title)}`;
  }
  const status = shorten(sight.word);
  if (sight.as === "unknown_word") return `${title} shows a status we do not know (${status}).`;
  return sight.as === "source" ? `${title} still shows ${status}.` : `${title} shows ${status}.`;
}

/** What follows from both for the campaign: not done, over, or not known. */
function verdict({ action, target, sight }: Outcome): string {
  const shows = sight.kind === "shows" ? sight.as : undefined;
  if (shows === "ended") {
    return action === "resume"
      ? "So it has ended: nothing was left to send."
      : "So it has ended by itself, and nothing more goes out.";
  }
  if (!mayHaveActed(target)) return "Nothing was changed.";
  if (shows === "other") return "That is not what was asked. Nothing more was sent.";
  if (shows !== undefined) return `It is not known to be ${adjective[action]}.`;
  return `We do not know yet whether ${nameOf(target)} was ${participle[action]}.`;
}

function next({ action, target, sight, refusal }: Outcome): string | undefined {
  if (sight.kind === "closed") return sight.next;
  const facts = sight.kind === "unread" ? sight.facts : refusal;
  if (!mayHaveActed(target)) return refusal && adviceOf(action, target, refusal);
  const over = sight.kind === "shows" && (sight.as === "ended" || sight.as === "other");
  if (over) return undefined;
  const advice = facts && toReadAgain(adviceOf(action, target, facts));
  return advice ?? `Look at it in ${vendorTitles[target.vendor]}, or check again.`;
}

function toldOf(action: Action, { campaign }: Outcome["target"], facts: FailureFacts): string {
  return whatWentWrong(facts, { action, campaignName: campaign.name }).told;
}

function adviceOf(
  action: Action,
  { campaign }: Outcome["target"],
  facts: FailureFacts,
): string | undefined {
  // It has ended, so nothing is tried again by itself.
  if (facts.kind === "held_back") return "Try again in a few minutes.";
  return whatWentWrong(facts, { action, campaignName: campaign.name }).next;
}

/** What a look that somebody asked for has found. */
export function checkedWords(
  action: Action,
  { vendor }: Pick<Target, "vendor">,
  word: string,
  sight: Sight | undefined,
): string {
  const shows = `Checked again: ${vendorTitles[vendor]} shows ${shorten(word)}`;
  const as = sight?.kind === "shows" ? sight.as : undefined;
  if (as === "target") return `${shows}, so the ${action} has taken effect.`;
  if (as === "source" || as === "other") return `${shows}, so the ${action} has not taken effect.`;
  return `${shows}, so it is still not known whether the ${action} takes effect.`;
}

/** What a read means for an action; without a target none of our calls has been made. */
export function sightOf(
  rule: ActionRule,
  { phase, word }: Campaign,
  target: Pick<Target, "attempts" | "lastAttempt"> = { attempts: 0 },
): Sight {
  const onItsWay = rule.pending?.includes(phase) || rule.waitOn?.includes(phase);
  const as = isReached(rule, { phase }, target)
    ? "target"
    : phase === "unknown"
      ? "unknown_word"
      : onItsWay
        ? "on_its_way"
        : rule.from.includes(phase)
          ? "source"
          : "other";
  return { kind: "shows", word, as };
}

function already(action: Action, word: string, rule: ActionRule | undefined): string {
  if (action !== "resume") return adjective[action];
  const scheduled = /scheduled/i.test(word) && rule?.reaches.includes("scheduled");
  return scheduled ? "scheduled" : adjective[action];
}

function nameOf({ campaign }: Pick<Target, "campaign">): string {
  return campaign.name ? `“${campaign.name}”` : "the campaign";
}

function number(facts: FailureFacts | undefined): string {
  return facts?.status === undefined ? "" : ` (${facts.status})`;
}

/** A platform's name keeps its capital in the middle of a sentence. */
function inside(sentence: string, title: string): string {
  if (sentence.startsWith(title)) return sentence;
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
