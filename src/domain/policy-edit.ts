import type { Policy, Rule } from "./policy.ts";

/** Puts a rule in the place of another, or at the end where there is none. */
export function putRule(policy: Policy, rule: Rule, place = policy.rules.length): Policy {
  const rules = [...policy.rules];
  rules[Math.min(place, rules.length)] = rule;
  return { ...policy, rules };
}

export function removeRule(policy: Policy, place: number): Policy {
  return { ...policy, rules: policy.rules.filter((_, at) => at !== place) };
}

/** Lets a rule change places with its neighbour; beyond either end nothing moves. */
export function moveRule(policy: Policy, place: number, by: -1 | 1): Policy {
  const [one, other] = [policy.rules[place], policy.rules[place + by]];
  if (!one || !other) return policy;
  const rules = policy.rules.with(place, other).with(place + by, one);
  return { ...policy, rules };
}

/** What saving a policy in the place of another would change. */
export interface PolicyDifference {
  added: readonly Rule[];
  removed: readonly Rule[];
  changed: readonly { was: Rule; now: Rule }[];
  /** Rules that stay as they are stand in another order. */
  reordered: boolean;
  channel: boolean;
  admins: boolean;
}

/** Rules are the same by all that they say, and changed where only their name is. */
export function differenceOf(was: Policy, now: Policy): PolicyDifference {
  const [before, after] = [was.rules.map(written), now.rules.map(written)];
  const gone = was.rules.filter((rule) => !after.includes(written(rule)));
  const fresh = now.rules.filter((rule) => !before.includes(written(rule)));
  const changed = fresh.flatMap((rule) => {
    const old = gone.find(({ name }) => name === rule.name);
    return old ? [{ was: old, now: rule }] : [];
  });
  const stayed = before.filter((one) => after.includes(one));
  return {
    added: fresh.filter((rule) => !changed.some((one) => one.now === rule)),
    removed: gone.filter((rule) => !changed.some((one) => one.was === rule)),
    changed,
    reordered: written(stayed) !== written(after.filter((one) => before.includes(one))),
    channel: was.channel !== now.channel,
    admins: written(was.admins ?? []) !== written(now.admins ?? []),
  };
}

export function isDifferent(difference: PolicyDifference): boolean {
  const { added, removed, changed, reordered, channel, admins } = difference;
  return added.length + removed.length + changed.length > 0 || reordered || channel || admins;
}

function written(thing: unknown): string {
  return JSON.stringify(thing);
}
