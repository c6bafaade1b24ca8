import type { Change, Ratified } from "./change.ts";
import { isCalled, type Person } from "./person.ts";
import type { Policy, Ratifying } from "./policy.ts";
import { type Absence, unreadSentence } from "./review.ts";
import { isAmong, unreadIn } from "./rule-match.ts";
import { isEnded } from "./settle.ts";

/** A press of Ratify or Reverse. */
export interface RatifyPress {
  kind: "ratify" | "reverse";
  by: Person;
  /** Those who are away now and have named this person. */
  absences?: readonly Absence[];
}

export type Ratification =
  | { kind: "answered"; ratified: Ratified; instead?: string }
  | RatifyRefusal;

interface RatifyRefusal {
  kind: "not_counted";
  sentence: string;
  /** Who answered before, and when, where that is the reason. */
  alreadyBy?: string;
  at?: Date;
  /** Whom to ask instead: people, groups, `admins`, `members`. */
  whoCan?: readonly string[];
}

/** What a press of Ratify or Reverse means for a change that acted first. The first answer is the only one. */
export function ratify(
  change: Change,
  press: RatifyPress,
  now: Date,
  policyNow: Pick<Policy, "admins">,
): Ratification {
  const { verdict, ratified } = change;
  if (verdict.kind !== "ratify") return no("This needs nobody to answer for it.");
  if (ratified) return alreadyAnswered(ratified);
  if (!isOwed(change)) return no("Nothing was changed by this, so there is nothing to answer for.");
  if (isOverdue(change, now)) return no("The time to answer for this is over.");
  const voice = voiceOf(change, verdict, press, policyNow);
  if (!voice) return notYours(change, verdict, press.by);
  const kind = press.kind === "ratify" ? "ratified" : "reversed";
  return {
    kind: "answered",
    ratified: { kind, by: press.by.id, at: now },
    ...(voice !== press.by && { instead: voice.id }),
  };
}

/** Somebody still has to answer for it: it acted first, and did something or may yet. */
export function isOwed(change: Change): boolean {
  const { verdict, ratifyBy, ratified, state, targets } = change;
  if (verdict.kind !== "ratify" || !ratifyBy || ratified) return false;
  const acted = ["done", "unknown", "needs_attention"];
  return !isEnded(state) || targets.some((target) => acted.includes(target.state));
}

/** It is taken back by itself unless somebody answers for it. */
export function lapses({
  verdict,
  ratified,
}: {
  verdict: Change["verdict"];
  ratified?: unknown;
}): boolean {
  return verdict.kind === "ratify" && verdict.otherwise === "revert" && !ratified;
}

/** Nobody has answered for it, and nobody may any more. */
export function isOverdue({ ratifyBy }: Pick<Change, "ratifyBy">, now: Date): boolean {
  return ratifyBy !== undefined && now >= ratifyBy;
}

/** With whose right somebody answers: their own, or that of one they stand in for; never the asker's. */
function voiceOf(
  { askedBy }: Change,
  { from }: Ratifying,
  { by, absences = [] }: RatifyPress,
  policy: Pick<Policy, "admins">,
): Person | undefined {
  if (by.kind !== "member" || isCalled(by, askedBy)) return undefined;
  const standsFor = absences.filter(({ standIn }) => isCalled(by, standIn));
  return [by, ...standsFor.map(({ person }) => person)].find(
    (who) => isAmong(from, who, policy) && !isCalled(who, askedBy),
  );
}

function notYours({ askedBy }: Change, { from }: Ratifying, by: Person): RatifyRefusal {
  if (by.kind !== "member")
    return { ...no("Only full members of this workspace can answer for this."), whoCan: from };
  const unread = unreadIn(from, by);
  if (unread.length > 0 && !isCalled(by, askedBy))
    return { kind: "not_counted", sentence: unreadSentence(unread) };
  const why = isCalled(by, askedBy)
    ? "You asked for this, so somebody else has to answer for it."
    : "The policy asks other people to answer for this.";
  return { ...no(why), whoCan: from };
}

function alreadyAnswered({ kind, by, at }: Ratified): RatifyRefusal {
  return { ...no(answeredSentences[kind]), at, ...(by !== undefined && { alreadyBy: by }) };
}

const answeredSentences: Record<Ratified["kind"], string> = {
  ratified: "This is already ratified.",
  reversed: "This is already reversed.",
  kept: "Nobody answered for this in time, so it was kept as it is.",
  reverted: "Nobody answered for this in time, so it is being taken back.",
};

function no(sentence: string): RatifyRefusal {
  return { kind: "not_counted", sentence: `${sentence} Your press was not counted.` };
}
