// https://docs.burki.dev (campaigns)
import type { Action, Campaign } from "../domain/campaign.ts";
import { ownStart } from "./burki-schedule.ts";
import { hasMore, row, toCampaign, toProgress, withReason } from "./burki-shapes.ts";
import { defineVendor } from "./define-vendor.ts";
import { type FailureFacts, VendorFailure } from "./failure.ts";
import { fastApiWords, notAboutCampaigns, wrongServer } from "./fast-api.ts";
import { allPages, sameCampaign, streamed } from "./reading.ts";
import type { VendorTools } from "./tools.ts";
import type { Account, Vendor } from "./vendor.ts";
import { members, type Wanted } from "./wanted.ts";

const name = "burki";
const hosts = ["api.burki.dev"];
const campaigns = "/api/v1/campaigns";
const campaignId = /^[1-9]\d{0,18}$/;
const schedule = { members: members("schedule_type", "scheduled_at", "recurring_config") };

/** There is no /resume and no /cancel: a paused campaign is started again, a stopped one is over. */
const verbs: Record<Action, string> = { pause: "pause", resume: "start", cancel: "stop" };

export const burki = (tools: VendorTools): Vendor => {
  /** The addresses at which the list has no slash: the vendor's prose has none, its specification has one. */
  const slashless = new Set<string>();

  return defineVendor(tools, {
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
        refusals: {
          timed:
            "Burki pauses only what runs. Unschedule it in Burki to keep it from starting, or stop it for good here.",
        },
        // Some campaigns call, some write, some do both.
        caution: "What is already under way is still finished.",
      },
      /** /start only hands the campaign to a background task and answers `scheduled`, or keeps it for its own time. */
      resume: {
        from: ["paused"],
        reaches: ["running"],
        arrives: ["timed"],
        pending: ["scheduled"],
        refusals: {
          draft: "It has never been started, and a resume must not start it.",
          scheduled: "It is not paused; it waits for its start.",
          timed: "It is not paused; it waits for its start.",
        },
      },
      cancel: {
        from: ["scheduled", "timed", "running", "paused"],
        reaches: ["cancelled"],
        caution: "What is already under way may still be finished.",
        label: "Stop for good",
        irreversible: true,
      },
    },
    open(account, http) {
      const read = async (path: string, wanted: Wanted, query = {}) =>
        (await http.send({ ...call(account, "GET", path), query, wanted })).json();

      /** With the slash or without, whichever is there; always at the same address. */
      async function readList(wanted: Wanted, query: Record<string, string>): Promise<unknown> {
        const { baseUrl } = account;
        const bare = slashless.has(baseUrl);
        const spelling = (isBare: boolean) => (isBare ? campaigns : `${campaigns}/`);
        try {
          return await read(spelling(bare), wanted, query);
        } catch (error) {
          if (!isElsewhere(error)) throw error;
          const body = await read(spelling(!bare), wanted, query).catch((other: unknown) => {
            throw isElsewhere(other) ? error : other;
          });
          if (bare) slashless.delete(baseUrl);
          else slashless.add(baseUrl);
          return body;
        }
      }

      const page = async (number: number, size: number) => {
        const found = streamed(row, toCampaign);
        const wanted = { members: { campaigns: found.rows, pagination: "whole" } } as const;
        const query = { page: String(number), per_page: String(size) };
        const more = hasMore(await readList(wanted, query));
        return { campaigns: found.campaigns, more };
      };

      /** `scheduled` is about to start, unless it has a time of its own. */
      async function withStart(one: Campaign): Promise<Campaign> {
        if (one.phase !== "scheduled") return one;
        const told = await read(`${campaigns}/${one.id}/schedule`, schedule).catch(orNothing);
        const note = ownStart(told, tools.now());
        return note === undefined ? one : { ...one, phase: "timed", note, noteAt: tools.now() };
      }

      return {
        check: async () => void (await page(1, 1)),
        list: () => allPages({ name, campaignId }, (number) => page(number + 1, 100)),
        get: async (id) => {
          const body = await read(`${campaigns}/${id}`, row);
          return withStart(sameCampaign(name, id, toCampaign(body)));
        },
        act: async (action, id) =>
          void (await http.send(call(account, "POST", `${campaigns}/${id}/${verbs[action]}`))),
        progress: async (id) => toProgress(await read(`${campaigns}/${id}/progress`, "whole")),
      };
    },
  });
};

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
    peculiar: (facts: FailureFacts) =>
      notAboutCampaigns(facts) ? wrongServer(facts) : withReason(facts),
  } as const;
}

/** Nothing stands under this spelling of the path; a redirect to another host says nothing of that. */
function isElsewhere(error: unknown): boolean {
  return error instanceof VendorFailure && (error.facts.sameHost || error.facts.status === 404);
}

function orNothing(error: unknown): undefined {
  if (!(error instanceof VendorFailure)) throw error;
}
