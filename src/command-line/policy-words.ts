import type { Policy, Rule, Then, When } from "../domain/policy.ts";

/** A policy read aloud, one line for each rule and one for what is left. */
export function rulesInWords({ channel, admins, rules }: Policy): string[] {
  return [
    `Cards go to ${channel ?? "the channel where the command was typed"}.`,
    ...(admins ? [`Admins besides Slack's own: ${admins.join(", ")}.`] : []),
    ...rules.map((rule, index) => `${index + 1}. ${ruleInWords(rule)}`),
    `${rules.length + 1}. Anything else is denied.`,
  ];
}

function ruleInWords({ name, when, then }: Rule): string {
  return `${name}: ${whenInWords(when)} ${thenInWords(then)}.`;
}

function whenInWords({ action, vendor, connection, campaign, requester }: When): string {
  const parts = [
    action ? oneOf(action) : "anything",
    ...(campaign ? [`of ${oneOf(campaign)}`] : []),
    ...(connection ? [`in ${oneOf(connection)}`] : []),
    ...(vendor ? [`at ${oneOf(vendor)}`] : []),
    requester ? `by ${oneOf(requester)}` : "by anyone",
  ];
  return parts.join(" ");
}

function thenInWords(then: Then): string {
  if (then === "allow") return "is allowed";
  if (then === "deny") return "is denied, whatever other rules say";
  const { from, count = 1, self = false } = then.approve;
  const asker = self ? "the asker may be one" : "never the asker";
  const within = then.expires ?? "8h";
  return `needs ${count} of ${from.join(", ")} (${asker}), within ${within}`;
}

function oneOf(list: readonly string[]): string {
  return list.join(" or ");
}
