import { type Action, vendorTitles } from "../domain/campaign.ts";
import type { FailureFacts } from "./failure.ts";

export interface Explained {
  /** What happened and, above all, what did not. */
  sentence: string;
  /** What somebody can do about it. */
  next?: string;
}

export interface Attempted {
  action?: Action;
  campaignName?: string;
  /** Was it a call that could have changed something? */
  changing: boolean;
  /** Has an earlier call perhaps acted, so that this failure says nothing of the campaign? */
  mayHaveActed?: boolean;
}

interface Words {
  what: string;
  next?: string;
}

const done: Record<Action, string> = {
  pause: "was paused",
  resume: "was resumed",
  cancel: "was cancelled",
};

/** A vendor's failure in words for people who know nothing of HTTP. Holds no word of the vendor's own. */
export function explain(failure: FailureFacts, attempted: Attempted): Explained {
  const { told, next } = whatWentWrong(failure, attempted);
  const unsure = failure.kind === "unclear" || attempted.mayHaveActed;
  const outcome = unsure ? unknown(attempted) : "Nothing was changed.";
  return { sentence: `${told} ${outcome}`, ...(next ? { next } : {}) };
}

/** Only what went wrong and what to do about it: what became of the campaign is for the caller to say. */
export function whatWentWrong(
  failure: FailureFacts,
  attempted: Pick<Attempted, "action" | "campaignName">,
): { told: string; next?: string } {
  if (failure.kind === "unclear") return unclear(failure);
  const { what, next } = phrases[failure.kind](failure, attempted);
  const told = failure.sentence ?? `${what}${number(failure)}.`;
  return { told, ...(next ? { next } : {}) };
}

/** What can be done is another read: nothing is asked for once more, where the call may have acted. */
export function toReadAgain(next: string | undefined): string | undefined {
  return next?.replace(/\b([Tt])ry again\b/g, (_, t: string) =>
    t === "T" ? "Check again" : "check again",
  );
}

function unclear(failure: FailureFacts): { told: string; next: string } {
  const title = vendorTitles[failure.vendor];
  const answer = failure.status
    ? `${title} had a fault of its own while it answered${number(failure)}.`
    : `${title} did not give a whole answer in time.`;
  return {
    told: failure.sentence ?? answer,
    next: `Check again in a minute, or look at it in ${title}.`,
  };
}

function unknown({ action, campaignName }: Attempted): string {
  const outcome = action ? done[action] : "was changed";
  return `We do not know yet whether ${named(campaignName)} ${outcome}.`;
}

type Phrase = (
  failure: FailureFacts,
  attempted: Pick<Attempted, "action" | "campaignName">,
) => Words;

const phrases: Record<Exclude<FailureFacts["kind"], "unclear">, Phrase> = {
  unauthorized: (failure) => ({
    what: `${vendorTitles[failure.vendor]} does not accept our key any more`,
    next: reconnect(failure),
  }),
  payment: ({ vendor }) => ({
    what: `${vendorTitles[vendor]} wants its account topped up or its plan upgraded first`,
    next: `Someone who manages the ${vendorTitles[vendor]} account can settle that; then try again.`,
  }),
  forbidden: (failure) => ({
    what: `Our key for ${vendorTitles[failure.vendor]} is not allowed to do this`,
    next: `Ask whoever manages ${vendorTitles[failure.vendor]} for the right, or ${lower(reconnect(failure))}`,
  }),
  not_found: ({ vendor }, { campaignName }) => ({
    what: `${vendorTitles[vendor]} knows no such campaign${campaignName ? ` as ${named(campaignName)}` : ""}`,
    next: `It may have been deleted. See what there is: /campaign list ${vendor}.`,
  }),
  conflict: (failure, attempted) => ({
    what: declined(failure, attempted, "in the state it is in now"),
    next: "Check its state, then try again.",
  }),
  refused: (failure, attempted) => ({
    what: declined(failure, attempted, "as it is now"),
    next: `Check its state here or in ${vendorTitles[failure.vendor]}.`,
  }),
  rate_limited: ({ vendor, retryAfterMs }) => ({
    what: `${vendorTitles[vendor]} is getting too many requests at the moment`,
    next: `Try again in ${inSeconds(retryAfterMs)}.`,
  }),
  unavailable: ({ vendor, status }) => ({
    what: status
      ? `${vendorTitles[vendor]} has a fault of its own at the moment`
      : `${vendorTitles[vendor]} cannot be reached at the moment`,
    next: "Try again in a few minutes.",
  }),
  held_back: ({ vendor, retryAfterMs }) => ({
    what: `${vendorTitles[vendor]} has not answered for a while, so we hold our calls back for ${inSeconds(retryAfterMs)}`,
    next: "We try again by ourselves while there is time.",
  }),
  redirected: (failure) => ({
    what: `${vendorTitles[failure.vendor]} sent us to another address, which we do not follow with a key in hand`,
    next: `The connection's address is probably wrong. ${reconnect(failure)}`,
  }),
  bad_answer: ({ vendor }) => ({
    what: `${vendorTitles[vendor]} answered with something we cannot read`,
    next: `Try again in a few minutes, or look in ${vendorTitles[vendor]}.`,
  }),
  blocked: (failure) => ({
    what: `The connection to ${vendorTitles[failure.vendor]} names an address we do not call`,
    next: reconnect(failure),
  }),
};

function declined(
  { vendor }: FailureFacts,
  { action, campaignName }: Pick<Attempted, "action" | "campaignName">,
  why: string,
) {
  const title = vendorTitles[vendor];
  return action
    ? `${title} refused to ${action} ${named(campaignName)} ${why}`
    : `${title} refused our request`;
}

function reconnect({ vendor }: FailureFacts): string {
  return `An admin can reconnect it: /campaign connect ${vendor}.`;
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function named(campaignName: string | undefined): string {
  return campaignName ? `“${campaignName}”` : "the campaign";
}

function number({ status }: FailureFacts): string {
  return status ? ` (${status})` : "";
}

export function inSeconds(ms: number | undefined): string {
  if (ms === undefined) return "a minute";
  const seconds = Math.ceil(ms / 1000);
  return seconds === 1 ? "a second" : `${seconds} seconds`;
}
