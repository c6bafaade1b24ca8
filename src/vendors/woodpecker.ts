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
  isCrowded,
  isUnsupported,
  pausableOnly,
  peculiar,
  peculiarToLists,
  wordsOf,
} from "./woodpecker-refusals.ts";
import {
  accountIn,
  fromV1,
  fromV2,
  rowsOf,
  sayings,
  statsRow,
  toProgress,
  v1Row,
  v2Row,
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
/** Whatever else was asked waits for this answer, and can do without it: 5 s. */
const hurry = 1 / 3;
const contentionMs = 500;

/** https://woodpecker.co/help/campaign-statuses: it was left while it was being edited, and does not send. */
const beingEdited =
  "It is being edited in Woodpecker, so it sends nothing. Finish or discard the edit there.";

export const woodpecker = (tools: VendorTools): Vendor => {
  const contended = () => tools.sleep(contentionMs / tools.haste);

  /** GET-campaign-list-v1. A 409 here is only crowding, so it is asked once more; in v2 it is a refusal. */
  async function v1({ account, http }: Way, query: Record<string, string>, rows: Some) {
    const wanted = { ...rows, members: sayings };
    const asked = { ...call(account, "GET", v1List), query, wanted, peculiar: peculiarToLists };
    const ask = () => http.send(asked);
    const answer = await ask().catch(on(isCrowded, () => contended().then(ask)));
    // An account without campaigns of that state may be answered with nothing at all.
    return answer.status === 204 ? [] : rowsOf(answer.json(), Object.values(account.secret));
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
    whose: {
      keyOf: ({ baseUrl, secret, options }) =>
        JSON.stringify([baseUrl, secret.apiKey, options.companyId]),
      ask: whoseKey,
    },
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
        refusals: { stopped: "It is stopped, so it sends nothing.", edited: beingEdited },
      },
      resume: {
        from: ["paused"],
        reaches: ["running"],
        refusals: {
          draft: "It is a draft, and Woodpecker’s resume would launch it.",
          stopped: "It was stopped, not paused. Start it in Woodpecker if that is meant.",
          edited: beingEdited,
        },
      },
      cancel: {
        from: ["running", "paused"],
        reaches: ["stopped"],
        refusals: { edited: beingEdited },
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
            on(isUnsupported, async () => {
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

/** Keys are a user's, limits an account's: GET /me tells whose a key is. A client company has limits of its own. */
async function whoseKey(account: Account, http: Http): Promise<string | undefined> {
  const me = call(account, "GET", "/rest/v1/me");
  const asked = { ...me, wanted: "whole", patience: hurry } as const;
  const name = accountIn((await http.send(asked)).json());
  if (name === undefined) return undefined;
  return JSON.stringify([account.baseUrl, name, account.options.companyId ?? ""]);
}

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

/** Something else instead of failing in this one way. */
function on<T>(is: (facts: FailureFacts) => boolean, instead: () => Promise<T>) {
  return (error: unknown): Promise<T> => {
    if (error instanceof VendorFailure && is(error.facts)) return instead();
    throw error;
  };
}

function only(campaigns: readonly Campaign[], id: string): Campaign {
  const found = campaigns.find((one) => one.id === id);
  if (!found) throw new VendorFailure({ kind: "not_found", vendor: name });
  return found;
}
