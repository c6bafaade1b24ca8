import type { VendorName } from "./campaign.ts";
import { vendorNames } from "./campaign.ts";
import { isConnectionName } from "./connection-name.ts";
import { type Hours, type Policy, type PolicyAction, policyActions, type When } from "./policy.ts";
import { type PolicyProblem, problem } from "./policy-file.ts";

/** Keys of rules that read right and can never match, whatever happens. */
export function whatNeverMatches({ rules }: Policy): PolicyProblem[] {
  return rules.flatMap(({ when }, place) =>
    faultsOf(when).map(({ keys, fault }) => problem(["rules", place, "when", ...keys], fault)),
  );
}

interface Fault {
  keys: readonly PropertyKey[];
  fault: string;
}

function faultsOf(when: When): Fault[] {
  return [
    ...(when.campaign ?? []).flatMap((one, at) => quoted(one, ["campaign", at])),
    ...(when.connection ?? []).flatMap((one, at) => connectionFaults(one, ["connection", at])),
    ...(when.hours && isNever(when.hours)
      ? [{ keys: ["hours", "to"], fault: "leaves no time at all between `from` and `to`" }]
      : []),
    ...impossible(when),
  ];
}

/** Marks that belong to a text about the value, and were taken into it. */
const marks = "\"'“”„‟«»‘’‚‛‹›";

function quoted(value: string, keys: readonly PropertyKey[]): Fault[] {
  const [first = "", last = ""] = [value.at(0), value.at(-1)];
  const inside = [...value.slice(1, -1)].some((sign) => marks.includes(sign));
  const both = value.length > 1 && marks.includes(first) && marks.includes(last);
  const single = '“”„‟«»"';
  const one = !inside && value.length > 1 && (single.includes(first) || single.includes(last));
  if (!both && !one) return [];
  const fault = `is ${value} with its quotation marks, so it can only match a name that has them too: leave them out, or use plain ones (") around the whole value; for a mark of the name itself write ?`;
  return [{ keys, fault }];
}

function connectionFaults(value: string, keys: readonly PropertyKey[]): Fault[] {
  const wrong = quoted(value, keys);
  if (wrong.length > 0 || isConnectionName(value)) return wrong;
  const fault =
    "is no name that a connection can have: one word of letters, digits, dots, dashes and underscores, without * and spaces";
  return [{ keys, fault }];
}

/** From the end of a day over midnight to its very beginning. */
function isNever({ from, to }: Hours): boolean {
  return from === to || (from === "24:00" && to === "00:00");
}

/** What a platform does not have at all; the adapters' own tables are held against it by a test. */
export const without: Readonly<Partial<Record<VendorName, readonly PolicyAction[]>>> = {
  peachdesk: ["cancel"],
  talkdesk: ["cancel"],
};

function impossible({ action = policyActions, vendor = vendorNames }: When): Fault[] {
  const can = vendor.some((one) => action.some((it) => !without[one]?.includes(it)));
  if (can) return [];
  return [
    {
      keys: ["vendor"],
      fault: `has no ${action.join(" or ")}: ${vendor.join(", ")} cannot do that`,
    },
  ];
}
