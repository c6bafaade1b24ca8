import { isPlain } from "./grammar-words.ts";
import { saidDuration } from "./said-duration.ts";
import { looksLikeTime } from "./said-time.ts";
import { shorten } from "./shorten.ts";
import { isWhole } from "./whole-word.ts";
import type { Word } from "./words.ts";

/** What stands beside a campaign and says nothing that is known there, in a sentence with what it may have been meant as. */
export function notUnderstood(group: readonly Word[]): string {
  const at = group.findIndex(isWhole);
  const campaign = group[at];
  if (!campaign) return partThem;
  const shown = campaign.quoted ? `“${shorten(campaign.text)}”` : shorten(campaign.text, 60);
  if (at > 0)
    return `I do not understand ${said(group.slice(0, at))} in front of ${shown}. ${partThem}`;
  const behind = group.slice(1);
  if (behind.some(isWhole)) return partThem;
  return `I do not understand ${said(behind)} behind ${shown}. ${meantAs(campaign, behind)}`;
}

const partThem =
  "Put a comma between campaigns, and quotation marks around a name of several words.";

function meantAs(campaign: Word, behind: readonly Word[]): string {
  const [first, second] = behind;
  const text = textOf(behind);
  if (first && /^[-–—(/;|]/.test(first.text)) return "A reason stands behind “because”.";
  if (saidDuration(text) !== undefined) return `If it is how long, write “for ${text}”.`;
  const length = text.replace(/^(?:in|after|within) /i, "");
  if (length !== text && saidDuration(length) !== undefined)
    return `If it is how long, write “for ${length}”.`;
  if (first && second && isPlain(first, "in") && campaign.quoted)
    return `The connection stands in front: ${second.text}:"${shorten(campaign.text)}".`;
  const time = text.replace(/^(?:at|by|on|from) /i, "");
  if (looksLikeTime(time)) return `If it is the end of a pause, write “until ${shorten(time)}”.`;
  return "Put a comma between campaigns, “for” or “until” before a time, and “because” before a reason.";
}

function said(words: readonly Word[]): string {
  return `“${shorten(textOf(words))}”`;
}

function textOf(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(" ");
}
