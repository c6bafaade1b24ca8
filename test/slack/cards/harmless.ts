import { expect } from "vitest";
import { valuesOf } from "../../support/block-kit.ts";

/** What may open with `<` in mrkdwn: only what this bot writes itself. */
const ours =
  /<(?:@[UW][A-Z0-9]+|#[CGD][A-Z0-9]+|!subteam\^S[A-Z0-9]+|!date\^\d+\^\{[a-z_]+\}(?: at \{time\})?\|[\d\-: ]+UTC)>/g;

/** Slack draws no emoji inside code. */
const inCode = /```[\s\S]*?(?:```|$)|`[^`]*(?:`|$)/g;

/** Control characters, and the marks that hide text or turn it around. */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** Every text Slack would parse: mrkdwn objects and the fallback. */
function parsedTexts(thing: unknown): string[] {
  if (Array.isArray(thing)) return thing.flatMap(parsedTexts);
  if (typeof thing !== "object" || thing === null) return [];
  if ("type" in thing && thing.type === "plain_text") return [];
  return Object.entries(thing).flatMap(([key, value]) =>
    key === "text" && typeof value === "string" ? [value] : parsedTexts(value),
  );
}

/** Nothing in it mentions, links, draws a check mark, steers, reverses or hides, but what this bot wrote itself. */
export function expectHarmless(thing: unknown): void {
  for (const text of parsedTexts(thing)) {
    expect(text.replace(ours, "")).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    expect(text.replace(inCode, "")).not.toMatch(/:white_check_mark:/);
  }
  for (const text of valuesOf(thing, "text")) {
    expect(text.isWellFormed()).toBe(true);
    expect(text.replace(ours, "")).not.toMatch(/<[!@#]|<https?:/i);
    expect(text.replaceAll("\n", "")).not.toMatch(hidden);
  }
}
