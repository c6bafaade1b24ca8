import type { Rule } from "../../domain/policy.ts";
import { checkPolicy } from "../../domain/policy-file.ts";
import { whatNeverMatches } from "../../domain/policy-never.ts";
import { actionIds } from "./ids.ts";
import {
  chosen,
  chosenMany,
  pickedPeople,
  type Read,
  type StateValues,
  typed,
  valueId,
} from "./modal-blocks.ts";
import { type Outcome, readOutcome } from "./policy-rule-modal.ts";

/** The rule that a form says, checked as one in a file is; or what is wrong, beside its field. */
export function readPolicyRule(values: StateValues): Read<Rule> {
  const outcome = readOutcome(chosen(values, "outcome", actionIds.policyThen));
  if (!outcome) return { ok: false, errors: { name: "Choose what happens." } };
  const then = thenIn(values, outcome);
  const rule = { name: typed(values, "name"), when: whenIn(values), then };
  const checked = checkPolicy({ version: 1, rules: [rule] });
  const problems = checked.ok ? whatNeverMatches(checked.policy) : checked.problems;
  const [read] = checked.ok && problems.length === 0 ? checked.policy.rules : [];
  if (read) return { ok: true, content: read };
  const errors = problems.map(({ path, keys, sentence }) => [
    blockOf(keys.slice(2).map(String), outcome),
    `This${sentence.slice(path.length)}`,
  ]);
  return { ok: false, errors: Object.fromEntries(errors) };
}

function whenIn(values: StateValues) {
  const targets = given({ min: numberIn(values, "min"), max: numberIn(values, "max") });
  const hours = given({
    zone: typed(values, "zone"),
    days: listOrNone(chosenMany(values, "days", valueId)),
    from: typed(values, "from"),
    to: typed(values, "to"),
  });
  return given({
    action: listOrNone(chosenMany(values, "action", valueId)),
    vendor: listOrNone(chosenMany(values, "vendor", valueId)),
    connection: linesIn(values, "connection"),
    campaign: linesIn(values, "campaign"),
    requester: peopleIn(values, "requester"),
    targets: Object.keys(targets).length > 0 ? targets : undefined,
    hours: Object.keys(hours).length > 0 ? hours : undefined,
  });
}

function thenIn(values: StateValues, outcome: Outcome): unknown {
  if (outcome === "allow" || outcome === "deny") return outcome;
  const notify = peopleIn(values, "notify");
  if (outcome === "ratify") {
    const otherwise = unless("keep", chosen(values, "otherwise"));
    const from = peopleIn(values, "ratify");
    const within = typed(values, "within");
    return given({ ratify: given({ from, within, otherwise }), notify });
  }
  const steps = [1, 2, 3].slice(0, Number(outcome.at(-1))).map((step) =>
    given({
      from: peopleIn(values, `step${step}`),
      count: numberIn(values, `step${step}_count`),
      self: chosenMany(values, `step${step}_self`, valueId).includes("yes") || undefined,
    }),
  );
  const late = unless("expire", chosen(values, "late"));
  return given({
    approve: steps.length === 1 ? steps[0] : steps,
    notify,
    expires: typed(values, "expires"),
    remind: wordsIn(values, "remind"),
    on_timeout: late === "escalate" ? given({ escalate: peopleIn(values, "escalate") }) : late,
  });
}

/** The field in which something of a rule was typed. */
function blockOf(keys: readonly string[], outcome: Outcome): string {
  const [side, key = "", ...rest] = keys;
  if (side === "when") return whenBlocks[key] ?? rest.find((one) => /[a-z]/.test(one)) ?? "name";
  if (side !== "then") return "name";
  if (key === "approve") {
    const step = rest[0] === "0" || rest[0] === "1" || rest[0] === "2" ? Number(rest[0]) + 1 : 1;
    return rest.includes("count") ? `step${step}_count` : `step${step}_others`;
  }
  if (key === "on_timeout") return rest.length > 0 ? "escalate_others" : "late";
  if (key === "notify") return "notify_others";
  if (key === "ratify") return ratifyBlocks[rest[0] ?? ""] ?? "outcome";
  return outcome !== "ratify" && (key === "expires" || key === "remind") ? key : "outcome";
}

const whenBlocks: Readonly<Record<string, string>> = {
  action: "action",
  vendor: "vendor",
  connection: "connection",
  campaign: "campaign",
  requester: "requester_others",
};
const ratifyBlocks: Readonly<Record<string, string>> = {
  from: "ratify_others",
  within: "within",
  otherwise: "otherwise",
};

function peopleIn(values: StateValues, id: string): string[] | undefined {
  const others = wordsIn(values, `${id}_others`) ?? [];
  return listOrNone([...pickedPeople(values, `${id}_people`), ...others]);
}

function wordsIn(values: StateValues, block: string): string[] | undefined {
  return listOrNone((typed(values, block) ?? "").split(/[\s,]+/).filter(Boolean));
}

function linesIn(values: StateValues, block: string): string[] | undefined {
  const lines = (typed(values, block) ?? "").split("\n").map((line) => line.trim());
  return listOrNone(lines.filter(Boolean));
}

/** What is no number is left as it was typed, and told to be none. */
function numberIn(values: StateValues, block: string): number | string | undefined {
  const text = typed(values, block);
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : text;
}

function listOrNone(list: string[]): string[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** What holds when nothing is said need not be said. */
function unless(usual: string, value: string | undefined): string | undefined {
  return value === usual ? undefined : value;
}

/** Without the keys that have no value. */
function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
