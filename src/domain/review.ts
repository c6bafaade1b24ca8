import { askingBoth } from "./both-policies.ts";
import type { Change, Vote } from "./change.ts";
import { isUntouched } from "./change-steps.ts";
import { judge } from "./judge.ts";
import { isCalled, type Person } from "./person.ts";
import type { ApprovalStep, Denying, Policy, Verdict } from "./policy.ts";
import { openSteps, progress, type StepProgress, stepsIn } from "./progress.ts";
import { isAmong, unreadIn } from "./rule-match.ts";
import { timedOut } from "./time-out.ts";

/** Somebody who is away, and who decides instead until then. */
export interface Absence {
  person: Person;
  standIn: string;
}

export interface Press {
  by: Person;
  kind: Vote["kind"];
  reason?: string;
  /** Whoever asked, looked up afresh: the policy of this moment must still let them ask. */
  asker: Person;
  /** Those who are away now and have named this person. */
  absences?: readonly Absence[];
}

interface NotCounted {
  kind: "not_counted";
  sentence: string;
  /** Who decided before, and when, where that is the reason. */
  alreadyBy?: string;
  at?: Date;
  /** Whom to ask instead where that is the reason: people, groups, `admins`, `members`; empty where nobody can. */
  whoCan?: readonly string[];
}

interface Given {
  vote: Vote;
  /** What the change asks for from now on, where the policy of now asks for more than it did. */
  asks?: Verdict;
}

export type Review =
  | ({ kind: "counted"; progress: StepProgress[] } & Given)
  | ({ kind: "decided"; state: "approved" | "denied" } & Given)
  | { kind: "expired"; sentence: string }
  | NotCounted;

/** What a press of Approve or Deny means: both the policy under which it was asked and `policyNow` must have their way. */
export function review(change: Change, press: Press, now: Date, policyNow: Policy): Review {
  if (change.state !== "waiting" && !mayStillDeny(change, press)) return alreadyDecided(change);
  const late = timedOut(change, now);
  if ("sentence" in late) return { kind: "expired", sentence: late.sentence };
  const today = judgeAgain(change, press.asker, policyNow, now);
  const asking = askingBoth(change, today, press.asker);
  const voice = voiceOf(asking, press, policyNow);
  const refusal = whyNot(asking, press, voice, policyNow, today);
  if (refusal) return refusal;

  const vote = voteOf(press, voice, now);
  const { verdict } = asking;
  const asks = verdict !== change.verdict && { asks: verdict };
  if (press.kind === "deny") return { kind: "decided", state: "denied", vote, ...asks };
  const reached = progress({ verdict, votes: [...change.votes, vote] });
  return reached.every(({ have, need }) => have >= need)
    ? { kind: "decided", state: "approved", vote, ...asks }
    : { kind: "counted", vote, progress: reached, ...asks };
}

/** Would the policy of this moment let the asker ask, and what would it ask for? */
function judgeAgain(change: Change, by: Person, policyNow: Policy, at: Date): Verdict {
  const { stop, action, targets } = change;
  return judge(policyNow, { action: stop ? "stop" : action, by, targets, at });
}

function voteOf({ by, kind, reason }: Press, { steps, instead }: Voice, at: Date): Vote {
  return {
    by: by.id,
    kind,
    at,
    steps,
    ...(instead && { instead: instead.id }),
    ...(reason !== undefined && { reason }),
  };
}

/** A denial wins over an approval until the first call has left for a platform. */
function mayStillDeny(change: Change, { kind }: Press): boolean {
  return kind === "deny" && change.state === "approved" && isUntouched(change);
}

/** For which steps somebody speaks: by their own right, or by that of one they stand in for. */
interface Voice {
  instead?: Person;
  steps: number[];
}

function voiceOf(change: Change, { by, kind, absences = [] }: Press, policy: Policy): Voice {
  // An approval counts for the steps at hand, a denial from whoever has a say in any of them.
  const places = kind === "approve" ? openSteps(change) : stepsIn(change).map((_, place) => place);
  const stepsOf = (who: Person) =>
    places.filter((place) => maySpeak(change, place, who, by, policy));
  const own = stepsOf(by);
  if (own.length > 0) return { steps: own };
  for (const { person, standIn } of absences) {
    const named = isCalled(by, standIn) && !change.votes.some((vote) => isHeard(vote, person));
    const steps = named ? stepsOf(person) : [];
    if (steps.length > 0) return { instead: person, steps };
  }
  return { steps: [] };
}

/** Neither the asker nor somebody whom the asker stands in for, where the step excludes the asker. */
function maySpeak(change: Change, place: number, who: Person, by: Person, policy: Policy): boolean {
  const step = stepsIn(change)[place] as ApprovalStep;
  const asker = isCalled(who, change.askedBy) || isCalled(by, change.askedBy);
  return isAmong(step.from, who, policy) && (step.self || !asker);
}

function isHeard(vote: Vote, person: Person): boolean {
  return (
    isCalled(person, vote.by) || (vote.instead !== undefined && isCalled(person, vote.instead))
  );
}

function whyNot(
  change: Change,
  { by, kind }: Press,
  { steps }: Voice,
  policyNow: Policy,
  today: Verdict,
): NotCounted | undefined {
  const asked = isCalled(by, change.askedBy);
  if (by.kind !== "member")
    return notYet(
      change,
      "Only full members of this workspace can decide. Your press was not counted.",
    );
  if (asked && kind === "deny")
    return notYet(change, "You asked for this, so you cannot deny it. Use Withdraw instead.");
  const earlier = change.votes.find((vote) => isHeard(vote, by));
  if (earlier) {
    const sentence = isCalled(by, earlier.by)
      ? "You have already decided on this. Your second press was not counted."
      : "Somebody has already decided on this instead of you. Your press was not counted.";
    return { ...no(sentence), alreadyBy: earlier.by, at: earlier.at };
  }
  if (steps.length === 0) return notYours(change, by, policyNow, asked);
  // A denial is good under any policy: it starts nothing.
  if (kind === "deny" || today.kind !== "deny") return undefined;
  return { ...no(`${whyDenied(change, today)} Your press was not counted.`), whoCan: [] };
}

/** What is not known, or is called otherwise now, is a reason of its own. */
function whyDenied({ targets }: Change, { sentence, unsaid }: Denying): string {
  const renamed = targets.some(({ calledNow }) => calledNow !== undefined);
  if (renamed || unsaid) return sentence;
  return "The policy has changed since this was asked, or does not allow it at this time.";
}

/** With those whose turn it is. */
function notYet(change: Change, sentence: string): NotCounted {
  const open = openSteps(change).map((place) => stepsIn(change)[place] as ApprovalStep);
  return { ...no(sentence), whoCan: [...new Set(open.flatMap(({ from }) => from))] };
}

function notYours(change: Change, by: Person, policy: Policy, asked: boolean): NotCounted {
  const unread = unreadIn(
    stepsIn(change).flatMap(({ from }) => from),
    by,
  );
  if (unread.length > 0 && !asked) return no(unreadSentence(unread));
  const later = stepsIn(change).some(({ from }) => isAmong(from, by, policy));
  const why = asked
    ? "You asked for this, so somebody else has to decide."
    : later
      ? "Others have to decide first, and then it is your turn."
      : "The policy asks other people to decide this.";
  return notYet(change, `${why} Your press was not counted.`);
}

/** It is not known whether somebody is among those who are asked. */
export function unreadSentence(groups: readonly string[]): string {
  return `The user group ${[...new Set(groups)].join(", ")} could not be read, so it is not known whether you can decide this. Your press was not counted. Try again in a minute.`;
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

function no(sentence: string): NotCounted {
  return { kind: "not_counted", sentence };
}
