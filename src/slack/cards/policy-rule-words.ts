import { deciders, type Rule } from "../../domain/policy.ts";
import { ruleInWords } from "../../domain/policy-words.ts";
import { escaped, type Mrkdwn } from "./text.ts";
import { who } from "./words.ts";

/** A rule in one sentence, with people and groups as Slack shows them. */
export function ruleWords(rule: Rule): Mrkdwn {
  return withNames(ruleInWords(rule), [...(rule.when.requester ?? []), ...deciders(rule.then)]);
}

/** Puts people and groups where a sentence names their ids. */
export function withNames(sentence: string, ids: readonly string[]): Mrkdwn {
  const named = [...new Set(ids)].filter((id) => /^[UWS][A-Z0-9]+$/.test(id));
  const text = escaped(sentence, 2_000).mrkdwn;
  if (named.length === 0) return { mrkdwn: text };
  const anyOf = new RegExp(`\\b(?:${named.join("|")})\\b`, "g");
  return { mrkdwn: text.replace(anyOf, (id) => who(id).mrkdwn) };
}
