import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, Overtaken, Target, TargetState } from "../../domain/change.ts";
import { isEnded } from "../../domain/settle.ts";
import type { ChangeCardContext } from "./change-card.ts";
import { faceOfTarget, isSo, wordOf } from "./faces.ts";
import { code, escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { clock, listed, nameOf, person, verbs } from "./words.ts";

const mostLines = 10;

/** What a person must see first comes first when not all fit. */
const urgency = {
  needs_attention: 0,
  failed: 1,
  refused: 2,
  unknown: 3,
  trying: 4,
  queued: 5,
  done: 6,
  already: 7,
} satisfies Record<TargetState, number>;

/** A line for each campaign, or for the ten that matter most and a count of the others. */
export function targetLines(change: Change, about: ChangeCardContext): Mrkdwn[] {
  const { targets } = change;
  const [only] = targets;
  const unbegun = isEnded(change.state) && only?.state === "queued" && !only.sentence;
  if (targets.length === 1 && unbegun) return [];
  const fits = targets.length <= mostLines;
  const sorted = fits ? targets : targets.toSorted((a, b) => urgency[a.state] - urgency[b.state]);
  const lines = sorted.slice(0, mostLines).map((target) => targetLine(target, change, about));
  return fits ? lines : [...lines, countLine(sorted.slice(mostLines), change)];
}

/** "and 23 more: 20 paused, 3 not started" */
function countLine(rest: readonly Target[], change: Change): Mrkdwn {
  const words = rest.map((target) => faceOfTarget(target, change.action).word.toLowerCase());
  const counts = [...new Set(words)].map(
    (word) => `${words.filter((other) => other === word).length} ${word}`,
  );
  return mrkdwn`and ${rest.length} more: ${listed(counts)}`;
}

function targetLine(target: Target, change: Change, about: ChangeCardContext): Mrkdwn {
  const face = faceOfTarget(target, change.action);
  const where = `${nameOf(target.campaign, 60)} on ${vendorTitles[target.vendor]}`;
  const untouched = target.state === "queued" && change.state !== "running";
  const start = untouched
    ? mrkdwn`${face.icon} ${where}.`
    : mrkdwn`${face.icon} *${face.word}* · ${where}.`;
  const extra = extras(target, change, about);
  const parts = [start, ...story(target, change), ...evidence(target, change), ...until(target)];
  return joined([joined(parts, " "), ...moved(target, change), ...extra], "\n");
}

function story(target: Target, change: Change): Mrkdwn[] {
  if (target.overtaken) return [takenBy(target.overtaken)];
  if (target.sentence) return told(target.sentence, wordOf(target, change.action));
  const vendor = vendorTitles[target.vendor];
  const past = verbs[change.action].past;
  const own = {
    queued: "",
    trying: target.attempts > 0 ? `Reading ${vendor} again to be sure.` : `Asking ${vendor}.`,
    unknown: `${vendor} gave no clear answer. We read it again before anything else is tried.`,
    done: "",
    already: "Nothing had to be changed.",
    refused: `It was not ${past}.`,
    failed: `It was not ${past}.`,
    needs_attention: `It is not known to be ${past}.`,
  } satisfies Record<TargetState, string>;
  return own[target.state] === "" ? [] : [mrkdwn`${own[target.state]}`];
}

/** "Resumed since by Ana's change chg_9." */
function takenBy({ action, by, change }: Overtaken): Mrkdwn {
  return mrkdwn`${verbs[action].done} since by ${person(by)}’s change ${code(change)}.`;
}

/** The face has said its word already. */
function told(sentence: string, word: string): Mrkdwn[] {
  const rest = sentence.startsWith(`${word}.`) ? sentence.slice(word.length + 1).trim() : sentence;
  return rest === "" ? [] : [escaped(rest, 400)];
}

/** What the platform showed, and when: only the newest read says what it shows now. */
function evidence(target: Target, change: Change): Mrkdwn[] {
  const vendor = vendorTitles[target.vendor];
  const { before, after, checkedAt, sentence } = target;
  if (after === undefined) {
    const open = target.state === "queued" && !isEnded(change.state);
    return open && before
      ? [mrkdwn`When this was asked, ${vendor} showed ${code(before, 40)}.`]
      : [];
  }
  const at = checkedAt ? mrkdwn`checked ${clock(checkedAt)}` : undefined;
  if (isPast(target)) {
    const when = checkedAt ? mrkdwn` at ${clock(checkedAt)}` : mrkdwn``;
    return [mrkdwn`When it was last read${when}, ${vendor} showed ${code(after, 40)}.`];
  }
  if (sentence?.includes(after)) return at ? [mrkdwn`(${at})`] : [];
  const shows = mrkdwn`${vendor} shows ${code(after, 40)}`;
  return [at ? mrkdwn`${shows}, ${at}.` : mrkdwn`${shows}.`];
}

/** What was read is not what ended it: it could not be read any more, or a newer change has moved it since. */
function isPast({ watch, state, sentence, after }: Target): boolean {
  if (watch === "unconfirmed" || watch === "overtaken") return true;
  const endedOtherwise = state === "failed" || state === "refused" || state === "needs_attention";
  return endedOtherwise && sentence !== undefined && !sentence.includes(after ?? "");
}

/** How long something that can be seen to go on is waited for. */
function until({ watch, watchFor, watchUntil }: Target): Mrkdwn[] {
  if (watch !== "watching" || watchFor === undefined || !watchUntil) return [];
  return [mrkdwn`We wait for that until ${clock(watchUntil)} at the latest.`];
}

/** It is not any more what was asked about. */
function moved({ since, calledNow, vendor }: Target, { state }: Change): Mrkdwn[] {
  if (state !== "waiting") return [];
  const called = mrkdwn`      ⚠️ It is now called “${escaped(calledNow ?? "", 80)}”.`;
  const named = calledNow === undefined ? [] : [called];
  if (!since) return named;
  const shows = mrkdwn`${vendorTitles[vendor]} shows ${code(since.word, 40)}`;
  return [...named, mrkdwn`      ⚠️ Since this was asked, ${shows} (checked ${clock(since.at)}).`];
}

/** A caution belongs to what may still happen: before the decision, and after a success. */
function extras(target: Target, change: Change, about: ChangeCardContext): Mrkdwn[] {
  const open = !isEnded(change.state);
  const caution = open || isSo(target) ? about.cautions?.[target.id] : undefined;
  // Why it stands as it does is for whoever decides; once it is decided it is history.
  const note = change.state === "waiting" || change.state === "approved" ? target.note : undefined;
  return [note, caution]
    .filter((sentence) => sentence !== undefined && !target.sentence?.includes(sentence))
    .map((sentence) => mrkdwn`      ℹ️ ${escaped(sentence ?? "", 200)}`);
}
