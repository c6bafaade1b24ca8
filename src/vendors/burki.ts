// https://docs.burki.dev (campaigns)
import type { Action, Phase } from "../domain/campaign.ts";
import { defineVendor } from "./define-vendor.ts";
import type { FailureFacts } from "./failure.ts";
import { fastApiWords, notAboutCampaigns, wrongServer } from "./fast-api.ts";
import { count, known, record } from "./loose.ts";
import { allPages, badAnswer, campaign, sameCampaign, streamed } from "./reading.ts";
import type { VendorTools } from "./tools.ts";
import type { Account, Vendor } from "./vendor.ts";
import { cameOf, members, type Wanted } from "./wanted.ts";

const name = "burki";
const hosts = ["api.burki.dev"];
const campaigns = "/api/v1/campaigns";
const campaignId = /^[1-9]\d{0,18}$/;
const phases: Record<string, Phase> = {
  draft: "draft",
  scheduled: "scheduled",
  running: "running",
  paused: "paused",
  completed: "completed",
  cancelled: "cancelled",
  failed: "failed",
};

const row = { members: members("id", "name", "status", "created_at") };

/** There is no /resume and no /cancel: a paused campaign is started again, a stopped one is over. */
const verbs: Record<Action, string> = { pause: "pause", resume: "start", cancel: "stop" };

export const burki = (tools: VendorTools): Vendor =>
  defineVendor(tools, {
    name,
    hosts,
    campaignId,
    // "Endpoint-specific" limits without numbers; keys have 100 a minute by default, which nobody was seen to enforce.
    pace: { atOnce: 8, perSecond: 30 },
    defaultBaseUrl: () => "https://api.burki.dev",
    fields: [
      {
        name: "apiKey",
        label: "API key",
        required: true,
        hint: "Dashboard, then API keys",
        secret: true,
      },
    ],
    capabilities: {
      /** A `scheduled` campaign is refused a pause, and it is `scheduled` for a while after any start. */
      pause: {
        from: ["running"],
        reaches: ["paused"],
        waitOn: ["scheduled"],
        caution: "Calls that are already going on are finished.",
      },
      /** /start only hands the campaign to a background task and answers `scheduled`. */
      resume: {
        from: ["paused"],
        reaches: ["running"],
        pending: ["scheduled"],
        refusals: {
          draft: "It has never been started, and a resume must not start it.",
          scheduled: "It is not paused; it waits for its start.",
        },
      },
      cancel: {
        from: ["scheduled", "running", "paused"],
        reaches: ["cancelled"],
        caution: "Calls that are already going on may still be finished.",
        label: "Stop for good",
        irreversible: true,
      },
    },
    open(account, http) {
      const read = async (path: string, wanted: Wanted, query = {}) =>
        (await http.send({ ...call(account, "GET", path), query, wanted })).json();
      const page = async (number: number, size: number) => {
        const found = streamed(row, toCampaign);
        const wanted = { members: { campaigns: found.rows, pagination: "whole" } } as const;
        const query = { page: String(number), per_page: String(size) };
        const more = hasMore(await read(`${campaigns}/`, wanted, query));
        return { campaigns: found.campaigns, more };
      };
      return {
        check: async () => void (await page(1, 1)),
        list: () => allPages({ name, campaignId }, (number) => page(number + 1, 100)),
        get: async (id) =>
          sameCampaign(name, id, toCampaign(await read(`${campaigns}/${id}`, row))),
        act: async (action, id) =>
          void (await http.send(call(account, "POST", `${campaigns}/${id}/${verbs[action]}`))),
        progress: async (id) => toProgress(await read(`${campaigns}/${id}/progress`, "whole")),
      };
    },
  });

/** The list alone has a trailing slash. */
function call({ baseUrl, secret }: Account, method: "GET" | "POST", path: string) {
  return {
    vendor: name,
    hosts,
    method,
    baseUrl,
    path,
    headers: { authorization: `Bearer ${secret.apiKey ?? ""}`, accept: "application/json" },
    changing: method === "POST",
    wanted: "nothing",
    secrets: Object.values(secret),
    words: fastApiWords,
    peculiar: (facts: FailureFacts) => (notAboutCampaigns(facts) ? wrongServer(facts) : facts),
  } as const;
}

function hasMore(body: unknown): boolean {
  const { campaigns: rows, pagination } = record(body);
  if (!Array.isArray(rows)) throw badAnswer(name);
  const { page, total_pages: pages, has_next: more } = record(pagination);
  return typeof more === "boolean" ? more : (count(page) ?? 1) < (count(pages) ?? 1);
}

function toCampaign(body: unknown) {
  const { id, name: title, status, created_at: made } = cameOf(row, body);
  return campaign(phases, { id, name: title, word: status, made });
}

/** Finished people are completed + failed; money comes without a currency. */
function toProgress(body: unknown) {
  const { progress, metrics } = record(body);
  const { completed, failed, total_contacts: total, pending, processing } = record(progress);
  const over = count(completed);
  const cost = count(record(metrics).actual_cost);
  return known({
    done: over === undefined ? undefined : over + (count(failed) ?? 0),
    total: count(total),
    failed: count(failed),
    queued: count(pending),
    inFlight: count(processing),
    note: cost === undefined ? undefined : `Spent so far: ${cost} (Burki names no currency).`,
  });
}
