import { type Action, vendorTitles } from "../../domain/campaign.ts";
import type { Change, Overtaken, Target, TargetState } from "../../domain/change.ts";
import { isEnded } from "../../domain/settle.ts";
import { whatStopped } from "../../domain/stopped-by.ts";
import type { ChangeCardContext } from "./change-card.ts";
import { faceOfTarget, isSo, wordOf } from "./faces.ts";
import { datedPlace, evidence, isOver } from "./target-evidence.ts";
import { code, escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { capital, clock, listed, nameOf, person, verbs } from "./words.ts";

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
  if (targets.length === 1 && (unbegun || whatStopped(change))) return [];
  const fits = targets.length <= mostLines;
  const sorted = fits ? targets : targets.toSorted((a, b) => urgency[a.state] - urgency[b.state]);
  const lines = sorted.slice(0, mostLines).map((target) => targetLine(target, change, about));
  const rest = fits ? [] : [countLine(sorted.slice(mostLines), change)];
  return [...lines, ...rest, ...sharedCautions(change, about)];
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
  const told = story(target, change, about);
  const read = evidence(target, change);
  const parts = isOver(target) ? [start, ...read, ...told] : [start, ...told, ...read];
  const whole = joined([...parts, ...until(target)], " ");
  return joined([whole, ...moved(target, change), ...extra], "\n");
}

function story(target: Target, change: Change, about: ChangeCardContext): Mrkdwn[] {
  if (target.overtaken) return [takenBy(target.overtaken)];
  const sentence = ownSentence(target, change, about);
  if (sentence) return told(target, sentence, wordOf(target, change.action));
  const vendor = vendorTitles[target.vendor];
  const past = verbs[change.action].past;
  const own = {
    queued: "",
    trying: trying(target, change.action),
    unknown:
      target.lastAttempt === "accepted"
        ? `${vendor} accepted the ${change.action} and is read again to see it done.`
        : `${vendor} gave no clear answer. We read it again before anything else is tried.`,
    done: "",
    already: "Nothing had to be changed.",
    refused: `It was not ${past}.`,
    failed: `It was not ${past}.`,
    needs_attention: `It is not known to be ${past}.`,
  } satisfies Record<TargetState, string>;
  return own[target.state] === "" ? [] : [mrkdwn`${own[target.state]}`];
}

function trying({ vendor, attempts, after }: Target, action: Action): string {
  const title = vendorTitles[vendor];
  if (attempts === 0) return after === undefined ? `Asking ${title}.` : "";
  return `The ${action} was sent. ${title} is read to see what came of it.`;
}

/** "Resumed since by Ana's change chg_9." */
function takenBy({ action, by, change }: Overtaken): Mrkdwn {
  return mrkdwn`${verbs[action].done} since by ${person(by)}’s change ${code(change)}.`;
}

/** Beside others its caution stands once for all of its platform. */
function ownSentence({ id, sentence }: Target, { targets }: Change, about: ChangeCardContext) {
  const caution = targets.length > 1 ? about.cautions?.[id] : undefined;
  return caution === undefined ? sentence : sentence?.replace(caution, "").trim();
}

const saidByWatch = /^It (did not stay \w+|could not be confirmed that it stayed \w+): /;

/** The face has said its word already; what was read stands beside when. */
function told(target: Target, sentence: string, word: string): Mrkdwn[] {
  const own = target.watch ? capital(sentence.replace(saidByWatch, "")) : sentence;
  const rest = own.startsWith(`${word}.`) ? own.slice(word.length + 1).trim() : own;
  const at = datedPlace(target, rest);
  if (at === undefined || !target.checkedAt) return rest === "" ? [] : [escaped(rest, 400)];
  const [first, last] = [escaped(rest.slice(0, at), 400), escaped(rest.slice(at), 400)];
  return [mrkdwn`${first} (checked ${clock(target.checkedAt)})${last}`];
}

/** What is waited for before anything is sent, and how long something that can be seen to go on is watched. */
function until({ state, attempts, after, watch, watchFor, watchUntil }: Target): Mrkdwn[] {
  // It was read and nothing was sent: its state has to pass first.
  if (state === "trying" && attempts === 0 && after !== undefined)
    return [mrkdwn`Nothing is sent while it shows that; it is read again.`];
  if (watch !== "watching" || watchFor === undefined || !watchUntil) return [];
  return [mrkdwn`${capital(watchFor)}: it is watched until ${clock(watchUntil)} at the latest.`];
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
  const caution = change.targets.length > 1 ? undefined : cautionOf(target, change, about);
  // Why it stands as it does is for whoever decides; once it is decided it is history.
  const note = change.state === "waiting" || change.state === "approved" ? target.note : undefined;
  return [note, caution]
    .filter((sentence) => sentence !== undefined && !target.sentence?.includes(sentence))
    .map((sentence) => mrkdwn`      ℹ️ ${escaped(sentence ?? "", 200)}`);
}

function cautionOf(target: Target, { state }: Change, { cautions }: ChangeCardContext) {
  return !isEnded(state) || isSo(target) ? cautions?.[target.id] : undefined;
}

/** Of several campaigns: a line for each platform, and not for each campaign. */
function sharedCautions(change: Change, about: ChangeCardContext): Mrkdwn[] {
  if (change.targets.length === 1) return [];
  const all = change.targets.flatMap((target) => {
    const caution = cautionOf(target, change, about);
    return caution === undefined ? [] : [`${vendorTitles[target.vendor]}: ${caution}`];
  });
  return [...new Set(all)].map((line) => mrkdwn`ℹ️ ${escaped(line, 220)}`);
}
