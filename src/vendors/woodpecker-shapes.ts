// https://developers.woodpecker.co/docs/campaigns
import type { Campaign, Phase } from "../domain/campaign.ts";
import type { FailureFacts } from "./failure.ts";
import { count, known, record, text } from "./loose.ts";
import { badAnswer, campaign } from "./reading.ts";
import { firstText, tidyWords, type Words, words } from "./vendor-words.ts";
import { cameOf, members } from "./wanted.ts";

const phases: Record<string, Phase> = {
  draft: "draft",
  edited: "draft",
  running: "running",
  paused: "paused",
  stopped: "stopped",
  completed: "completed",
  deleted: "cancelled",
};

/** Of a row of the list, of one campaign, and of a row with its figures; of an object instead of a list what it says. */
export const v1Row = { members: members("id", "name", "status", "error", "created") };
export const v2Row = { members: members("id", "name", "status", "bounce_shield_autopaused_at") };
export const statsRow = { members: members("stats") };
export const sayings = members("code", "type", "title", "message", "detail", "status");

export const pausableOnly =
  "It uses features that Woodpecker’s API does not support: it can be paused but not resumed through the API.";

/** Four envelopes: {title,status,detail}, {code,message}, {type,message}, and v1's {status:{code,msg}}. */
export function wordsOf(body: unknown): Words {
  const { code, type, title, message, detail, status } = record(body);
  const old = record(status);
  return words(firstText(code, type, title, old.code), firstText(message, detail, old.msg));
}

/** Only a 404 with CAMPAIGN_NOT_EXIST is about the campaign; a 401 can be about the plan. */
export function peculiar(facts: FailureFacts): FailureFacts {
  const said = facts.vendorText ?? "";
  if (facts.kind === "unauthorized" && /addon|upgrade/i.test(said)) {
    return {
      ...facts,
      kind: "payment",
      sentence: "Woodpecker’s plan does not include its API (401).",
    };
  }
  if (facts.kind === "forbidden" && /addon/i.test(said)) {
    return { ...facts, sentence: "This Woodpecker account has no agency add-on (403)." };
  }
  if (facts.kind === "not_found" && facts.code !== "CAMPAIGN_NOT_EXIST") {
    return { ...facts, kind: "bad_answer" };
  }
  return isUnsupported(facts) ? { ...facts, sentence: pausableOnly } : facts;
}

export function isUnsupported({ code, vendorText }: FailureFacts): boolean {
  return `${code} ${vendorText}`.includes("API_UNSUPPORTED_CAMPAIGN_FEATURES");
}

/** An account without campaigns is told so in an object; an error may come in one too, inside a 200. */
export function rowsOf(body: unknown, secrets: readonly string[]): unknown[] {
  if (Array.isArray(body)) return body;
  const { code, text: said = "" } = wordsOf(body);
  if (!code && /no campaign/i.test(said)) return [];
  throw badAnswer("woodpecker", tidyWords([code, said].filter(Boolean).join(": "), secrets));
}

export function fromV1(row: unknown): Campaign {
  const { id, name: title, status, error, created: made } = cameOf(v1Row, row);
  const said = tidyWords(text(error));
  return campaign(phases, {
    id,
    name: title,
    word: status,
    made,
    note: said && `Woodpecker reports: ${said}`,
  });
}

/** Bounce Shield pauses by itself, and starting again by hand switches its check off for a week. */
export function fromV2(row: unknown): Campaign {
  const { id, name: title, status, bounce_shield_autopaused_at: shield } = cameOf(v2Row, row);
  const note = text(shield)
    ? "Bounce Shield paused it because too many emails bounced. Look at the bounces before resuming it."
    : undefined;
  return campaign(phases, { id, name: title, word: status, note });
}

/** GET-campaign-stats-v1. Emails are counted and not people, so there is no total to set them against. */
export function toProgress(rows: readonly unknown[]) {
  const stats = record(cameOf(statsRow, rows[0]).stats);
  const { sent, bounced, prospects, replied } = stats;
  const parts = [
    [count(prospects), "prospects"],
    [count(replied), "replied"],
  ].flatMap(([number, what]) => (number === undefined ? [] : [`${number} ${what}`]));
  return known({
    done: count(sent),
    failed: count(bounced),
    note: parts.length > 0 ? `Counted in emails; ${parts.join(", ")}.` : undefined,
  });
}
