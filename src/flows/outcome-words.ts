import type { ActionRule } from "../domain/action-rule.ts";
import { type Action, type Campaign, vendorTitles } from "../domain/campaign.ts";
import type { Target } from "../domain/change.ts";

const pastOf: Record<Action, string> = { pause: "Paused", resume: "Resumed", cancel: "Cancelled" };
const adjectiveOf: Record<Action, string> = {
  pause: "paused",
  resume: "running",
  cancel: "cancelled",
};

/** The sentences a target may end with; what the vendor shows is always in them, in its own word. */
export function endWords(action: Action, target: Target, campaign: Campaign, rule: ActionRule) {
  const title = vendorTitles[target.vendor];
  const shows = `${title} shows ${campaign.word}.`;
  const caution = rule.caution ? ` ${rule.caution}` : "";
  const past = rule.label?.startsWith("Stop") ? "Stopped" : pastOf[action];
  return {
    done: `${past}. ${shows}${action === "resume" || action === "pause" ? caution : ""}`,
    already: `It was ${already(action, campaign)} already, so nothing was sent. ${shows}`,
    notYet: `${shows} ${title} cannot ${action} a campaign in that state, and it did not change while we waited. Nothing was sent.`,
    unconfirmed: `${title} accepted the ${action} but still shows ${campaign.word}. It is not known to be ${adjectiveOf[action]}. Look at it in ${title}, or check again.`,
    unknown: `We asked ${title} to ${action} it and got no clear answer. ${shows} It is not known to be ${adjectiveOf[action]}. Look at it in ${title}, or check again.`,
  };
}

function already(action: Action, campaign: Campaign): string {
  return action === "resume" && campaign.phase === "scheduled" ? "scheduled" : adjectiveOf[action];
}
