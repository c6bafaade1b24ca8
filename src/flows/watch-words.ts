import { type Action, type Campaign, vendorTitles } from "../domain/campaign.ts";
import type { Overtaken, Target } from "../domain/change.ts";
import { shorten } from "../domain/shorten.ts";
import { toReadAgain, whatWentWrong } from "../vendors/explain.ts";
import type { FailureFacts } from "../vendors/failure.ts";

const stays: Record<Action, string> = {
  pause: "stay paused",
  resume: "stay running",
  cancel: "stay cancelled",
};
const stayed: Record<Action, string> = {
  pause: "stayed paused",
  resume: "stayed running",
  cancel: "stayed cancelled",
};
const since: Record<Action, string> = { pause: "Paused", resume: "Resumed", cancel: "Cancelled" };

type Known = Pick<Target, "vendor" | "campaign" | "after" | "watchFor" | "checkedAt">;

/** It is not so any more, with what is known of why; nobody is blamed for what nobody saw. */
export function notSoWords(
  action: Action,
  target: Known,
  { word }: Campaign,
  cause: string | undefined,
): string {
  const title = vendorTitles[target.vendor];
  const showed = `${title} showed ${shorten(target.after ?? "it")}`;
  const meanwhile =
    target.watchFor === undefined ? "" : ` while ${target.watchFor.replace(/\bare\b/, "were")}`;
  const parts = [
    `It did not ${stays[action]}: ${showed}${meanwhile}, and now shows ${shorten(word)}.`,
    cause,
  ];
  return parts.filter(Boolean).join(" ");
}

/** It ran out, which starts nothing again. */
export function endedWords(target: Known, { word }: Campaign): string {
  const title = vendorTitles[target.vendor];
  return `${title} showed ${shorten(target.after ?? "it")}, and now shows ${shorten(word)}: it has ended, and nothing is left to send.`;
}

/** A newer change of ours did something else. */
export function overtakenWords({ action, change }: Overtaken): string {
  return `${since[action]} since by the change ${change}.`;
}

/** What Check again found where it goes on being watched. */
export function watchedAgainWords({ vendor, after, watchFor, checkedAt }: Known): string {
  const title = vendorTitles[vendor];
  if (checkedAt === undefined) {
    return `Checked again: ${title} could not be read just now. It is read again by itself, and the card says what it shows.`;
  }
  const waits = watchFor === undefined ? "" : `, and ${watchFor}`;
  return `Checked again: ${title} shows ${shorten(after ?? "nothing")}${waits}. It is watched until nothing can undo it any more.`;
}

/** Why nobody can say whether it stayed so. */
export type Unseen =
  | { kind: "unread"; facts: FailureFacts }
  | { kind: "closed"; why: string; next?: string }
  /** The connection is another account's now, as far as can be told. */
  | { kind: "other_account"; connection: string }
  | { kind: "too_long"; waitsFor: string }
  /** Its work was given up, whatever the platform shows. */
  | { kind: "our_fault"; what: string };

/** It was so when it was last read, and that is all that can be said. */
export function unconfirmedWords(action: Action, target: Known, unseen: Unseen): string {
  const title = vendorTitles[target.vendor];
  const head = `It could not be confirmed that it ${stayed[action]}:`;
  switch (unseen.kind) {
    case "our_fault":
      return `${head} ${inside(unseen.what)} Look at it in ${title}, or check again.`;
    case "closed":
      return [`${head} ${inside(unseen.why)}`, unseen.next].filter(Boolean).join(" ");
    case "other_account":
      return `${head} the connection ${unseen.connection} was changed since, and it shows another campaign under this id. Look at it in ${title}.`;
    case "too_long":
      return `${head} ${unseen.waitsFor}, and ${title} may still change it when that is over. Look at it in ${title}, or check again.`;
    case "unread": {
      if (unseen.facts.kind === "not_found") {
        return `${head} ${title} does not know it any more (${unseen.facts.status ?? 404}). It was probably deleted there. Look in ${title}.`;
      }
      const facts = { action, campaignName: target.campaign.name };
      const { told, next } = whatWentWrong(unseen.facts, facts);
      // The watch is over, so nothing is read again by itself.
      const advice = unseen.facts.kind === "held_back" ? "Check again in a few minutes." : next;
      return `${head} ${told} ${toReadAgain(advice) ?? `Look at it in ${title}, or check again.`}`;
    }
  }
}

function inside(sentence: string): string {
  return /^(The|This|Something) /.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}
