import type { InputBlock } from "@slack/types";
import { vendorNames, vendorTitles } from "../../domain/campaign.ts";
import {
  type ApproveThen,
  deciders,
  type OnTimeout,
  policyActions,
  type RatifyThen,
  type Rule,
  type StepRule,
  stepsOf,
  type Then,
  weekdays,
} from "../../domain/policy.ts";
import { header, option } from "./blocks.ts";
import { actionIds, callbackIds } from "./ids.ts";
import { input, type Modal, modal } from "./modal-blocks.ts";
import { type PolicyPlace, placeText } from "./policy-place.ts";
import { boxesField, choiceField, fits, peopleFields, textField } from "./policy-rule-fields.ts";

/** What a rule may say, and in how many steps: each shows other fields. */
const outcomes = {
  allow: "It is allowed",
  deny: "It is denied, whatever other rules say",
  approve1: "Somebody has to agree",
  approve2: "Two steps of approval, one after the other",
  approve3: "Three steps of approval, one after the other",
  ratify: "It is done at once, and answered for afterwards",
} as const;
export type Outcome = keyof typeof outcomes;

export function readOutcome(value: string | undefined): Outcome | undefined {
  return (Object.keys(outcomes) as Outcome[]).find((one) => one === value);
}

/** Undefined for a rule that says more than the form can hold. */
export function outcomeOf({ when, then }: Rule): Outcome | undefined {
  const texts = [when.connection, when.campaign, when.requester, deciders(then)];
  if (!texts.every((list) => fits(list ?? []))) return undefined;
  if (typeof then === "string") return then;
  return "ratify" in then ? "ratify" : readOutcome(`approve${stepsOf(then).length}`);
}

/** One rule as a form. What is typed stays when another outcome is chosen, because its fields keep their names. */
export function policyRuleModal(look: {
  place: PolicyPlace;
  rule: Rule | undefined;
  outcome: Outcome;
}): Modal {
  const { place, rule, outcome } = look;
  return modal({
    callbackId: callbackIds.policyRule,
    title: place.rule === undefined ? "Add a rule" : `Rule ${place.rule + 1}`,
    submit: "Put into draft",
    metadata: placeText(place),
    blocks: [
      textField({ id: "name", label: "Name", optional: false, value: rule?.name ?? "" }),
      header("When"),
      ...whenFields(rule?.when ?? {}),
      header("Then"),
      outcomeField(outcome),
      ...thenFields(outcome, rule?.then),
    ],
  });
}

function whenFields({
  action = [],
  vendor = [],
  connection = [],
  campaign = [],
  requester = [],
  targets,
  hours,
}: Rule["when"]): InputBlock[] {
  const lines = "One on each line. Anything, if left empty.";
  return [
    boxesField({
      id: "action",
      label: "Somebody wants to",
      hint: "Anything, if none is chosen. “Stop” is the emergency stop of everything.",
      options: policyActions.map((one) => option(one, one)),
      chosen: action,
    }),
    boxesField({
      id: "vendor",
      label: "On these platforms",
      options: vendorNames.map((one) => option(vendorTitles[one], one)),
      chosen: vendor,
    }),
    textField({
      id: "connection",
      label: "In these connections",
      hint: lines,
      value: connection.join("\n"),
      multiline: true,
    }),
    textField({
      id: "campaign",
      label: "Campaigns called",
      hint: `Names or ids; * stands for anything. ${lines}`,
      value: campaign.join("\n"),
      multiline: true,
    }),
    ...peopleFields({
      id: "requester",
      label: "Asked by",
      words: "admins, members or guests",
      from: requester,
    }),
    textField({
      id: "min",
      label: "At least so many campaigns at once",
      value: text(targets?.min),
    }),
    textField({ id: "max", label: "At most so many campaigns at once", value: text(targets?.max) }),
    boxesField({
      id: "days",
      label: "On these days",
      hint: "Every day, if none is chosen. For certain hours fill in the next three fields as well.",
      options: weekdays.map((one) => option(one, one)),
      chosen: hours?.days ?? [],
    }),
    textField({ id: "from", label: "From", hint: "Such as 09:00.", value: hours?.from ?? "" }),
    textField({ id: "to", label: "To", hint: "Such as 18:00 or 24:00.", value: hours?.to ?? "" }),
    textField({
      id: "zone",
      label: "Time zone",
      hint: "Such as Europe/Berlin.",
      value: hours?.zone ?? "",
    }),
  ];
}

function outcomeField(outcome: Outcome): InputBlock {
  const options = Object.entries(outcomes).map(([value, label]) => option(label, value));
  const initial = options.find(({ value }) => value === outcome);
  return input({
    id: "outcome",
    label: "What happens?",
    dispatch: true,
    element: {
      type: "radio_buttons",
      action_id: actionIds.policyThen,
      options,
      ...(initial && { initial_option: initial }),
    },
  });
}

function thenFields(outcome: Outcome, then: Then | undefined): InputBlock[] {
  if (outcome === "allow" || outcome === "deny") return [];
  if (outcome === "ratify") return ratifyFields(isRatify(then) ? then : undefined);
  const approve = isApprove(then) ? then : undefined;
  const steps = approve ? stepsOf(approve) : [];
  const wanted = Array.from({ length: Number(outcome.at(-1)) }, (_, at) => at);
  return [
    ...wanted.flatMap((at) => stepFields(at + 1, wanted.length, steps[at])),
    ...timeFields(approve),
  ];
}

function isApprove(then: Then | undefined): then is ApproveThen {
  return typeof then === "object" && "approve" in then;
}

function isRatify(then: Then | undefined): then is RatifyThen {
  return typeof then === "object" && "ratify" in then;
}

const deciderWords = "admins or members";

function stepFields(step: number, of: number, rule: StepRule | undefined): InputBlock[] {
  const label = of === 1 ? "Who decides" : `Step ${step}, who decides`;
  return [
    ...peopleFields({ id: `step${step}`, label, words: deciderWords, from: rule?.from ?? [] }),
    textField({
      id: `step${step}_count`,
      label: "How many of them?",
      hint: "One, if left empty.",
      value: text(rule?.count),
    }),
    boxesField({
      id: `step${step}_self`,
      label: "May the asker be one of them?",
      options: [option("Yes", "yes")],
      chosen: rule?.self ? ["yes"] : [],
    }),
  ];
}

function timeFields(then: ApproveThen | undefined): InputBlock[] {
  const late: OnTimeout = then?.on_timeout ?? "expire";
  return [
    textField({
      id: "expires",
      label: "Within",
      hint: "Such as 30m, 4h or 1d12h. Eight hours, if left empty.",
      value: then?.expires ?? "",
    }),
    textField({
      id: "remind",
      label: "Remind after",
      hint: "Such as 1h, 3h.",
      value: (then?.remind ?? []).join(", "),
      multiline: true,
    }),
    choiceField({
      id: "late",
      label: "If nobody decides in time",
      options: [
        ["expire", "Nothing is changed"],
        ["escalate", "Others are asked too"],
        ["allow", "It goes ahead: pause and stop only"],
      ],
      chosen: typeof late === "object" ? "escalate" : late,
    }),
    ...peopleFields({
      id: "escalate",
      label: "Others who are asked then",
      words: deciderWords,
      from: typeof late === "object" ? late.escalate : [],
    }),
    ...notifyFields(then?.notify),
  ];
}

function ratifyFields(then: RatifyThen | undefined): InputBlock[] {
  return [
    ...peopleFields({
      id: "ratify",
      label: "Who answers for it",
      words: deciderWords,
      from: then?.ratify.from ?? [],
    }),
    textField({
      id: "within",
      label: "Within",
      hint: "Such as 12h, which it is if left empty.",
      value: then?.ratify.within ?? "",
    }),
    choiceField({
      id: "otherwise",
      label: "If nobody does",
      options: [
        ["keep", "It stays as it is"],
        ["revert", "It is taken back"],
      ],
      chosen: then?.ratify.otherwise ?? "keep",
    }),
    ...notifyFields(then?.notify),
  ];
}

function notifyFields(notify: readonly string[] = []): InputBlock[] {
  return peopleFields({
    id: "notify",
    label: "Who is called by name",
    words: deciderWords,
    from: notify,
  });
}

function text(count: number | undefined): string {
  return count === undefined ? "" : String(count);
}
