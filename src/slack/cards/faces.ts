import type { Action, Phase } from "../../domain/campaign.ts";
import type { Change, ChangeState, Target, TargetState, Watch } from "../../domain/change.ts";
import { isEnded } from "../../domain/settle.ts";
import { isProven } from "../../domain/watch.ts";
import { standing, verbs } from "./words.ts";

/** An icon never stands without its word: not everybody sees colours and pictures. */
interface Face {
  icon: string;
  word: string;
}

const changeFaces = {
  waiting: { icon: "⏳", word: "Waiting for approval" },
  approved: { icon: "👍", word: "Approved" },
  running: { icon: "🔄", word: "Working…" },
  done: { icon: "✅", word: "Done" },
  partly: { icon: "🌗", word: "Partly done" },
  failed: { icon: "❌", word: "Failed" },
  needs_attention: { icon: "⚠️", word: "Needs a look" },
  denied: { icon: "🚫", word: "Denied" },
  expired: { icon: "⌛", word: "Expired" },
  withdrawn: { icon: "↩️", word: "Withdrawn" },
  superseded: { icon: "⏭️", word: "Superseded" },
} satisfies Record<ChangeState, Face>;

const targetFaces = {
  queued: { icon: "▫️", word: "Not started" },
  trying: { icon: "🔄", word: "Working…" },
  unknown: { icon: "❓", word: "Not known yet" },
  done: { icon: "✅", word: "Done" },
  already: { icon: "☑️", word: "Already so" },
  refused: { icon: "⛔", word: "Refused" },
  failed: { icon: "❌", word: "Failed" },
  needs_attention: { icon: "⚠️", word: "Needs a look" },
} satisfies Record<TargetState, Face>;

const phaseFaces = {
  draft: { icon: "📝", word: "draft" },
  edited: { icon: "✏️", word: "being edited" },
  ready: { icon: "▫️", word: "ready" },
  scheduled: { icon: "🗓️", word: "scheduled" },
  timed: { icon: "🗓️", word: "scheduled" },
  starting: { icon: "🔄", word: "starting" },
  running: { icon: "▶️", word: "running" },
  paused: { icon: "⏸️", word: "paused" },
  stopped: { icon: "⏹️", word: "stopped" },
  completed: { icon: "🏁", word: "completed" },
  cancelled: { icon: "⏹️", word: "cancelled" },
  failed: { icon: "❌", word: "failed" },
  unknown: { icon: "❓", word: "unknown" },
} satisfies Record<Phase, Face>;

/** What came of watching a success; while it is watched its own word stays in front. */
const watchFaces = {
  unconfirmed: { icon: "❓", word: "Could not be confirmed" },
  overtaken: { icon: "⏭️", word: "Overtaken" },
  ended: { icon: "🏁", word: "Ended" },
} satisfies Record<Exclude<Watch, "watching" | "settled" | "changed">, Face>;

function changedFace(action: Action): Face {
  return { icon: "⚠️", word: `Did not stay ${standing[action]}` };
}

/** Not green yet: its platform may still undo it. */
function beingWatched({ action, targets }: Change): Face {
  const stops =
    action !== "resume" && targets.some((one) => one.state === "done" && !isUnread(one));
  return { icon: "🟡", word: stops ? "Stopping" : "Still being watched" };
}

/** A success that its platform may still undo, or has undone since, or of which nobody can say. */
function watchedFace(change: Change): Face | undefined {
  const some = (watch: Watch) => change.targets.some((target) => target.watch === watch);
  if (some("changed")) return changedFace(change.action);
  if (some("unconfirmed")) return watchFaces.unconfirmed;
  return some("watching") ? beingWatched(change) : undefined;
}

/** Every one was done, and some are not any more, by a newer change of ours or by themselves. */
function passedFace({ targets }: Change): Face | undefined {
  const taken = targets.filter(({ watch }) => watch === "overtaken").length;
  if (taken > 0) {
    return taken === targets.length
      ? watchFaces.overtaken
      : { ...watchFaces.overtaken, word: "Partly overtaken" };
  }
  return targets.every(({ watch }) => watch === "ended") ? watchFaces.ended : undefined;
}

/** Green needs proof: a change may only look done if every target was read back as done or already so, and nothing can undo it. */
export function faceOfChange(change: Change): Face {
  const watched = isEnded(change.state) ? watchedFace(change) : undefined;
  if (watched) return watched;
  if (change.state !== "done") return changeFaces[change.state];
  const passed = passedFace(change);
  if (passed) return passed;
  const proven = change.targets.every((target) => isSo(target) || target.watch === "ended");
  return proven ? changeFaces.done : changeFaces.needs_attention;
}

export function faceOfTarget(target: Target, action: Action): Face {
  const { watch } = target;
  if (watch === "watching") return { icon: "🟡", word: watchedWord(target, action) };
  if (watch === "changed") return changedFace(action);
  if (watch && watch !== "settled") return watchFaces[watch];
  const face = targetFaces[target.state];
  return isSo(target) ? { ...face, word: wordOf(target, action) } : face;
}

function watchedWord(target: Target, action: Action): string {
  return isUnread(target) ? "Not read again yet" : `${wordOf(target, action)}, still being watched`;
}

/** It is watched anew, and nothing has been read since. */
export function isUnread({ watch, checkedAt }: Pick<Target, "watch" | "checkedAt">): boolean {
  return watch === "watching" && checkedAt === undefined;
}

export function wordOf({ state }: Target, action: Action): string {
  return state === "already" ? `Already ${verbs[action].past}` : verbs[action].done;
}

export function faceOfPhase(phase: Phase): Face {
  return phaseFaces[phase];
}

/** The platform itself was seen to show what was asked for, and nothing seen since says otherwise. */
export function isSo(target: Target): boolean {
  return isProven(target);
}
