// https://docs.talkdesk.com/reference/patch-campaign
import type { Action, Campaign } from "../domain/campaign.ts";
import type { Call } from "./call.ts";
import { defineVendor } from "./define-vendor.ts";
import { type FailureFacts, VendorFailure } from "./failure.ts";
import type { Answer, Http } from "./http.ts";
import { count, record } from "./loose.ts";
import { allPages, badAnswer, sameCampaign, streamed } from "./reading.ts";
import { loginOf, tokenCall } from "./talkdesk-login.ts";
import { apiHostOf, everyApiHost, regionOf, regions } from "./talkdesk-regions.ts";
import {
  hasMore,
  pageSize,
  pageWith,
  peculiar,
  row,
  toCampaign,
  wordsOf,
} from "./talkdesk-shapes.ts";
import { createTokenKeeper } from "./tokens.ts";
import type { VendorTools } from "./tools.ts";
import type { Account, Vendor } from "./vendor.ts";
import type { Wanted } from "./wanted.ts";

const name = "talkdesk";
const privateKey = /^(-----BEGIN [A-Z ]+-----)?[A-Za-z0-9+/=\s]{40,4000}(-----END [A-Z ]+-----)?$/;
const campaignId = /^[A-Za-z0-9_-]{1,64}$/;
/** The list filter and PATCH want lower case; reads answer in upper case. */
const values: Partial<Record<Action, string>> = { pause: "paused", resume: "running" };

export const talkdesk = (tools: VendorTools): Vendor => {
  const keeper = createTokenKeeper(tools.now);

  /** Tokens live ten minutes and may end sooner: a 401 is answered with one new token and one more try. */
  async function send(way: Way, request: Request, again = true): Promise<Answer> {
    const { account, http } = way;
    const owner = account.connectionId;
    const token = await keeper.token(owner, loginOf(account), async () =>
      askForToken(http, await tokenCall(account, tools.now())),
    );
    try {
      return await http.send(call(account, token, request));
    } catch (error) {
      if (!again || !isUnauthorized(error)) throw error;
      keeper.drop(owner, token);
      return send(way, request, false);
    }
  }

  async function page(way: Way, number: number, size = pageSize) {
    const query = { page: String(number), per_page: String(size) };
    const found = streamed(row, toCampaign);
    const wanted = pageWith(found.rows);
    const answer = await send(way, { method: "GET", path: "/campaigns", query, wanted });
    const more = hasMore(answer.json(), found.campaigns.length);
    return { campaigns: found.campaigns, more };
  }

  const listed = (way: Way) => allPages({ name, campaignId }, (number) => page(way, number + 1));

  /** Some clients may list campaigns but not get one: then the list is read instead. */
  async function get(way: Way, id: string): Promise<Campaign> {
    try {
      const one = { method: "GET", path: `/campaigns/${id}`, wanted: row } as const;
      return toCampaign((await send(way, one)).json());
    } catch (error) {
      if (!(error instanceof VendorFailure) || error.facts.kind !== "forbidden") throw error;
      const found = (await listed(way)).find((one) => one.id === id);
      if (!found) throw new VendorFailure({ kind: "not_found", vendor: name });
      return found;
    }
  }

  return defineVendor(tools, {
    name,
    hosts: everyApiHost,
    campaignId,
    // None is documented for campaigns; elsewhere Talkdesk answers 429 to bursts and sheds load.
    pace: { atOnce: 8, perSecond: 30 },
    defaultBaseUrl: (options) => {
      const host = apiHostOf(options);
      return host ? `https://${host}` : "";
    },
    ownName: (options) => [options.account?.toLowerCase(), regionOf(options)],
    fields: [
      { name: "clientId", label: "client id", required: true, secret: true },
      {
        name: "clientSecret",
        label: "client secret",
        required: false,
        hint: "Or leave it empty and give a key id with its private key",
        secret: true,
      },
      { name: "keyId", label: "key id", required: false, secret: true },
      {
        name: "privateKey",
        label: "private key",
        required: false,
        hint: "The EC key that Talkdesk issued with the key id, as Base64 or PEM",
        pattern: privateKey,
        secret: true,
      },
      {
        name: "account",
        label: "account name",
        required: true,
        hint: "acme in acme.mytalkdesk.com",
        secret: false,
      },
      {
        name: "region",
        label: "region",
        required: false,
        hint: "us if left empty. uk and au are not proven: Talkdesk’s own pages do not name their addresses",
        choices: regions,
        secret: false,
      },
      {
        name: "tokenUrl",
        label: "login address",
        required: false,
        hint: "Only for uk: the address ending in /oauth/token that Talkdesk gave you",
        keeps: true,
        secret: false,
      },
    ],
    secretForms: [
      ["clientId", "clientSecret"],
      ["clientId", "keyId", "privateKey"],
    ],
    capabilities: {
      pause: { from: ["running"], reaches: ["paused"] },
      resume: {
        from: ["paused"],
        reaches: ["running"],
        refusals: {
          draft: "Its set-up is not complete, so there is nothing to resume.",
          ready: "It has never been started, and a resume must not start it.",
        },
        caution: "Talkdesk dials only in the campaign’s calling hours.",
      },
      cancel: { cannot: "Talkdesk has no cancel. I can pause it instead." },
    },
    open: (account, http) => ({
      check: async () => void (await page({ account, http }, 1, 1)),
      list: () => listed({ account, http }),
      get: async (id) => sameCampaign(name, id, await get({ account, http }, id)),
      /** A 200 that still says READY is common: the answer's body is not looked at. */
      act: async (action, id) => {
        const body = JSON.stringify({ op: "REPLACE", path: "status", value: values[action] });
        await send({ account, http }, { method: "PATCH", path: `/campaigns/${id}`, body });
      },
    }),
  });
};

interface Way {
  account: Account;
  http: Http;
}

interface Request {
  method: "GET" | "PATCH";
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: string;
  wanted?: Wanted;
}

/** PATCH takes one object, not a list, as plain json; answers come as hal+json. */
function call({ baseUrl, secret, options }: Account, token: string, request: Request) {
  return {
    wanted: "nothing",
    ...request,
    vendor: name,
    hosts: [apiHostOf(options)].filter((host) => host !== undefined),
    baseUrl,
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/hal+json, application/json",
      ...(request.body ? { "content-type": "application/json" } : {}),
    },
    changing: request.method === "PATCH",
    secrets: [...Object.values(secret), token],
    words: wordsOf,
    peculiar: (facts: FailureFacts) => peculiar(facts, request),
  } as const;
}

async function askForToken(http: Http, login: Call) {
  const { access_token: value, expires_in: seconds } = record((await http.send(login)).json());
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) throw badAnswer(name);
  return { value, livesMs: (count(seconds) ?? 599) * 1000 };
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof VendorFailure && error.facts.kind === "unauthorized";
}
