import { folded } from "./glob.ts";
import type { Policy } from "./policy.ts";
import { shadowsIn } from "./policy-shadows.ts";
import { shorten } from "./shorten.ts";

/** What a policy says that does nothing now, though it may later or was not meant so; a sentence for each. */
export function notesOn(policy: Policy, connections?: readonly string[]): string[] {
  return [
    ...shadowNotes(policy),
    ...policy.rules.flatMap((_, place) => patternNotes(policy, place)),
    ...(connections ? connectionNotes(policy, connections) : []),
  ];
}

function shadowNotes(policy: Policy): string[] {
  return shadowsIn(policy).map(({ rule, by }) => {
    const why =
      policy.rules[by]?.then === "deny" && by > rule
        ? "denies all that it speaks of"
        : "already decides all that it speaks of";
    return `${ruleAt(policy, rule)} never decides anything: ${ruleAt(policy, by, "rule")} ${why}.`;
  });
}

function patternNotes(policy: Policy, place: number): string[] {
  const patterns = policy.rules[place]?.when.campaign ?? [];
  return patterns.flatMap((one) => {
    const said = `${ruleAt(policy, place)} speaks of the campaign “${shorten(one, 60)}”`;
    if (/, ?\S/.test(one))
      return `${said}: that is one name with a comma in it. Several are written as a list: [a, b].`;
    if (/^\^|\$$|\.\*|\\/.test(one))
      return `${said}, in which only * and ? have a meaning of their own.`;
    return [];
  });
}

function connectionNotes(policy: Policy, connections: readonly string[]): string[] {
  const known = new Set(connections.map(folded));
  return policy.rules.flatMap(({ when }, place) =>
    (when.connection ?? [])
      .filter((one) => !known.has(folded(one)))
      .map(
        (one) =>
          `${ruleAt(policy, place)} speaks of the connection “${one}”, and there is none of that name now.`,
      ),
  );
}

function ruleAt({ rules }: Policy, place: number, word = "Rule"): string {
  return `${word} ${place + 1} (“${shorten(rules[place]?.name ?? "", 60)}”)`;
}
