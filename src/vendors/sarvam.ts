// https://docs.sarvam.ai/voice-agents/api/campaigns/update-status.md
import type { Phase } from "../domain/campaign.ts";
import { defineVendor } from "./define-vendor.ts";
import { type FailureFacts, VendorFailure } from "./failure.ts";
import { fastApiWords } from "./fast-api.ts";
import { count, known, record, text } from "./loose.ts";
import { allPages, badAnswer, campaign, sameCampaign, streamed } from "./reading.ts";
import type { VendorTools } from "./tools.ts";
import type { Account, Vendor } from "./vendor.ts";
import { firstText, type Words, words } from "./vendor-words.ts";
import { cameOf, members, type Some, type Wanted } from "./wanted.ts";

const name = "sarvam";
const hosts = ["apps.sarvam.ai"];
const pageSize = 100;
/** Opaque and no UUID: `INSUREIT-Re-31885c09-3493`. Organisation and workspace ids look alike. */
const campaignId = /^[A-Za-z0-9_-]{1,64}$/;
const phases: Record<string, Phase> = {
  scheduled: "scheduled",
  active: "running",
  paused: "paused",
  ended: "completed",
  cancelled: "cancelled",
};

const row = {
  members: members("campaign_id", "name", "status", "created_at", "end_timestamp"),
};
const cohort = { members: { result: { members: members("valid_records") } } };

export const sarvam = (tools: VendorTools): Vendor =>
  defineVendor(tools, {
    name,
    hosts,
    campaignId,
    // No number is documented, only that one bucket serves the whole account.
    pace: { atOnce: 8, perSecond: 30 },
    defaultBaseUrl: () => "https://apps.sarvam.ai",
    ownName: ({ orgId, workspaceId }) => [orgId, workspaceId],
    fields: [
      {
        name: "apiKey",
        label: "Voice Agents API key",
        required: true,
        hint: "Settings, then API Key; the key for the model API does not work here",
        secret: true,
      },
      { name: "orgId", label: "organisation id", required: true, secret: false },
      { name: "workspaceId", label: "workspace id", required: true, secret: false },
    ],
    capabilities: {
      pause: {
        from: ["scheduled", "running"],
        reaches: ["paused"],
        caution: "Calls that are already going on are finished.",
      },
      /** Resumed means `scheduled`; it turns `active` by itself in its calling hours. */
      resume: {
        from: ["paused"],
        reaches: ["scheduled", "running"],
        caution: "It dials again in its calling hours.",
      },
      cancel: {
        from: ["scheduled", "running", "paused"],
        reaches: ["cancelled"],
        caution: "The calls that were still to be made are dropped for good.",
        irreversible: true,
      },
    },
    open(account, http) {
      const read = async (path: string, wanted: Wanted, query = {}) =>
        (await http.send({ ...call(account, "GET", path), query, wanted })).json();
      const page = (path: string, items: Some, { offset = 0, limit = pageSize } = {}) =>
        read(
          path,
          { members: { items, total: "whole" } },
          { offset: String(offset), limit: String(limit) },
        );
      return {
        check: async () => void rowsIn(await page("", {}, { limit: 1 })),
        list: () =>
          allPages({ name, campaignId }, async (number) => {
            const offset = number * pageSize;
            const found = streamed(row, (one) => toCampaign(one, tools.now()));
            const body = await page("", found.rows, { offset });
            const more = hasMore(body, offset, found.campaigns.length);
            return { campaigns: found.campaigns, more };
          }),
        get: async (id) =>
          sameCampaign(name, id, toCampaign(await read(`/${id}`, row), tools.now())),
        act: async (action, id) => {
          const body = JSON.stringify({ action });
          await http.send({ ...call(account, "PUT", `/${id}/status`), body });
        },
        progress: async (id) => audienceOf(await page(`/${id}/cohorts`, { rows: cohort })),
      };
    },
  });

function call({ baseUrl, secret, options }: Account, method: "GET" | "PUT", path: string) {
  return {
    vendor: name,
    hosts,
    method,
    baseUrl,
    path: `${campaignsOf(options)}${path}`,
    headers: {
      "x-api-key": secret.apiKey ?? "",
      accept: "application/json",
      ...(method === "PUT" ? { "content-type": "application/json" } : {}),
    },
    changing: method === "PUT",
    wanted: "nothing",
    secrets: Object.values(secret),
    words: wordsOf,
    peculiar,
  } as const;
}

function campaignsOf({ orgId = "", workspaceId = "" }: Account["options"]): string {
  if (campaignId.test(orgId) && campaignId.test(workspaceId)) {
    return `/api/scheduling/v1/orgs/${orgId}/workspaces/${workspaceId}/campaigns`;
  }
  const sentence = "The Sarvam connection has no proper organisation id or workspace id.";
  throw new VendorFailure({ kind: "blocked", vendor: name, sentence });
}

/** In this order: error.data.details, error.message, detail (text or list), message. */
function wordsOf(body: unknown): Words {
  const { error, message } = record(body);
  const { code, message: inner, data } = record(error);
  const said = firstText(record(data).details, inner, fastApiWords(body).text, message, error);
  return words(firstText(code), said);
}

/** 401 and 403 are both about the key; one 429 is no rush but an empty account. */
function peculiar(facts: FailureFacts): FailureFacts {
  if (facts.kind === "unauthorized" || facts.kind === "forbidden") {
    const sentence = `Sarvam does not accept our key (${facts.status}). It must be the Voice Agents key of this workspace.`;
    return { ...facts, kind: "unauthorized", sentence };
  }
  if (facts.kind === "rate_limited" && /insufficient_quota/.test(facts.code ?? "")) {
    const { retryAfterMs: _, ...rest } = facts;
    return { ...rest, kind: "payment", sentence: "The credits at Sarvam are used up (429)." };
  }
  return facts;
}

function rowsIn(body: unknown): unknown[] {
  const { items } = record(body);
  if (!Array.isArray(items)) throw badAnswer(name);
  return items;
}

/** Counted on by offset; the answer's own links are not followed. */
function hasMore(body: unknown, offset: number, length: number): boolean {
  rowsIn(body);
  const end = count(record(body).total);
  return end === undefined ? length === pageSize : offset + length < end;
}

function toCampaign(body: unknown, now: Date) {
  const came = cameOf(row, body);
  const { campaign_id: id, name: title, status, created_at: made, end_timestamp: end } = came;
  const over = text(status).toLowerCase() === "paused" && Date.parse(text(end)) < now.getTime();
  const note = over
    ? "Its end date has passed, so Sarvam needs a new one before it can resume."
    : undefined;
  return campaign(phases, { id, name: title, word: status, made, note });
}

/** Sarvam counts no calls; what it calls the audience is the sum of the cohorts' valid records. */
function audienceOf(body: unknown) {
  const items = rowsIn(body);
  const counts = items.map((one) => count(record(record(one).result).valid_records));
  const all = !hasMore(body, 0, items.length);
  const whole = all && counts.length > 0 && counts.every((one) => one !== undefined);
  const total = whole ? counts.reduce<number>((sum, one) => sum + (one ?? 0), 0) : undefined;
  return { ...known({ total }), note: "Sarvam does not say how many were called." };
}
