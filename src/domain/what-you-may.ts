import type { Action, VendorName } from "./campaign.ts";
import { judge } from "./judge.ts";
import type { Person } from "./person.ts";
import { type Policy, type PolicyAction, policyActions, type Verdict } from "./policy.ts";
import { whoMay } from "./rights.ts";
import { whoCouldAsk } from "./who-could.ts";

/** One connection, and what its platform cannot do at all. */
export interface Account {
  connectionId: string;
  connection: string;
  vendor: VendorName;
  cannot: readonly Action[];
}

/** What the policy says at these connections, and who could ask instead where it says no. */
export interface Answer {
  connections: readonly string[];
  verdict: Verdict;
  whoCan: readonly string[];
}

/** Actions with the same answers everywhere. */
export interface Allowance {
  actions: readonly PolicyAction[];
  answers: readonly Answer[];
}

/** What somebody may ask for of a campaign that no rule names, one at a time and at that moment. */
export function whatYouMay(
  policy: Policy,
  by: Person,
  accounts: readonly Account[],
  at: Date,
): Allowance[] {
  const byAction = policyActions.map((action) => ({
    action,
    answers: gathered(
      accounts
        .filter(({ cannot }) => !cannot.includes(action === "stop" ? "pause" : action))
        .map((account) => answerAt(policy, action, by, account, at)),
    ),
  }));
  const groups = alike(byAction, ({ answers }) =>
    answers.length === 1
      ? answers.map(meaning)
      : answers.map((one) => [one.connections, meaning(one)]),
  );
  return groups.flatMap((group) => {
    const answers = group[0]?.answers ?? [];
    return answers.length > 0 ? [{ actions: group.map(({ action }) => action), answers }] : [];
  });
}

/** Everybody whom these answers name, for looking up how they are called. */
export function namedInAnswers(all: readonly Allowance[]): string[] {
  return all.flatMap(({ answers }) =>
    answers.flatMap(({ verdict, whoCan }) => [...whoCan, ...whoMay(verdict, "pause")]),
  );
}

/** True where some campaigns, numbers of them or hours have rules of their own. */
export function hasSpecialRules({ rules }: Policy): boolean {
  return rules.some(({ when }) => when.campaign ?? when.targets ?? when.hours);
}

function answerAt(
  policy: Policy,
  action: PolicyAction,
  by: Person,
  { connectionId, connection, vendor }: Account,
  at: Date,
): Answer {
  const targets = [{ connectionId, connection, vendor, campaign: { id: "", name: "" } }];
  const verdict = judge(policy, { action, by, targets, at });
  const whoCan = verdict.kind === "deny" ? whoCouldAsk(policy, { action, targets, at }) : [];
  return { connections: [connection], verdict, whoCan };
}

function gathered(answers: readonly Answer[]): Answer[] {
  return alike(answers, meaning).flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, connections: group.flatMap((one) => one.connections) }] : [];
  });
}

/** What of a verdict matters to whoever asks. */
function meaning({ verdict, whoCan }: Answer): unknown {
  if (verdict.kind === "approve") return [verdict.kind, verdict.steps];
  return [verdict.kind, verdict.kind === "ratify" ? verdict.from : whoCan];
}

/** Those with an equal trait side by side, in the order in which the first of them came. */
function alike<One>(all: readonly One[], trait: (one: One) => unknown): One[][] {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const key = JSON.stringify(trait(one));
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}
