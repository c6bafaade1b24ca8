import type { Action, Phase } from "../../domain/campaign.ts";
import type { Change, ChangeState, Target, TargetState } from "../../domain/change.ts";
import { isEnded } from "../../domain/settle.ts";
import { verbs } from "./words.ts";

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
  ready: { icon: "▫️", word: "ready" },
  scheduled: { icon: "🗓️", word: "scheduled" },
  starting: { icon: "🔄", word: "starting" },
  running: { icon: "▶️", word: "running" },
  paused: { icon: "⏸️", word: "paused" },
  stopped: { icon: "⏹️", word: "stopped" },
  completed: { icon: "🏁", word: "completed" },
  cancelled: { icon: "⏹️", word: "cancelled" },
  failed: { icon: "❌", word: "failed" },
  unknown: { icon: "❓", word: "unknown" },
} satisfies Record<Phase, Face>;

const stopping: Face = { icon: "🟡", word: "Stopping" };
const didNotStay: Face = { icon: "⚠️", word: "Did not stay so" };

/** A success that its platform may still undo, or has undone since. */
function watchedFace({ targets }: { targets: readonly Pick<Target, "watch">[] }): Face | undefined {
  if (targets.some(({ watch }) => watch === "changed")) return didNotStay;
  return targets.some(({ watch }) => watch === "watching") ? stopping : undefined;
}

/** Green needs proof: a change may only look done if every target was read back as done or already so. */
export function faceOfChange(change: Change): Face {
  const watched = isEnded(change.state) ? watchedFace(change) : undefined;
  if (watched) return watched;
  const proven = change.targets.every((target) => isSo(target));
  return change.state === "done" && !proven
    ? changeFaces.needs_attention
    : changeFaces[change.state];
}

export function faceOfTarget(target: Target, action: Action): Face {
  const watched = watchedFace({ targets: [target] });
  if (watched) return watched;
  const face = targetFaces[target.state];
  if (target.state === "done") return { ...face, word: verbs[action].done };
  if (target.state === "already") return { ...face, word: `Already ${verbs[action].past}` };
  return face;
}

export function faceOfPhase(phase: Phase): Face {
  return phaseFaces[phase];
}

/** The platform itself was seen to show what was asked for. */
export function isSo(target: Target): boolean {
  return (target.state === "done" || target.state === "already") && target.watch !== "changed";
}
