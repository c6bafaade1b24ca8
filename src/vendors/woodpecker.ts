// https://developers.woodpecker.co/docs/campaigns
import type { Action, Campaign } from "../domain/campaign.ts";
import { defineVendor } from "./define-vendor.ts";
import { type FailureFacts, VendorFailure } from "./failure.ts";
import type { Http } from "./http.ts";
import { allPages, sameCampaign, streamed } from "./reading.ts";
import type { VendorTools } from "./tools.ts";
import type { Account, Vendor } from "./vendor.ts";
import type { Some } from "./wanted.ts";
import {
  fromV1,
  fromV2,
  isUnsupported,
  pausableOnly,
  peculiar,
  rowsOf,
  sayings,
  statsRow,
  toProgress,
  v1Row,
  v2Row,
  wordsOf,
} from "./woodpecker-shapes.ts";

const name = "woodpecker";
const hosts = ["api.woodpecker.co"];
const v1List = "/rest/v1/campaign_list";
const v2Campaigns = "/rest/v2/campaigns";
const campaignId = /^[1-9]\d{0,18}$/;
/** POST-run-campaign starts a paused campaign again; POST-stop-campaign can be undone by it. */
const verbs: Record<Action, string> = { pause: "pause", resume: "run", cancel: "stop" };

/** Woodpecker itself queues a request for up to 15 s before it drops it: 20 s are enough to hear of that. */
const patience = 4 / 3;
const contentionMs = 500;

export const woodpecker = (tools: VendorTools): Vendor => {
  const contended = () => tools.sleep(contentionMs / tools.haste);

  /** GET-campaign-list-v1. A 409 here is only crowding, so it is asked once more; in v2 it is a refusal. */
  async function v1({ account, http }: Way, query: Record<string, string>, rows: Some) {
    const wanted = { ...rows, members: sayings };
    const ask = () => http.send({ ...call(account, "GET", v1List), query, wanted });
    const answer = await ask().catch(onConflict(() => contended().then(ask)));
    return rowsOf(answer.json(), Object.values(account.secret));
  }

  async function listed(way: Way, query: Record<string, string>): Promise<readonly Campaign[]> {
    const found = streamed(v1Row, fromV1);
    await v1(way, query, found.rows);
    return found.campaigns;
  }

  async function v2({ account, http }: Way, id: string): Promise<Campaign> {
    const asked = { ...call(account, "GET", `${v2Campaigns}/${id}`), wanted: v2Row };
    return fromV2((await http.send(asked)).json());
  }

  return defineVendor(tools, {
    name,
    hosts,
    campaignId,
    // One request at a time per account, and six may wait: more are dropped with a 429.
    pace: { atOnce: 1, perSecond: 10 },
    accountOf: ({ baseUrl, secret, options }) =>
      JSON.stringify([baseUrl, secret.apiKey, options.companyId]),
    defaultBaseUrl: () => "https://api.woodpecker.co",
    fields: [
      {
        name: "apiKey",
        label: "API key",
        required: true,
        hint: "Needs the API add-on",
        secret: true,
      },
      {
        name: "companyId",
        label: "company id",
        required: false,
        hint: "Only for agency keys",
        secret: false,
      },
    ],
    capabilities: {
      pause: {
        from: ["running"],
        reaches: ["paused"],
        refusals: { stopped: "It is stopped, so it sends nothing." },
      },
      resume: {
        from: ["paused"],
        reaches: ["running"],
        refusals: {
          draft: "It is a draft, and Woodpecker’s resume would launch it.",
          stopped: "It was stopped, not paused. Start it in Woodpecker if that is meant.",
        },
      },
      cancel: {
        from: ["running", "paused"],
        reaches: ["stopped"],
        label: "Stop (can be restarted)",
        caution: "Woodpecker has no cancel: a stopped campaign can be started again there.",
      },
    },
    open: (account, http) => ({
      check: async () => void (await v1({ account, http }, { status: "RUNNING" }, {})),
      list: () =>
        allPages({ name, campaignId }, async () => {
          return { campaigns: await listed({ account, http }, {}), more: false };
        }),
      get: async (id) =>
        sameCampaign(
          name,
          id,
          await v2({ account, http }, id).catch(
            onConflict(async (facts) => {
              if (!isUnsupported(facts)) throw new VendorFailure(facts);
              return { ...only(await listed({ account, http }, { id }), id), note: pausableOnly };
            }),
          ),
        ),
      act: async (action, id) => {
        const path = `${v2Campaigns}/${id}/${verbs[action]}`;
        await http.send(call(account, "POST", path));
      },
      progress: async (id) => toProgress(await v1({ account, http }, { id }, { rows: statsRow })),
    }),
  });
};

interface Way {
  account: Account;
  http: Http;
}

function call({ baseUrl, secret, options }: Account, method: "GET" | "POST", path: string) {
  return {
    vendor: name,
    hosts,
    method,
    baseUrl,
    path,
    headers: {
      "x-api-key": secret.apiKey ?? "",
      accept: "application/json",
      ...(options.companyId ? { "x-company-id": options.companyId } : {}),
    },
    changing: method === "POST",
    wanted: "nothing",
    secrets: Object.values(secret),
    words: wordsOf,
    peculiar,
    patience,
  } as const;
}

function onConflict<T>(instead: (facts: FailureFacts) => Promise<T>) {
  return (error: unknown): Promise<T> => {
    if (error instanceof VendorFailure && error.facts.kind === "conflict")
      return instead(error.facts);
    throw error;
  };
}

function only(campaigns: readonly Campaign[], id: string): Campaign {
  const found = campaigns.find((one) => one.id === id);
  if (!found) throw new VendorFailure({ kind: "not_found", vendor: name });
  return found;
}
