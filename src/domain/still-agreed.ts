import { askingBoth } from "./both-policies.ts";
import type { Change, Target } from "./change.ts";
import { judge, whyNobody } from "./judge.ts";
import { isStopping } from "./judge-one.ts";
import { judgeWithLeave } from "./judge-with-leave.ts";
import type { Person } from "./person.ts";
import type { Policy, PolicyAction, Verdict } from "./policy.ts";
import { progress } from "./progress.ts";
import { shorten } from "./shorten.ts";

/** What is known at the moment before a call leaves. */
export interface Moment {
  policy: Policy;
  policyVersion: number;
  /** Whoever asked, as far as it is known now. */
  by: Person;
  /** How the platform calls the campaign now. */
  name: string;
  at: Date;
}

/**
 * Why the policy of this moment does not let the call leave for this campaign, in a sentence; undefined where it does.
 * A pause is heard once more only when its campaign was asked about by an id, and its name is known now.
 */
export function whyNotAnyMore(
  change: Change,
  target: Target,
  { policy, policyVersion, by, name, at }: Moment,
): string | undefined {
  const action = actionOf(change);
  if (isStopping(action) && !target.unread) return undefined;
  const calledNow = target.unread || name !== target.campaign.name ? { calledNow: name } : {};
  const { calledNow: _earlier, ...asAsked } = target;
  const asked = { action, by, at, count: change.targets.length };
  const verdict = judgedOf(change, policy, { ...asked, targets: [{ ...asAsked, ...calledNow }] });
  if (isAgreed(change, verdict, by)) return undefined;
  if (whyNobody(by, policy, action))
    return "The policy no longer lets whoever asked for this ask for it.";
  if (verdict.kind === "deny" && verdict.unsaid)
    return verdict.sentence.replace(" Nothing was changed. Ask again in a minute.", "");
  const asBefore = judgedOf(change, policy, { ...asked, targets: [{ ...asAsked, unread: false }] });
  const forItsName = target.unread || ("calledNow" in calledNow && isAgreed(change, asBefore, by));
  if (forItsName) return `Its name is “${shorten(name, 80)}” now. ${forThatName[kindOf(verdict)]}`;
  return policyVersion === change.policyVersion
    ? atThisMoment[kindOf(verdict)]
    : sinceThen[kindOf(verdict)];
}

function actionOf({ stop, action }: Change): PolicyAction {
  return stop ? "stop" : action;
}

type Asked = Parameters<typeof judge>[1];

function judgedOf({ verdict }: Change, policy: Policy, asked: Asked): Verdict {
  const leave = verdict.kind === "allow" && verdict.leave ? verdict.rule : undefined;
  return leave === undefined ? judge(policy, asked) : judgeWithLeave(policy, asked, leave);
}

/** Nothing forbids it, and whoever has to agree now has agreed. */
function isAgreed(change: Change, now: Verdict, asker: Person): boolean {
  if (now.kind === "deny") return false;
  if (now.kind !== "approve") return true;
  if (change.verdict.kind !== "approve") return false;
  return progress(askingBoth(change, now, asker)).every(({ have, need }) => have >= need);
}

function kindOf({ kind }: Verdict): "deny" | "approve" {
  return kind === "deny" ? "deny" : "approve";
}

const forThatName = {
  deny: "The policy does not allow this of it.",
  approve: "The policy asks for an approval first that this does not have. Ask again to get one.",
};
const sinceThen = {
  deny: "The policy was changed after this was agreed to and does not allow it any more.",
  approve:
    "The policy was changed after this was agreed to and asks for an approval that this does not have. Ask again to get one.",
};
const atThisMoment = {
  deny: "The policy does not allow this at this time.",
  approve:
    "The policy asks for an approval at this time that this does not have. Ask again to get one.",
};
