import type { Action, Phase } from "../../domain/campaign.ts";
import type { Change, ChangeState, Target, TargetState } from "../../domain/change.ts";
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

/** Green needs proof: a change may only look done if every target was read back as done or already so. */
export function faceOfChange(change: Change): Face {
  const proven = change.targets.every((target) => isSo(target));
  return change.state === "done" && !proven
    ? changeFaces.needs_attention
    : changeFaces[change.state];
}

export function faceOfTarget(target: Target, action: Action): Face {
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
  return target.state === "done" || target.state === "already";
}
