import type { Person, PersonKind } from "../../domain/person.ts";
import type { ApprovalStep, PolicyAction } from "../../domain/policy.ts";
import type { Allowance, Answer } from "../../domain/what-you-may.ts";
import type { Names } from "./names.ts";
import { joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { oneOf, whoCould } from "./who-could.ts";
import { counted, listed } from "./words.ts";

/** What one person may ask for here, a line for each kind of answer; why not where they are no member. */
export function rightsLines(by: Person, allowances: readonly Allowance[], known?: Names): Mrkdwn[] {
  const kind = by.kind === "member" ? [] : [mrkdwn`${kinds[by.kind]}`];
  const lines = allowances.flatMap(({ actions, answers }) =>
    answers.map(
      (one) => mrkdwn`• ${names(actions)}${place(one, answers)}: ${words(by, one, known)}`,
    ),
  );
  return [...kind, ...lines];
}

function names(actions: readonly PolicyAction[]): Mrkdwn {
  const shown = actions.map((action) =>
    action === "stop" ? mrkdwn`*stop all*` : mrkdwn`*${action}*`,
  );
  return joined(shown, ", ");
}

const kinds: Record<Exclude<PersonKind, "member">, string> = {
  guest: "You are a guest of this workspace: you may do what a rule of the policy names you for.",
  bot: "Bots may do nothing here.",
  deactivated: "This account is deactivated, so it may do nothing here.",
  stranger:
    "You belong to another organisation: you may do what a rule of the policy names you for.",
};

const mostPlaces = 6;

/** Only where it is not the same everywhere. */
function place({ connections }: Answer, all: readonly Answer[]): string {
  if (all.length < 2) return "";
  const more = connections.length - mostPlaces;
  const shown = connections.slice(0, mostPlaces);
  return ` at ${listed(more > 0 ? [...shown, `${more} more`] : shown)}`;
}

function words(by: Person, { verdict, whoCan }: Answer, known?: Names): Mrkdwn {
  switch (verdict.kind) {
    case "allow":
      return mrkdwn`you may, at once.`;
    case "ratify":
      return mrkdwn`you may, at once. Afterwards ${oneOf(verdict.from, known)} has to ratify it, not you.`;
    case "approve":
      return mrkdwn`you may, with ${steps(verdict.steps, known)}.`;
    case "deny":
      return mrkdwn`you may not. ${whoCould({ deed: "ask", from: whoCan }, by, known)}`;
  }
}

/** "1 approval from an admin, then 2 from @marketing or you". */
function steps(all: readonly ApprovalStep[], known?: Names): Mrkdwn {
  const parts = all.map(({ from, count, self }, at) => {
    const what = at === 0 ? counted(count, "approval") : String(count);
    return mrkdwn`${what} from ${oneOf(from, known)}${self ? ", you included" : ", not yourself"}`;
  });
  return joined(parts, ", then ");
}
