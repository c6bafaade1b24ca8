import { describe, expect, it } from "vitest";
import { actionIds } from "../../../src/slack/cards/ids.ts";
import type { StateValues } from "../../../src/slack/cards/modal-blocks.ts";
import { type Outcome, policyRuleModal } from "../../../src/slack/cards/policy-rule-modal.ts";
import { readPolicyRule } from "../../../src/slack/cards/policy-rule-read.ts";

const text = (value: string) => ({ value: { type: "plain_text_input", value } });
const choice = (value: string) => ({ value: { selected_option: { value } } });
const boxes = (...all: string[]) => ({
  value: { selected_options: all.map((value) => ({ value })) },
});
const people = (...ids: string[]) => ({ value: { selected_users: ids } });

const place = { draft: "drf_1", revision: 0, page: 0 };
const blocksOf = (outcome: Outcome) =>
  policyRuleModal({ place, rule: undefined, outcome }).blocks.map(({ block_id }) => block_id);

/** A form of a pause's rule, named and with this outcome, and what else was filled in. */
function read(outcome: Outcome, more: StateValues = {}) {
  return readPolicyRule({
    name: text("mine"),
    action: boxes("pause"),
    outcome: { [actionIds.policyThen]: { selected_option: { value: outcome } } },
    ...more,
  });
}
function thenOf(...form: Parameters<typeof read>) {
  const result = read(...form);
  return result.ok ? result.content.then : result.errors;
}

describe("the rule that a form says", () => {
  it("may act first, and says who answers for it and what happens if nobody does", () => {
    const filled = { ratify_people: people("U0BEN"), ratify_others: text("admins") };
    expect(thenOf("ratify", filled)).toEqual({ ratify: { from: ["U0BEN", "admins"] } });
    const more = { within: text("6h"), otherwise: choice("revert"), notify_others: text("S0MKT") };
    expect(thenOf("ratify", { ...filled, ...more })).toEqual({
      ratify: { from: ["U0BEN", "admins"], within: "6h", otherwise: "revert" },
      notify: ["S0MKT"],
    });
    expect(thenOf("ratify", { ...filled, otherwise: choice("keep") })).toEqual({
      ratify: { from: ["U0BEN", "admins"] },
    });
  });

  it.each([
    ["expire", {}, undefined],
    ["allow", {}, "allow"],
    ["escalate", { escalate_people: people("U0DEE") }, { escalate: ["U0DEE"] }],
  ])("says what happens when nobody decides in time: %s", (late, more, wanted) => {
    const then = thenOf("approve1", { step1_people: people("U0BEN"), late: choice(late), ...more });
    expect(then).toEqual({
      approve: { from: ["U0BEN"] },
      ...(wanted !== undefined && { on_timeout: wanted }),
    });
  });

  it("has as many steps as its outcome, each with its own people", () => {
    const filled = {
      step1_people: people("U0BEN"),
      step2_others: text("admins, members"),
      step2_count: text("2"),
      step3_people: people("U0CHI"),
      step3_self: boxes("yes"),
    };
    const [first, second] = [{ from: ["U0BEN"] }, { from: ["admins", "members"], count: 2 }];
    expect(thenOf("approve2", filled)).toEqual({ approve: [first, second] });
    expect(thenOf("approve3", filled)).toEqual({
      approve: [first, second, { from: ["U0CHI"], self: true }],
    });
  });
});

const ben = { step1_people: people("U0BEN") };
const answers = { ratify_people: people("U0BEN") };
type Filled = [block: string, outcome: Outcome, filled: StateValues, words: RegExp];
const wrong: Filled[] = [
  ["name", "allow", { name: text(" ") }, /is missing/],
  ["name", "allow", { name: text("x".repeat(81)) }, /is longer than 80/],
  ["connection", "allow", { connection: text("c".repeat(81)) }, /is longer than 80/],
  ["campaign", "allow", { campaign: text("c".repeat(201)) }, /is longer than 200/],
  ["vendor", "allow", { vendor: boxes("acme") }, /must be one of/],
  ["action", "allow", { action: boxes("explode") }, /must be one of/],
  ["requester_others", "allow", { requester_others: text("everybody") }, /must be a user id/],
  ["max", "allow", { min: text("5"), max: text("2") }, /is less than `min`/],
  ["zone", "allow", { from: text("09:00"), to: text("18:00"), zone: text("X") }, /a time zone/],
  ["to", "allow", { from: text("09:00"), to: text("9"), zone: text("UTC") }, /a time from 00:00/],
  ["days", "allow", { days: boxes("someday") }, /must be one of: mon/],
  ["step1_others", "approve1", {}, /is missing/],
  ["step1_others", "approve1", { step1_others: text("everybody") }, /must be a user id/],
  ["step2_others", "approve2", ben, /is missing/],
  ["step1_count", "approve1", { ...ben, step1_count: text("some") }, /a whole number/],
  ["step3_count", "approve3", { ...ben, step3_count: text("0") }, /must be 1 or more/],
  ["expires", "approve1", { ...ben, expires: text("soon") }, /must be a duration/],
  ["remind", "approve1", { ...ben, remind: text("9h") }, /must come before it expires/],
  ["remind", "approve1", { ...ben, remind: text("soon") }, /must be a duration/],
  ["notify_others", "approve1", { ...ben, notify_others: text("all") }, /must be a user id/],
  ["escalate_others", "approve1", { ...ben, late: choice("escalate") }, /is missing/],
  ["late", "approve1", { ...ben, late: choice("explode") }, /must be expire, allow or escalate/],
  ["late", "approve1", { ...ben, action: boxes("resume"), late: choice("allow") }, /only where/],
  ["ratify_others", "ratify", {}, /is missing/],
  ["within", "ratify", { ...answers, within: text("soon") }, /must be a duration/],
  ["otherwise", "ratify", { ...answers, otherwise: choice("explode") }, /keep or revert/],
  ["notify_others", "ratify", { ...answers, notify_others: text("all") }, /must be a user id/],
  ["outcome", "ratify", { ...answers, action: boxes("resume") }, /only where action is pause/],
];

describe("what is wrong with a rule", () => {
  it.each(wrong)("is told beside the field %s (%s)", (block, outcome, filled, words) => {
    const result = read(outcome, filled);
    expect(result.ok).toBe(false);
    const errors = result.ok ? {} : result.errors;
    expect(errors[block]).toMatch(words);
    expect(errors[block]).toMatch(/^This /);
    // Slack drops what is told beside a field that the form does not have.
    expect(blocksOf(outcome)).toEqual(expect.arrayContaining(Object.keys(errors)));
  });

  it("is told of every field at once", () => {
    const filled = { step1_count: text("some"), expires: text("soon"), min: text("many") };
    const result = read("approve1", { ...ben, ...filled });
    expect(Object.keys(result.ok ? {} : result.errors).sort()).toEqual([
      "expires",
      "min",
      "step1_count",
    ]);
  });
});
