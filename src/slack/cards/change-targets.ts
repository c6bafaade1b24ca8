import { vendorTitles } from "../../domain/campaign.ts";
import type { Change, Target, TargetState } from "../../domain/change.ts";
import { isEnded } from "../../domain/settle.ts";
import type { ChangeCardContext } from "./change-card.ts";
import { faceOfTarget, isSo } from "./faces.ts";
import { code, escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { clock, listed, nameOf, verbs } from "./words.ts";

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
  const parts = [start, ...story(target, change, face.word), ...evidence(target, change)];
  return joined([joined(parts, " "), ...moved(target, change), ...extra], "\n");
}

function story(target: Target, change: Change, word: string): Mrkdwn[] {
  if (target.sentence) return told(target.sentence, word);
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

/** The face has said its word already. */
function told(sentence: string, word: string): Mrkdwn[] {
  const rest = sentence.startsWith(`${word}.`) ? sentence.slice(word.length + 1).trim() : sentence;
  return rest === "" ? [] : [escaped(rest, 400)];
}

/** What the platform showed, and when: only a read says what it shows now. */
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
  if (sentence?.includes(after)) return at ? [mrkdwn`(${at})`] : [];
  const shows = mrkdwn`${vendor} shows ${code(after, 40)}`;
  return [at ? mrkdwn`${shows}, ${at}.` : mrkdwn`${shows}.`];
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
  const note = open ? about.notes?.[target.id] : undefined;
  return [note, caution]
    .filter((sentence) => sentence !== undefined && !target.sentence?.includes(sentence))
    .map((sentence) => mrkdwn`      ℹ️ ${escaped(sentence ?? "", 200)}`);
}
