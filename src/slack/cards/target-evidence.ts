import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, Target } from "../../domain/change.ts";
import { isEnded } from "../../domain/settle.ts";
import { isSo, isUnread } from "./faces.ts";
import { code, type Mrkdwn, mrkdwn } from "./text.ts";
import { clock } from "./words.ts";

/** What the platform showed, and when: only the newest read says what it shows now. */
export function evidence(target: Target, change: Change): Mrkdwn[] {
  const vendor = vendorTitles[target.vendor];
  const { before, after, checkedAt, sentence } = target;
  if (after === undefined) {
    const open = target.state === "queued" && !isEnded(change.state);
    return open && before
      ? [mrkdwn`When this was asked, ${vendor} showed ${code(before, 40)}.`]
      : [];
  }
  const at = checkedAt ? mrkdwn`checked ${clock(checkedAt)}` : undefined;
  if (isBeforeCall(target)) {
    return [mrkdwn`Before the call, ${vendor} showed ${code(after, 40)}.`];
  }
  if (isPast(target)) {
    const when = checkedAt ? mrkdwn` at ${clock(checkedAt)}` : mrkdwn``;
    return [mrkdwn`When it was last read${when}, ${vendor} showed ${code(after, 40)}.`];
  }
  if (sentence && datedPlace(target, sentence) !== undefined) return [];
  if (sentence?.includes(after)) return at ? [mrkdwn`(${at})`] : [];
  const shows = mrkdwn`${vendor} shows ${code(after, 40)}`;
  return [at ? mrkdwn`${shows}, ${at}.` : mrkdwn`${shows}.`];
}

/** What was read comes before what it does not tell any more. */
export function isOver(target: Target): boolean {
  return target.after !== undefined && (isBeforeCall(target) || isPast(target));
}

/** Nothing has been read since the call left, so what is on record is not what it shows now. */
function isBeforeCall(target: Target): boolean {
  const { attempts, firstAttemptAt, checkedAt, sentence, after = "" } = target;
  if (attempts === 0 || isSo(target) || target.watch || sentence?.includes(after)) return false;
  return !checkedAt || (firstAttemptAt !== undefined && checkedAt < firstAttemptAt);
}

/** What was read is not what ended it: it could not be read any more, or a newer change has moved it since. */
function isPast(target: Target): boolean {
  const { watch, state, sentence, after } = target;
  if (watch === "unconfirmed" || watch === "overtaken" || isUnread(target)) return true;
  const endedOtherwise = state === "failed" || state === "refused" || state === "needs_attention";
  return endedOtherwise && sentence !== undefined && !sentence.includes(after ?? "");
}

/** Right behind the word that was read: "shows paused". */
export function datedPlace({ after, checkedAt }: Target, sentence: string): number | undefined {
  if (after === undefined || !checkedAt) return undefined;
  const shows = ` shows ${after}`;
  const end = sentence.lastIndexOf(shows) + shows.length;
  const found = sentence.includes(shows) && /^[.,:]/.test(sentence.slice(end));
  return found ? end : undefined;
}
