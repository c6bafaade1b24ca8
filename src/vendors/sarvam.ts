// https://docs.sarvam.ai/voice-agents/api/campaigns/update-status.md
import { defineVendor } from "./define-vendor.ts";
import { type FailureFacts, VendorFailure } from "./failure.ts";
import { allPages, sameCampaign, streamed } from "./reading.ts";
import {
  agentRow,
  attempts,
  attemptsAsked,
  audienceOf,
  cohort,
  countOf,
  hasMore,
  pageSize,
  peculiar,
  placeId,
  row,
  rowsIn,
  toCampaign,
  toProgress,
  wordsOf,
} from "./sarvam-shapes.ts";
import type { VendorTools } from "./tools.ts";
import type { Account, Vendor } from "./vendor.ts";
import type { Some, Wanted } from "./wanted.ts";

const name = "sarvam";
const hosts = ["apps.sarvam.ai"];
/** Opaque and no UUID: `INSUREIT-Re-31885c09-3493`. */
const campaignId = /^[A-Za-z0-9_-]{1,64}$/;

export const sarvam = (tools: VendorTools): Vendor =>
  defineVendor(tools, {
    name,
    hosts,
    campaignId,
    // No number is documented for campaigns. Its neighbour, the Boards API, takes 60 a minute for a key: modest, until measured.
    pace: { atOnce: 2, perSecond: 5 },
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
      {
        name: "orgId",
        label: "organisation id",
        required: true,
        hint: "In the address of the dashboard, for example example.com",
        pattern: placeId,
        secret: false,
      },
      {
        name: "workspaceId",
        label: "workspace id",
        required: true,
        hint: "In the address of the dashboard",
        pattern: placeId,
        secret: false,
      },
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
      const campaigns = () => placeOf(account.options).campaigns;
      const page = (path: string, items: Some, { offset = 0, limit = pageSize } = {}) =>
        read(
          path,
          { members: { items, total: "whole" } },
          { offset: String(offset), limit: String(limit) },
        );
      /** One agent's calls, narrowed to this campaign; whatever goes wrong with it, the count is just not told. */
      async function attemptsOf(id: string): Promise<number | undefined> {
        try {
          const one = await read(`${campaigns()}/${id}`, agentRow);
          const asked = attemptsAsked(id, one, tools.now());
          if (!asked) return undefined;
          const path = `${placeOf(account.options).analytics}/${asked.agent}/attempts`;
          return countOf(id, await read(path, attempts, asked.query));
        } catch (error) {
          if (error instanceof VendorFailure) return undefined;
          throw error;
        }
      }
      return {
        check: async () => void rowsIn(await page(campaigns(), {}, { limit: 1 })),
        list: () =>
          allPages({ name, campaignId }, async (number) => {
            const offset = number * pageSize;
            const found = streamed(row, (one) => toCampaign(one, tools.now()));
            const body = await page(campaigns(), found.rows, { offset });
            const more = hasMore(body, offset, found.campaigns.length);
            return { campaigns: found.campaigns, more };
          }),
        get: async (id) =>
          sameCampaign(name, id, toCampaign(await read(`${campaigns()}/${id}`, row), tools.now())),
        act: async (action, id) => {
          const body = JSON.stringify({ action });
          await http.send({ ...call(account, "PUT", `${campaigns()}/${id}/status`), body });
        },
        progress: async (id) => {
          const audience = audienceOf(await page(`${campaigns()}/${id}/cohorts`, { rows: cohort }));
          return toProgress(audience, await attemptsOf(id));
        },
      };
    },
  });

function call({ baseUrl, secret }: Account, method: "GET" | "PUT", path: string) {
  return {
    vendor: name,
    hosts,
    method,
    baseUrl,
    path,
    headers: {
      "x-api-key": secret.apiKey ?? "",
      accept: "application/json",
      ...(method === "PUT" ? { "content-type": "application/json" } : {}),
    },
    changing: method === "PUT",
    wanted: "nothing",
    secrets: Object.values(secret),
    words: wordsOf,
    peculiar: (facts: FailureFacts) => peculiar(facts, path.endsWith("/campaigns")),
  } as const;
}

/** The paths of the scheduling API have words between the two ids, those of the analytics API have none. */
function placeOf({ orgId = "", workspaceId = "" }: Account["options"]) {
  if (placeId.test(orgId) && placeId.test(workspaceId)) {
    return {
      campaigns: `/api/scheduling/v1/orgs/${orgId}/workspaces/${workspaceId}/campaigns`,
      analytics: `/api/analytics/v1/${orgId}/${workspaceId}`,
    };
  }
  const sentence = "The Sarvam connection has no proper organisation id or workspace id.";
  throw new VendorFailure({ kind: "blocked", vendor: name, sentence });
}
