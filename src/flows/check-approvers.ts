import type { Person, PersonKind } from "../domain/person.ts";
import { type Policy, type Rule, stepsOf } from "../domain/policy.ts";

/** Who is there, as Slack says it now. Undefined: Slack could not say. */
export interface Roll {
  person(id: string): Promise<Pick<Person, "id" | "kind"> | "not_known" | undefined>;
  /** Unreadable: Slack will never say. */
  members(group: string): Promise<readonly string[] | "unreadable" | undefined>;
}

/** A rule that asks for more people than there are. */
export interface ShortRule {
  rule: string;
  asks: number;
  left: readonly string[];
  gone: readonly { id: string; why: Gone }[];
}
type Gone = Exclude<PersonKind, "member"> | "not_known" | "empty" | "unreadable";

export type CheckedApprovers = { kind: "checked"; short: ShortRule[] } | { kind: "unsaid" };

/**
 * Finds rules that nobody, or too few, could ever agree to. Only as many people are looked up as are asked for.
 * `admins` and `members` are taken to be enough: a workspace at Slack has an owner.
 */
export async function checkApprovers(policy: Policy, roll: Roll): Promise<CheckedApprovers> {
  const known = remembered(roll);
  const short: ShortRule[] = [];
  for (const rule of policy.rules) {
    for (const { from, count } of callsOf(rule)) {
      const found = await livingOf(from, count, known);
      if (!found) return { kind: "unsaid" };
      if (found.left.length < count) short.push({ rule: rule.name, asks: count, ...found });
    }
  }
  return { kind: "checked", short };
}

/** Whom a rule calls to decide, and how many of them it takes. */
function callsOf({ then }: Rule): { from: readonly string[]; count: number }[] {
  if (typeof then === "string") return [];
  if ("ratify" in then) return [{ from: then.ratify.from, count: 1 }];
  const steps = stepsOf(then).map(({ from, count = 1 }) => ({ from, count }));
  const late = then.on_timeout;
  return typeof late === "object" ? [...steps, { from: late.escalate, count: 1 }] : steps;
}

type Found = Pick<ShortRule, "left" | "gone">;

async function livingOf(
  from: readonly string[],
  count: number,
  roll: Roll,
): Promise<Found | undefined> {
  if (from.some((one) => one === "admins" || one === "members")) {
    return { left: Array<string>(count).fill("admins"), gone: [] };
  }
  const left = new Set<string>();
  const gone = new Map<string, Gone>();
  for (const one of from) {
    const said = one.startsWith("S") ? await roll.members(one) : [one];
    if (!said) return undefined;
    const ids = said === "unreadable" ? [] : said;
    if (ids.length === 0) gone.set(one, said === "unreadable" ? said : "empty");
    for (const id of ids) {
      const who = await roll.person(id);
      if (who === undefined) return undefined;
      if (who === "not_known") gone.set(id, who);
      else if (who.kind === "member") left.add(who.id);
      else gone.set(id, who.kind);
      if (left.size >= count) return { left: [...left], gone: [] };
    }
  }
  return { left: [...left], gone: [...gone].map(([id, why]) => ({ id, why })) };
}

function remembered(roll: Roll): Roll {
  const people = new Map<string, ReturnType<Roll["person"]>>();
  const groups = new Map<string, ReturnType<Roll["members"]>>();
  return {
    person: (id) => people.get(id) ?? kept(people, id, roll.person(id)),
    members: (id) => groups.get(id) ?? kept(groups, id, roll.members(id)),
  };
}

function kept<T>(memory: Map<string, T>, id: string, value: T): T {
  memory.set(id, value);
  return value;
}

const whyWords: Record<Gone, string> = {
  deactivated: "is deactivated",
  guest: "is a guest",
  bot: "is a bot",
  stranger: "is of another organisation",
  not_known: "is not known to Slack",
  empty: "has no members",
  unreadable: "is a user group that cannot be read",
};

/** Which rule, how many it asks for, who is left and who is not; people and groups as their ids. */
export function shortInWords({ rule, asks, left, gone }: ShortRule): string {
  const can = left.length === 0 ? "nobody" : `only ${left.join(", ")}`;
  const cannot = gone.map(({ id, why }) => `${id} ${whyWords[why]}`).join(", ");
  const people = asks === 1 ? "one person" : `${asks} people`;
  return `“${rule}” asks for ${people}, and ${can} could decide${cannot && `: ${cannot}`}.`;
}

export const unsaidSentence =
  "Slack could not say just now who is still there, so nothing was saved. Please try again in a minute.";
