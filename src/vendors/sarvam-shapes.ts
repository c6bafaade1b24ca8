// https://docs.sarvam.ai/voice-agents/api/campaigns/list.md
import type { Campaign, Phase, Progress } from "../domain/campaign.ts";
import type { FailureFacts } from "./failure.ts";
import { fastApiWords } from "./fast-api.ts";
import { count, known, record, text } from "./loose.ts";
import { badAnswer, campaign } from "./reading.ts";
import { firstText, type Words, words } from "./vendor-words.ts";
import { cameOf, members } from "./wanted.ts";

export const pageSize = 100;
/** An organisation may go by its domain, `example.com`; a path part of dots alone would lead elsewhere. */
export const placeId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

const phases: Record<string, Phase> = {
  scheduled: "scheduled",
  active: "running",
  paused: "paused",
  ended: "completed",
  cancelled: "cancelled",
};

export const row = {
  members: members("campaign_id", "name", "status", "created_at", "end_timestamp"),
};
export const agentRow = { members: members("app_id", "app_config", "created_at") };
export const attempts = {
  members: { items: { rows: { members: members("campaign_id") } }, total: "whole" },
} as const;
export const cohort = { members: { result: { members: members("valid_records") } } };

/** In this order: error.data.details, error.message, detail (text or list), message. */
export function wordsOf(body: unknown): Words {
  const { error, message } = record(body);
  const { code, message: inner, data } = record(error);
  const said = firstText(record(data).details, inner, fastApiWords(body).text, message, error);
  return words(firstText(code), said);
}

/** 401 and 403 are both about the key; one 429 is no rush but an empty account; the list itself can only lack its workspace. */
export function peculiar(facts: FailureFacts, isList: boolean): FailureFacts {
  const { kind, code, status } = facts;
  if (kind === "unauthorized" || kind === "forbidden") {
    const sentence = `Sarvam does not accept our key (${status}). It must be the Voice Agents key of this workspace.`;
    return { ...facts, kind: "unauthorized", sentence };
  }
  if (code === "insufficient_quota_error") {
    const { retryAfterMs: _, ...rest } = facts;
    return { ...rest, kind: "payment", sentence: `The credits at Sarvam are used up (${status}).` };
  }
  if (kind === "not_found" && isList) {
    const sentence = `Sarvam knows no such organisation or workspace (${status}). Both ids stand in the address of its dashboard.`;
    return { ...facts, kind: "unauthorized", sentence };
  }
  return facts;
}

export function rowsIn(body: unknown): unknown[] {
  const { items } = record(body);
  if (!Array.isArray(items)) throw badAnswer("sarvam");
  return items;
}

/** Counted on by offset; the answer's own links are not followed. */
export function hasMore(body: unknown, offset: number, length: number): boolean {
  rowsIn(body);
  const end = count(record(body).total);
  return end === undefined ? length === pageSize : offset + length < end;
}

export function toCampaign(body: unknown, now: Date): Campaign {
  const came = cameOf(row, body);
  const { campaign_id: id, name: title, status, created_at: made, end_timestamp: end } = came;
  const over = text(status).toLowerCase() === "paused" && Date.parse(text(end)) < now.getTime();
  const note = over
    ? "Its end date has passed, so Sarvam needs a new one before it can resume."
    : undefined;
  return campaign(phases, { id, name: title, word: status, made, note });
}

/** What Sarvam calls the audience is the sum of the cohorts' valid records. */
export function audienceOf(body: unknown): number | undefined {
  const items = rowsIn(body);
  const counts = items.map((one) => count(record(record(one).result).valid_records));
  const all = !hasMore(body, 0, items.length);
  const whole = all && counts.length > 0 && counts.every((one) => one !== undefined);
  return whole ? counts.reduce<number>((sum, one) => sum + (one ?? 0), 0) : undefined;
}

/** https://docs.sarvam.ai/voice-agents/api/analytics/overview: an agent's attempts between two times, both required. */
export function attemptsAsked(id: string, body: unknown, now: Date) {
  const { app_id: own, app_config: config, created_at: made } = cameOf(agentRow, body);
  const agent = text(own) || text(record(config).app_id);
  const begun = Date.parse(text(made));
  if (!placeId.test(agent) || Number.isNaN(begun)) return undefined;
  const filter = { id: "campaign", field: "campaign_id", operator: "eq", value: id };
  const query = {
    start_datetime: new Date(begun).toISOString(),
    end_datetime: now.toISOString(),
    limit: "1",
    offset: "0",
    filter_conditions: JSON.stringify([filter]),
  };
  return { agent, query };
}

/**
 * That attempts can be narrowed to a campaign is documented for conversations only: a total counts if its first row is
 * this campaign's. No row proves nothing, as a filter that is not understood may find none.
 */
export function countOf(id: string, body: unknown): number | undefined {
  const [first] = rowsIn(body);
  const proven = record(first).campaign_id === id;
  return proven ? count(record(body).total) : undefined;
}

/** Calls and people are two things: a person may be called more than once. */
export function toProgress(audience: number | undefined, calls: number | undefined): Progress {
  if (calls === undefined) {
    return { ...known({ total: audience }), note: "Sarvam does not say how many were called." };
  }
  const people = audience === undefined ? "" : ` ${audience} people are on its lists.`;
  return { done: calls, note: `Counted in calls, with retries.${people}` };
}
