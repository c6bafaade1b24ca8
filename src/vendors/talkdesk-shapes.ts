// https://docs.talkdesk.com/reference/campaigns-list
import type { Campaign, Phase } from "../domain/campaign.ts";
import type { FailureFacts } from "./failure.ts";
import { count, list, record } from "./loose.ts";
import { badAnswer, campaign } from "./reading.ts";
import { firstText, type Words, words } from "./vendor-words.ts";
import { cameOf, members, type Some, type Wanted } from "./wanted.ts";

export const pageSize = 100;
/** There is no completed, stopped or cancelled. */
const phases: Record<string, Phase> = {
  incomplete: "draft",
  ready: "ready",
  running: "running",
  paused: "paused",
};
/** Codes are texts with leading zeros; a shed load names its wait among the fields. */
export function wordsOf(body: unknown): Words {
  const { code, message, error, error_description: described, fields } = record(body);
  const waits = list(fields)
    .map(record)
    .find((field) => field.name === "retry-after");
  const seconds = Number(waits?.description);
  const ms = seconds > 0 ? Math.min(seconds, 60) * 1000 : undefined;
  return words(firstText(code, error), firstText(message, described), ms);
}

/** The campaign API is early access: accounts that were not let in get a 403 or 404 for all of it. */
export function peculiar(facts: FailureFacts, request: { path: string }): FailureFacts {
  if (facts.kind === "forbidden" && facts.code === "0530003") {
    const sentence =
      "The Talkdesk client lacks a right: it needs campaigns:read and campaigns:write (403).";
    return { ...facts, sentence };
  }
  if (request.path === "/campaigns" && (facts.kind === "forbidden" || facts.kind === "not_found")) {
    const sentence = `Talkdesk does not open its campaign API to this account (${facts.status}). It may have to be enrolled first; Talkdesk does that on request.`;
    return { ...facts, kind: "forbidden", sentence };
  }
  if (facts.status === 422) {
    const sentence =
      "Talkdesk says the campaign cannot do that now (422). Its set-up or its calling hours may be why.";
    return { ...facts, sentence };
  }
  return facts;
}

export const row = {
  members: members("id", "name", "status", "created_at", "action_required"),
};

/** Two of the names are misspelt in the documentation, so both spellings are read. */
export function pageWith(rows: Some): Wanted {
  const counts = members("page", "total_pages", "total_page", "total");
  return { members: { _embedded: { members: { campaigns: rows, campaings: rows } }, ...counts } };
}

export function hasMore(body: unknown, length: number): boolean {
  const { _embedded: embedded, page, total_pages: pages, total_page: misspelt } = record(body);
  const { campaigns, campaings } = record(embedded);
  if (!Array.isArray(campaigns ?? campaings)) {
    if (count(record(body).total) === 0) return false;
    throw badAnswer("talkdesk");
  }
  const last = count(pages) ?? count(misspelt);
  return last === undefined ? length === pageSize : (count(page) ?? 1) < last;
}

export function toCampaign(body: unknown): Campaign {
  const { id, name: title, status, action_required: needed, created_at: made } = cameOf(row, body);
  const note = needed === true ? "Talkdesk says that it needs someone’s attention." : undefined;
  return campaign(phases, { id, name: title, word: status, made, note });
}
