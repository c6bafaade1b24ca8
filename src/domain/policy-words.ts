import {
  type Hours,
  type OnTimeout,
  type Policy,
  type Rule,
  stepsOf,
  type Then,
  type When,
} from "./policy.ts";

/** A policy read aloud, one line for each rule and one for what is left. */
export function rulesInWords({ channel, admins, rules }: Policy): string[] {
  return [
    `Cards go to ${channel ?? "the channel where the command was typed"}.`,
    ...(admins ? [`Admins besides Slack's own: ${admins.join(", ")}.`] : []),
    ...rules.map((rule, index) => `${index + 1}. ${ruleInWords(rule)}`),
    `${rules.length + 1}. Anything else is denied.`,
  ];
}

/** What a rule says, in one sentence; people and groups as their ids. */
export function ruleInWords({ name, when, then }: Rule): string {
  return `${name}: ${whenInWords(when)} ${thenInWords(then)}.`;
}

function whenInWords({
  action,
  vendor,
  connection,
  campaign,
  requester,
  targets,
  hours,
}: When): string {
  const parts = [
    action ? oneOf(action) : "anything",
    ...(campaign ? [`of ${oneOf(campaign)}`] : []),
    ...(connection ? [`in ${oneOf(connection)}`] : []),
    ...(vendor ? [`at ${oneOf(vendor)}`] : []),
    ...(targets ? [countInWords(targets)] : []),
    requester ? `by ${oneOf(requester)}` : "by anyone",
    ...(hours ? [hoursInWords(hours)] : []),
  ];
  return parts.join(" ");
}

function countInWords({ min, max }: NonNullable<When["targets"]>): string {
  if (min !== undefined && max !== undefined) return `on ${min} to ${max} campaigns at once`;
  return min !== undefined
    ? `on ${min} campaigns or more at once`
    : `on at most ${max} campaigns at once`;
}

function hoursInWords({ zone, days, from, to }: Hours): string {
  return `${days ? `on ${days.join(", ")} ` : ""}from ${from} to ${to} (${zone})`;
}

function thenInWords(then: Then): string {
  if (then === "allow") return "is allowed";
  if (then === "deny") return "is denied, whatever other rules say";
  const told = then.notify ? `, calling ${then.notify.join(", ")}` : "";
  if ("ratify" in then) {
    const { from, within = "12h", otherwise = "keep" } = then.ratify;
    const after = otherwise === "keep" ? "else it is kept" : "else it is taken back";
    return `is done at once and answered for afterwards by one of ${from.join(", ")} within ${within}, ${after}${told}`;
  }
  const steps = stepsOf(then).map(({ from, count = 1, self = false }) => {
    const asker = self ? "the asker may be one" : "never the asker";
    return `${count} of ${from.join(", ")} (${asker})`;
  });
  const within = then.expires ?? "8h";
  const remind = then.remind ? `, reminding after ${then.remind.join(", ")}` : "";
  return `needs ${steps.join(", then ")}, within ${within}${timeoutInWords(then.on_timeout)}${remind}${told}`;
}

function timeoutInWords(timeout: OnTimeout | undefined): string {
  if (timeout === "allow") return " or else goes ahead";
  return typeof timeout === "object" ? `, then asking ${timeout.escalate.join(", ")} too` : "";
}

function oneOf(list: readonly string[]): string {
  return list.join(" or ");
}
