import type { Change, Vote } from "./change.ts";
import { isUntouched } from "./change-steps.ts";
import { isCalled, type Person } from "./person.ts";
import type { Policy } from "./policy.ts";
import { agreesNow } from "./review-now.ts";
import { isAmong } from "./rule-match.ts";

export interface Press {
  by: Person;
  kind: Vote["kind"];
  reason?: string;
}

interface NotCounted {
  kind: "not_counted";
  sentence: string;
  /** Who decided before, and when, where that is the reason. */
  alreadyBy?: string;
  at?: Date;
}

export type Review =
  | { kind: "counted"; vote: Vote; progress: StepProgress[] }
  | { kind: "decided"; state: "approved" | "denied"; vote: Vote }
  | { kind: "expired"; sentence: string }
  | NotCounted;

/** How far one approval step has come: "1 of 2 from @marketing, not Ana". */
export interface StepProgress {
  step: number;
  have: number;
  need: number;
  from: readonly string[];
  /** May the asker be one of them? */
  self: boolean;
}

export const expiredSentence = "Nobody decided in time. Nothing was changed.";

/** What a press of Approve or Deny means. `policyNow` must agree with the policy under which it was asked. */
export function review(change: Change, press: Press, now: Date, policyNow: Policy): Review {
  if (change.state !== "waiting" && !mayStillDeny(change, press)) return alreadyDecided(change);
  if (change.state === "waiting" && isPast(change, now))
    return { kind: "expired", sentence: expiredSentence };
  const steps = stepsFor(change, press.by, policyNow);
  const refusal = whyNot(change, press, steps, policyNow);
  if (refusal) return refusal;

  const { by, kind, reason } = press;
  const vote: Vote = { by: by.id, kind, at: now, steps, ...(reason !== undefined && { reason }) };
  if (kind === "deny") return { kind: "decided", state: "denied", vote };
  const reached = progress({ ...change, votes: [...change.votes, vote] });
  return reached.every(({ have, need }) => have >= need)
    ? { kind: "decided", state: "approved", vote }
    : { kind: "counted", vote, progress: reached };
}

/** A denial wins over an approval until the first call has left for a platform. */
function mayStillDeny(change: Change, { kind }: Press): boolean {
  return kind === "deny" && change.state === "approved" && isUntouched(change);
}

/** Every approval step with the distinct people it has so far; empty where no approval is asked for. */
export function progress(change: Pick<Change, "verdict" | "votes">): StepProgress[] {
  if (change.verdict.kind !== "approve") return [];
  return change.verdict.steps.map(({ from, count, self }, step) => {
    const approving = change.votes.filter(
      (vote) => vote.kind === "approve" && vote.steps.includes(step),
    );
    return { step, have: new Set(approving.map((vote) => vote.by)).size, need: count, from, self };
  });
}

/** Places of the steps for which this person's vote counts. */
function stepsFor(change: Change, by: Person, policy: Policy): number[] {
  if (change.verdict.kind !== "approve") return [];
  return change.verdict.steps.flatMap(({ from, self }, step) =>
    isAmong(from, by, policy) && (self || !isCalled(by, change.askedBy)) ? [step] : [],
  );
}

function whyNot(
  change: Change,
  { by, kind }: Press,
  steps: number[],
  policyNow: Policy,
): NotCounted | undefined {
  const asker = isCalled(by, change.askedBy);
  const earlier = change.votes.find((vote) => isCalled(by, vote.by));
  if (by.kind !== "member")
    return no("Only full members of this workspace can decide. Your press was not counted.");
  if (asker && kind === "deny")
    return no("You asked for this, so you cannot deny it. Use Withdraw instead.");
  if (earlier) {
    const sentence = "You have already decided on this. Your second press was not counted.";
    return { ...no(sentence), alreadyBy: by.id, at: earlier.at };
  }
  if (asker && steps.length === 0) {
    return no("You asked for this, so somebody else has to decide. Your press was not counted.");
  }
  if (steps.length === 0)
    return no("The policy asks other people to decide this. Your press was not counted.");
  if (!agreesNow(change, by, policyNow)) {
    return no(
      "The policy has changed since this was asked, and you can no longer decide it. Your press was not counted.",
    );
  }
  return undefined;
}

function alreadyDecided(change: Change): NotCounted {
  const late = change.state === "expired" && change.decidedAt !== undefined;
  const deciding = change.votes.findLast(
    (vote) => vote.kind === (change.state === "denied" ? "deny" : "approve"),
  );
  const by = change.state === "withdrawn" ? change.askedBy : deciding?.by;
  const at = change.decidedAt ?? deciding?.at;
  return {
    ...no(`${late ? startedLate : decidedSentences[change.state]} Nothing more to do.`),
    ...(by !== undefined &&
      change.state !== "expired" &&
      change.state !== "superseded" && { alreadyBy: by }),
    ...(at && { at }),
  };
}

const startedLate = "This was approved, but it was not begun in time, so it expired.";
const decidedSentences: Record<Change["state"], string> = {
  waiting: "",
  approved: "This is already approved.",
  running: "This is already approved and being carried out.",
  done: "This was already approved and is done.",
  partly: "This was already approved and is partly done.",
  failed: "This was already approved, and it failed.",
  needs_attention: "This was already approved, and its outcome is not known.",
  denied: "This was already denied.",
  expired: "Nobody decided this in time, so it expired.",
  withdrawn: "This was already withdrawn.",
  superseded: "This was replaced by something newer.",
};

/** True from the moment on at which nobody may decide any more. */
export function isPast(change: Pick<Change, "expiresAt">, now: Date): boolean {
  return change.expiresAt !== undefined && now >= change.expiresAt;
}

function no(sentence: string): NotCounted {
  return { kind: "not_counted", sentence };
}
