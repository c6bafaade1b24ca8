import type { KnownBlock } from "@slack/types";
import type { Policy, Rule } from "../../domain/policy.ts";
import { actions, button, context, option, overflow, section } from "./blocks.ts";
import { actionIds, callbackIds, numbered } from "./ids.ts";
import { type Modal, modal } from "./modal-blocks.ts";
import { type PolicyPlace, placeText } from "./policy-place.ts";
import { ruleWords } from "./policy-rule-words.ts";
import { mrkdwn } from "./text.ts";
import { channel } from "./words.ts";

const rulesOnPage = 20;

/** The rules of a draft in order, and everything that can be done with them. Nothing holds until it is saved. */
export function policyModal(look: {
  place: Pick<PolicyPlace, "draft" | "revision" | "page">;
  policy: Policy;
  /** The version in force; 0 is the built-in policy. */
  version: number;
  /** What came of the last press, where the list does not show it. */
  notice?: string;
}): Modal {
  const { place, policy, version, notice } = look;
  const last = Math.max(0, Math.ceil(policy.rules.length / rulesOnPage) - 1);
  const page = Math.min(place.page, last);
  const first = page * rulesOnPage;
  const shown = policy.rules.slice(first, first + rulesOnPage);
  return modal({
    callbackId: callbackIds.policy,
    title: "Policy",
    metadata: placeText({ ...place, page }),
    blocks: [
      ...(notice === undefined ? [] : [section(mrkdwn`*${notice}*`)]),
      section(standing(place.revision, version)),
      context(
        mrkdwn`${cardsGo(policy)} The first rule that fits decides, but a rule that denies always wins.`,
      ),
      ...shown.map((rule, at) => ruleBlock(rule, first + at, policy, place.revision)),
      section(mrkdwn`*Anything else is denied.*`),
      ...(last > 0 ? [pages(page, last)] : []),
      ...deeds(place),
    ],
  });
}

function standing(revision: number, version: number) {
  const inForce = version === 0 ? mrkdwn`The built-in policy` : mrkdwn`Version ${version}`;
  return revision === 0
    ? mrkdwn`${inForce} holds. What you change here holds only after you press Save.`
    : mrkdwn`This is your draft, and it is not saved. ${inForce} still holds.`;
}

function cardsGo(policy: Policy) {
  return policy.channel
    ? mrkdwn`Cards go to ${channel(policy.channel)}.`
    : mrkdwn`Cards go where the command was typed.`;
}

function ruleBlock(rule: Rule, at: number, { rules }: Policy, revision: number): KnownBlock {
  const value = (deed: RuleDeed) => `${deed}:${at}:${revision}`;
  const menu = [
    option("Edit", value("edit")),
    ...(at > 0 ? [option("Move up", value("up"))] : []),
    ...(at < rules.length - 1 ? [option("Move down", value("down"))] : []),
    option("Remove", value("remove")),
  ];
  const words = mrkdwn`${at + 1}. ${ruleWords(rule)}`;
  return section(words, overflow(numbered(actionIds.policyRule, at), menu));
}

const ruleDeeds = ["edit", "up", "down", "remove"] as const;
export type RuleDeed = (typeof ruleDeeds)[number];

/** What was picked from a rule's menu, and in which revision of the draft. */
export function readRuleDeed(
  value: string,
): { deed: RuleDeed; rule: number; revision: number } | undefined {
  const [name, rule, revision] = value.split(":");
  const deed = ruleDeeds.find((one) => one === name);
  return deed && { deed, rule: Number(rule), revision: Number(revision) };
}

function pages(page: number, last: number): KnownBlock {
  const to = (at: number, label: string) =>
    button({ label, actionId: numbered(actionIds.policyPage, at), value: String(at) });
  return actions([
    ...(page > 0 ? [to(page - 1, "Earlier rules")] : []),
    ...(page < last ? [to(page + 1, "Later rules")] : []),
  ]);
}

function deeds({ draft, revision }: Pick<PolicyPlace, "draft" | "revision">): KnownBlock[] {
  const press = (label: string, actionId: string, style?: "primary") =>
    button({ label, actionId, value: draft, ...(style && { style }) });
  const saving = [
    press("Save…", actionIds.policySave, "primary"),
    press("Throw the draft away", actionIds.policyAnew),
  ];
  return [
    actions([
      press("Add rule", actionIds.policyAdd),
      press("What if?", actionIds.policyWhatIf),
      press("Replay", actionIds.policyReplay),
      press("Import YAML", actionIds.policyImport),
      press("Export", actionIds.policyExport),
    ]),
    ...(revision > 0 ? [actions(saving)] : []),
    context(mrkdwn`A draft is kept for a day.`),
  ];
}
