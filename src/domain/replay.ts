import type { Change } from "./change.ts";
import { judge } from "./judge.ts";
import { isCalled, type Person } from "./person.ts";
import type { ApprovalStep, Approving, Policy, Verdict } from "./policy.ts";

/** Members of user groups, by the group's id; a group that is not in it is not known. */
export type Groups = Readonly<Record<string, readonly string[]>>;

/** What a policy would have said of one past change. */
export interface Replayed {
  change: Change;
  now: Verdict;
  /** Nobody could have agreed to it: fewer than it asks for, the asker left out. */
  stuck: boolean;
  /** The record does not say what the asker was then, so a full member is assumed. */
  assumed: boolean;
}

/** All of them together. A wish that was refused when it was asked is no change, and is not among them. */
export interface Replay {
  allow: number;
  approve: number;
  ratify: number;
  deny: number;
  /** Also counted by their kind above. */
  stuck: number;
  assumed: number;
  /** Those that would be decided otherwise now, in the order in which they were given. */
  otherwise: readonly Replayed[];
}

/** What the policy would have decided on changes of the past, at the moment when each was asked for. */
export function replay(policy: Policy, changes: readonly Change[], groups: Groups = {}): Replay {
  const all = changes.map((change) => replayOne(policy, change, groups));
  const count = (kind: Verdict["kind"]) => all.filter(({ now }) => now.kind === kind).length;
  return {
    allow: count("allow"),
    approve: count("approve"),
    ratify: count("ratify"),
    deny: count("deny"),
    stuck: all.filter(({ stuck }) => stuck).length,
    assumed: all.filter(({ assumed }) => assumed).length,
    otherwise: all.filter(isOtherwise),
  };
}

function replayOne(policy: Policy, change: Change, groups: Groups): Replayed {
  const by = askerOf(change, groups);
  const { targets, askedAt: at } = change;
  const now = judge(policy, { action: change.stop ? "stop" : change.action, by, targets, at });
  const stuck = isDeniedForLack(policy, now) || (now.kind === "approve" && lacks(now, by, groups));
  return { change, now, stuck, assumed: change.askedAs === undefined };
}

/** What they were then, with the groups of now: those that the policy of then did not name are not on record. */
export function askerOf({ askedBy: id, askedAs }: Change, groups: Groups = {}): Person {
  const among = Object.keys(groups).filter((group) => groups[group]?.includes(id));
  const then = askedAs ?? { kind: "member", admin: false, groups: [] };
  return { ...then, id, groups: [...new Set([...then.groups, ...among])], zone: "UTC" };
}

/** A rule that asks for approval denies only where there are too few who could give it. */
function isDeniedForLack({ rules }: Policy, now: Verdict): boolean {
  const named = rules.filter(({ name }) => now.kind === "deny" && name === now.rule);
  return named.length > 0 && named.every(({ then }) => then !== "deny");
}

function lacks({ steps }: Approving, by: Person, groups: Groups): boolean {
  return steps.some(({ from, count, self }) => {
    const known = from.every((one) => isPerson(one) || groups[one]);
    const others = new Set(from.flatMap((one) => groups[one] ?? [one]));
    return known && [...others].filter((one) => self || !isCalled(by, one)).length < count;
  });
}

function isPerson(one: string): boolean {
  return /^[UW]/.test(one);
}

function isOtherwise({ change, now, stuck }: Replayed): boolean {
  const was = change.verdict;
  if (stuck || was.kind !== now.kind) return true;
  return was.kind === "approve" && now.kind === "approve" && !isSame(was.steps, now.steps);
}

/** The same people in the same number, in whatever order they are written. */
function isSame(one: readonly ApprovalStep[], other: readonly ApprovalStep[]): boolean {
  const inShort = (steps: readonly ApprovalStep[]) =>
    JSON.stringify(
      steps.map(({ from, count, self, chain = 0 }) => [from.toSorted(), count, self, chain]),
    );
  return inShort(one) === inShort(other);
}
