import type { Person } from "../../domain/person.ts";
import type { Deed, WhoCan } from "../../domain/who-could.ts";
import { type Names, named } from "./names.ts";
import { joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { listed } from "./words.ts";

const mostNamed = 6;

/**
 * The end of every refusal: who could do it instead. People of other organisations are told no names; where nobody
 * could, that is said.
 */
export function whoCould({ deed, from }: WhoCan, by: Pick<Person, "kind">, names?: Names): Mrkdwn {
  if (by.kind === "stranger") return mrkdwn`${helpful}`;
  return from.length > 0 ? mrkdwn`${deeds[deed]}: ${oneOf(from, names)}.` : mrkdwn`${nobody[deed]}`;
}

/** The same where Slack shows plain text: whoever has no known name there is not named. */
export function whoCouldPlainly(
  { deed, from }: WhoCan,
  by: Pick<Person, "kind">,
  names: Names = {},
): string {
  if (by.kind === "stranger") return helpful;
  if (from.length === 0) return nobody[deed];
  const found = from.map(
    (one) => roles.get(one) ?? nameIn(names, one) ?? "those whom the policy names",
  );
  return `${deeds[deed]}: ${listed([...new Set(found)], "or")}.`;
}

function nameIn(names: Names, id: string): string | undefined {
  return Object.hasOwn(names, id) ? names[id] : undefined;
}

const roles: ReadonlyMap<string, string> = new Map([
  ["admins", "an admin"],
  ["members", "any member"],
  ["guests", "a guest"],
]);
const helpful = "Somebody of this workspace can help you.";

/** "an admin, @leads or Ben Okafor": people and groups by their own names. */
export function oneOf(ids: readonly string[], names?: Names): Mrkdwn {
  const shown = ids.slice(0, mostNamed).map((id) => named(id, names));
  const more = ids.length - mostNamed;
  const all = more > 0 ? [...shown, mrkdwn`${more} others`] : shown;
  const last = all.at(-1) ?? mrkdwn`nobody`;
  return all.length < 2 ? last : mrkdwn`${joined(all.slice(0, -1), ", ")} or ${last}`;
}

const deeds: Record<Deed, string> = {
  ask: "Who may",
  decide: "Who can decide it",
  answer: "Who can, and did not ask for it",
  withdraw: "Who can withdraw it",
};

const nobody: Record<Deed, string> = {
  ask: "As the policy is now, nobody may. An admin can change the policy.",
  decide: "As the policy is now, nobody can approve it. An admin can change the policy.",
  answer: "Nobody has to answer for it.",
  withdraw: "Nobody can withdraw it any more.",
};
