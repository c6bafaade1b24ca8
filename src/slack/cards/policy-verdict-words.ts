import type { Person, PersonKind } from "../../domain/person.ts";
import type { ApprovalStep, Policy, PolicyAction, Verdict } from "../../domain/policy.ts";
import { formatDuration } from "../../domain/when.ts";
import { joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { counted, person, when, who } from "./words.ts";

/** What a draft would say of a wish: the verdict, the rule, who could decide, and why not others. */
export function verdictWords(asked: {
  by: Person;
  action: PolicyAction;
  campaigns: number;
  at: Date;
  verdict: Verdict;
  policy: Policy;
}): Mrkdwn[] {
  const { by, action, campaigns, at, verdict, policy } = asked;
  const wish = mrkdwn`If ${person(by.id)} asked to ${action} ${counted(campaigns, "campaign")}, ${when(at)}:`;
  return [joined([wish, ...answerOf(verdict, by, policy)], "\n")];
}

function answerOf(verdict: Verdict, by: Person, policy: Policy): Mrkdwn[] {
  switch (verdict.kind) {
    case "allow":
      return [mrkdwn`*It would be allowed* (rule “${verdict.rule}”).`];
    case "deny":
      return [denial(verdict.rule, by, policy)];
    case "ratify":
      return [
        mrkdwn`*It would be done at once* (rule “${verdict.rule}”), and one of ${listOf(verdict.from)} would have to answer for it within ${formatDuration(verdict.withinMs)}.`,
      ];
    case "approve": {
      const within = formatDuration(verdict.expiresAfterMs);
      return [
        mrkdwn`*It would need approval within ${within}* (rule “${verdict.rule}”):`,
        ...verdict.steps.map((step) => stepOf(step, by)),
      ];
    }
  }
}

function denial(name: string, by: Person, { rules }: Policy): Mrkdwn {
  if (name === "") {
    return by.kind === "member"
      ? mrkdwn`*It would be denied:* no rule lets them do this.`
      : mrkdwn`*It would be denied:* they are ${kinds[by.kind]}, and no rule names them.`;
  }
  return rules.some((rule) => rule.name === name && rule.then === "deny")
    ? mrkdwn`*It would be denied* by rule “${name}”.`
    : mrkdwn`*It would be denied:* rule “${name}” asks for approval, and besides ${person(by.id)} too few people could give it.`;
}

const kinds: Record<Exclude<PersonKind, "member">, string> = {
  guest: "a guest",
  bot: "a bot",
  stranger: "of another organisation",
  deactivated: "deactivated",
};

function stepOf({ from, count, self }: ApprovalStep, by: Person): Mrkdwn {
  const asker = self
    ? mrkdwn`${person(by.id)} may be one`
    : mrkdwn`not ${person(by.id)}, who asked`;
  return mrkdwn`• ${count} from ${listOf(from)} (${asker})`;
}

function listOf(ids: readonly string[]): Mrkdwn {
  return joined(ids.map(who), ", ");
}
