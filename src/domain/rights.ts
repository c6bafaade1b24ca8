import { isCalled, type Person, type PersonKind } from "./person.ts";
import { deciders, type Policy, type PolicyAction, type Verdict } from "./policy.ts";
import { isAdmin } from "./rule-match.ts";

export type Leave = { ok: true } | { ok: false; sentence: string };

/** May this person connect vendors, and change the digest and other settings of the workspace? */
export function mayConfigure(person: Person, policy?: Pick<Policy, "admins">): Leave {
  if (isAdmin(person, policy ?? {})) return { ok: true };
  return {
    ok: false,
    sentence:
      "Only admins may do this, and you are not one. Nothing was changed. Ask an admin of this workspace.",
  };
}

/** May this person look at campaigns and changes? Full members may, and people whom a rule names as requesters. */
export function maySee(person: Person, policy: Policy): Leave {
  const named = policy.rules.some(
    ({ when, then }) =>
      then !== "deny" &&
      when.requester?.some(
        (one) => isCalled(person, one) || (one === "guests" && person.kind === "guest"),
      ),
  );
  if (person.kind === "member" || (named && person.kind !== "deactivated")) return { ok: true };
  const why = kinds[person.kind];
  return {
    ok: false,
    sentence: `Only full members of this workspace may see its campaigns, and you are ${why}. Ask one of them, or an admin for a rule that names you.`,
  };
}

const kinds: Record<Exclude<PersonKind, "member">, string> = {
  guest: "a guest",
  bot: "a bot",
  deactivated: "no longer one",
  stranger: "of another organisation",
};

/**
 * Whom to ask, as people, groups, `admins`, `members`, `guests`: of a verdict those who can approve, of a policy those
 * who may ask for the action.
 */
export function whoMay(source: Verdict | Policy, action: PolicyAction): string[] {
  if ("rules" in source) {
    const rules = source.rules.filter(
      ({ when, then }) => then !== "deny" && (when.action?.includes(action) ?? true),
    );
    return unique(rules.flatMap(({ when }) => when.requester ?? ["members"]));
  }
  if (source.kind === "ratify") return unique(source.from);
  return source.kind === "approve" ? unique(source.steps.flatMap((step) => step.from)) : [];
}

/** The user groups (S…) that the policy mentions: the ones worth asking Slack about. */
export function groupsNamed(policy: Policy): string[] {
  const mentioned = policy.rules.flatMap(({ when, then }) => [
    ...(when.requester ?? []),
    ...deciders(then),
  ]);
  return groupsAmong(mentioned);
}

/** The user groups on which it depends who may ask for something of the kind. */
export function groupsAsking({ rules }: Policy, action: PolicyAction): string[] {
  const speaking = rules.filter(({ when }) => when.action?.includes(action) ?? true);
  return groupsAmong(speaking.flatMap(({ when }) => when.requester ?? []));
}

/** The user groups on which it depends who decides about something of the kind, or answers for it. */
export function groupsDeciding({ rules }: Policy, action: PolicyAction): string[] {
  const speaking = rules.filter(({ when }) => when.action?.includes(action) ?? true);
  return groupsAmong(speaking.flatMap(({ then }) => deciders(then)));
}

function groupsAmong(list: readonly string[]): string[] {
  return unique(list.filter((one) => /^S[A-Z0-9]+$/.test(one)));
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}
