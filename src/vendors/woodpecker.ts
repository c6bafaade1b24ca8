// https://developers.woodpecker.co/docs/campaigns
import type { Action, Campaign, Phase } from "../domain/campaign.ts";
import { defineVendor } from "./define-vendor.ts";
import { type FailureFacts, VendorFailure } from "./failure.ts";
import type { Http } from "./http.ts";
import { createLanes } from "./lanes.ts";
import { count, known, record, text } from "./loose.ts";
import { allPages, badAnswer, campaign, sameCampaign } from "./reading.ts";
import type { Account, Vendor } from "./vendor.ts";
import { firstText, tidyWords, type Words, words } from "./vendor-words.ts";

const name = "woodpecker";
const hosts = ["api.woodpecker.co"];
const v1List = "/rest/v1/campaign_list";
const v2Campaigns = "/rest/v2/campaigns";
const campaignId = /^[1-9]\d{0,18}$/;
const phases: Record<string, Phase> = {
  draft: "draft",
  edited: "draft",
  running: "running",
  paused: "paused",
  stopped: "stopped",
  completed: "completed",
  deleted: "cancelled",
};

/** POST-run-campaign starts a paused campaign again; POST-stop-campaign can be undone by it. */
const verbs: Record<Action, string> = { pause: "pause", resume: "run", cancel: "stop" };

/** Woodpecker itself queues a request for up to 15 s before it drops it. */
const deadlineMs = 20_000;
/** A call that waited here longer than this is given up unsent, before the asker stops believing in it. */
const longestWaitMs = 30_000;
const contentionMs = 500;

export const woodpecker = (
  http: Http,
  { now, sleep }: { now(): Date; sleep(ms: number): Promise<void> },
): Vendor => {
  const lanes = createLanes();

  /** One request at a time per account, what people wait for first; more would be dropped with a 429. */
  function inLane<T>(
    { baseUrl, secret, options }: Account,
    urgent: boolean,
    task: () => Promise<T>,
  ) {
    const asked = now().getTime();
    const key = JSON.stringify([baseUrl, secret.apiKey, options.companyId]);
    return lanes.run(key, urgent, () => {
      if (now().getTime() - asked <= longestWaitMs) return task();
      const sentence = "Too many requests to Woodpecker wait for one another at the moment.";
      throw new VendorFailure({ kind: "unavailable", vendor: name, sentence });
    });
  }

  /** GET-campaign-list-v1. A 409 here is only crowding, so it is asked once more; in v2 it is a refusal. */
  function v1(account: Account, urgent: boolean, query: Record<string, string>) {
    const ask = () => http.send({ ...call(account, "GET", v1List), query });
    return inLane(account, urgent, async () =>
      rowsOf((await ask().catch(onConflict(() => sleep(contentionMs).then(ask)))).json()),
    );
  }

  async function v2(account: Account, id: string): Promise<Campaign> {
    const ask = () => http.send(call(account, "GET", `${v2Campaigns}/${id}`));
    return fromV2((await inLane(account, true, ask)).json());
  }

  return defineVendor({
    name,
    hosts,
    campaignId,
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
        refusals: { stopped: "It is stopped, so it sends nothing. Nothing was changed." },
      },
      resume: {
        from: ["paused"],
        reaches: ["running"],
        refusals: {
          draft: "It is a draft, and Woodpecker’s resume would launch it. Nothing was changed.",
          stopped:
            "It was stopped, not paused. Start it in Woodpecker if that is meant. Nothing was changed.",
        },
      },
      cancel: {
        from: ["running", "paused"],
        reaches: ["stopped"],
        label: "Stop (can be restarted)",
        caution: "Woodpecker has no cancel: a stopped campaign can be started again there.",
      },
    },
    open: (account) => ({
      check: async () => void (await v1(account, true, { status: "RUNNING" })),
      list: () =>
        allPages({ name, campaignId }, async () => {
          const rows = await v1(account, false, {});
          return { campaigns: rows.map(fromV1), more: false };
        }),
      get: async (id) =>
        sameCampaign(
          name,
          id,
          await v2(account, id).catch(
            onConflict(async (facts) => {
              if (!isUnsupported(facts)) throw new VendorFailure(facts);
              return { ...only(await v1(account, true, { id }), id), note: pausableOnly };
            }),
          ),
        ),
      act: async (action, id) => {
        const path = `${v2Campaigns}/${id}/${verbs[action]}`;
        await inLane(account, true, () => http.send(call(account, "POST", path)));
      },
      progress: async (id) => toProgress(await v1(account, false, { id })),
    }),
  });
};

const pausableOnly =
  "It uses features that Woodpecker’s API does not support: it can be paused but not resumed through the API.";

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
    secrets: Object.values(secret),
    words: wordsOf,
    peculiar,
    deadlineMs,
  } as const;
}

/** Four envelopes: {title,status,detail}, {code,message}, {type,message}, and v1's {status:{code,msg}}. */
function wordsOf(body: unknown): Words {
  const { code, type, title, message, detail, status } = record(body);
  const old = record(status);
  return words(firstText(code, type, title, old.code), firstText(message, detail, old.msg));
}

/** Only a 404 with CAMPAIGN_NOT_EXIST is about the campaign; a 401 can be about the plan. */
function peculiar(facts: FailureFacts): FailureFacts {
  const said = facts.vendorText ?? "";
  if (facts.kind === "unauthorized" && /addon|upgrade/i.test(said)) {
    return {
      ...facts,
      kind: "payment",
      sentence: "Woodpecker’s plan does not include its API (401).",
    };
  }
  if (facts.kind === "forbidden" && /addon/i.test(said)) {
    return { ...facts, sentence: "This Woodpecker account has no agency add-on (403)." };
  }
  if (facts.kind === "not_found" && facts.code !== "CAMPAIGN_NOT_EXIST") {
    return { ...facts, kind: "bad_answer" };
  }
  if (facts.kind === "conflict" && isUnsupported(facts))
    return { ...facts, sentence: `${pausableOnly}` };
  return facts;
}

function isUnsupported({ code, vendorText }: FailureFacts): boolean {
  return `${code} ${vendorText}`.includes("API_UNSUPPORTED_CAMPAIGN_FEATURES");
}

function onConflict<T>(instead: (facts: FailureFacts) => Promise<T>) {
  return (error: unknown): Promise<T> => {
    if (error instanceof VendorFailure && error.facts.kind === "conflict")
      return instead(error.facts);
    throw error;
  };
}

/** An account without campaigns is told so in an object; an error may come in one too, inside a 200. */
function rowsOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  const { code, text: said = "" } = wordsOf(body);
  if (!code && /no campaign/i.test(said)) return [];
  throw badAnswer(name, tidyWords([code, said].filter(Boolean).join(": ")));
}

function only(rows: readonly unknown[], id: string): Campaign {
  const found = rows.map(fromV1).find((row) => row.id === id);
  if (!found) throw new VendorFailure({ kind: "not_found", vendor: name });
  return found;
}

function fromV1(row: unknown): Campaign {
  const { id, name: title, status, error } = record(row);
  const said = tidyWords(text(error));
  return campaign(phases, {
    id,
    name: title,
    word: status,
    note: said && `Woodpecker reports: ${said}`,
  });
}

/** Bounce Shield pauses by itself, and starting again by hand switches its check off for a week. */
function fromV2(row: unknown): Campaign {
  const { id, name: title, status, bounce_shield_autopaused_at: shield } = record(row);
  const note = text(shield)
    ? "Bounce Shield paused it because too many emails bounced. Look at the bounces before resuming it."
    : undefined;
  return campaign(phases, { id, name: title, word: status, note });
}

/** GET-campaign-stats-v1. Emails are counted and not people, so there is no total to set them against. */
function toProgress(rows: readonly unknown[]) {
  const stats = record(record(rows[0]).stats);
  const { sent, bounced, prospects, replied } = stats;
  const parts = [
    [count(prospects), "prospects"],
    [count(replied), "replied"],
  ].flatMap(([number, what]) => (number === undefined ? [] : [`${number} ${what}`]));
  return known({
    done: count(sent),
    failed: count(bounced),
    note: parts.length > 0 ? `Counted in emails; ${parts.join(", ")}.` : undefined,
  });
}
