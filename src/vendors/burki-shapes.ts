// https://docs.burki.dev/api-reference/campaigns
import type { Campaign, Phase, Progress } from "../domain/campaign.ts";
import type { FailureFacts } from "./failure.ts";
import { count, known, record } from "./loose.ts";
import { badAnswer, campaign } from "./reading.ts";
import { cameOf, members } from "./wanted.ts";

const phases: Record<string, Phase> = {
  draft: "draft",
  scheduled: "scheduled",
  running: "running",
  paused: "paused",
  completed: "completed",
  cancelled: "cancelled",
  failed: "failed",
};

/** Rows of the list tell what a campaign has cost, the campaign by itself does not. */
export const row = {
  members: {
    ...members("id", "name", "status", "created_at"),
    ...members("total_contacts", "completed_contacts", "failed_contacts"),
    metrics: { members: members("actual_cost") },
  },
};

export function toCampaign(body: unknown): Campaign {
  const came = cameOf(row, body);
  const { id, name: title, status, created_at: made } = came;
  const counts = countsOf(came);
  return {
    ...campaign(phases, { id, name: title, word: status, made }),
    ...(Object.keys(counts).length > 0 && { counts }),
  };
}

function countsOf(came: ReturnType<typeof cameOf<typeof row>>): Progress {
  return known({
    done: finished(came.completed_contacts, came.failed_contacts),
    total: count(came.total_contacts),
    failed: count(came.failed_contacts),
    spent: count(record(came.metrics).actual_cost),
  });
}

/** Money comes without a currency. */
export function toProgress(body: unknown): Progress {
  const { progress, metrics } = record(body);
  const { completed, failed, total_contacts: total, pending, processing } = record(progress);
  const cost = count(record(metrics).actual_cost);
  return known({
    done: finished(completed, failed),
    total: count(total),
    failed: count(failed),
    queued: count(pending),
    inFlight: count(processing),
    note: cost === undefined ? undefined : `Spent so far: ${cost} (Burki names no currency).`,
  });
}

/** Those for whom nothing more is done. */
function finished(completed: unknown, failed: unknown): number | undefined {
  const over = count(completed);
  return over === undefined ? undefined : over + (count(failed) ?? 0);
}

export function hasMore(body: unknown): boolean {
  const { campaigns: rows, pagination } = record(body);
  if (!Array.isArray(rows)) throw badAnswer("burki");
  const { page, total_pages: pages, has_next: more } = record(pagination);
  return typeof more === "boolean" ? more : (count(page) ?? 1) < (count(pages) ?? 1);
}

const reasons: readonly [RegExp, string][] = [
  [/no contacts found/i, "The campaign has no contacts at Burki, so nobody can be reached (400)."],
  [
    /all contacts have already been processed/i,
    "Burki has reached everybody on the campaign’s list already (400). To reach them again, re-execute it in Burki.",
  ],
  [
    /scheduled time is in the past/i,
    "The campaign’s start time at Burki is in the past (400). Give it a new one there, then resume it.",
  ],
];

/** https://docs.burki.dev/api-reference/campaigns/start: a start has three reasons of its own to be refused. */
export function withReason(facts: FailureFacts): FailureFacts {
  if (facts.status !== 400) return facts;
  const sentence = reasons.find(([text]) => text.test(facts.vendorText ?? ""))?.[1];
  return sentence === undefined ? facts : { ...facts, sentence };
}
