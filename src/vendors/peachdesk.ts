// https://docs.stage.peachdeskai.com (Peachdesk AI runs Dograh: https://docs.dograh.com)
import type { Phase } from "../domain/campaign.ts";
import { callingWindow } from "./calling-window.ts";
import { defineVendor } from "./define-vendor.ts";
import { type FailureFacts, VendorFailure } from "./failure.ts";
import { fastApiWords, notAboutCampaigns, wrongServer } from "./fast-api.ts";
import { count, known, list, record, text } from "./loose.ts";
import { allPages, badAnswer, campaign, sameCampaign, streamed } from "./reading.ts";
import type { VendorTools } from "./tools.ts";
import type { Account, Vendor } from "./vendor.ts";
import { tidyWords } from "./vendor-words.ts";
import { type Came, cameOf, members, type Wanted } from "./wanted.ts";

const name = "peachdesk";
const hosts = [".peachdeskai.com", "app.dograh.com", "api.dograh.com"];
/** The only address that the vendor's pages name. */
const stagingUrl = "https://api.stage.peachdeskai.com";
const campaigns = "/api/v1/campaign";
const phases: Record<string, Phase> = {
  created: "draft",
  syncing: "starting",
  running: "running",
  paused: "paused",
  completed: "completed",
  failed: "failed",
};

const logEntry = { members: members("ts", "event", "level", "message") };
/** Logs grow without end, and only the newest entries say anything about now. */
const row = {
  members: {
    ...members("id", "name", "state", "created_at", "started_at", "total_rows"),
    ...members("schedule_config", "executed_count", "total_queued_count"),
    logs: { rows: logEntry, last: 20 },
  },
} satisfies Wanted;
type Row = Came<typeof row>;
type LogEntry = Came<typeof logEntry>;

const campaignId = /^[1-9]\d{0,9}$/;
const highestId = 2_147_483_647;

/** docs: api-reference/campaigns. The server's own rules win where the pages differ from it. */
export const peachdesk = (tools: VendorTools): Vendor =>
  defineVendor(tools, {
    name,
    hosts,
    campaignId,
    // No limit is documented, and none is in its code; but every call writes to its database.
    pace: { atOnce: 8, perSecond: 30 },
    defaultBaseUrl: () => stagingUrl,
    baseUrlHint:
      "Where your Peachdesk AI answers. Left empty: the address it had, else https://api.stage.peachdeskai.com, which is the staging host",
    fields: [
      {
        name: "apiKey",
        label: "API key",
        required: true,
        hint: "Settings, then API Keys",
        secret: true,
      },
    ],
    capabilities: {
      pause: {
        from: ["starting", "running"],
        reaches: ["paused"],
        // The end of a sync writes `running` over a pause, and can be seen to be due; a batch that fails late writes
        // `failed`, a completion check in flight `completed`, and neither can be seen to come.
        watch: { looks: [15, 60, 300], settledAfter: 60, atMost: 7_200 },
        caution:
          "Up to 10 more calls that were already handed out may still be placed (20 on newer servers).",
      },
      resume: {
        from: ["paused"],
        reaches: ["running"],
        refusals: {
          draft: "It has never been started, and a resume must not start it.",
        },
        // The first call may take a minute, its breaker judges two minutes of them, and every minute it looks whether
        // anything is left to call.
        watch: { looks: [5, 15, 60, 120, 200, 300], settledAfter: 180, atMost: 7_200 },
        caution: "The first new call may come up to 60 seconds later.",
      },
      cancel: { cannot: "Peachdesk AI has no cancel. I can pause it instead." },
    },
    open(account, http) {
      const get = async (path: string, wanted: Wanted) =>
        (await http.send({ ...call(account, "GET", path), wanted })).json();
      const one = (id: string) => get(pathOf(id), row);
      return {
        check: async () => rowsIn(await get(`${campaigns}/`, { members: { campaigns: {} } })),
        list: () =>
          allPages({ name, campaignId }, async () => {
            const found = streamed(row, (one) => toCampaign(one, tools.now()));
            rowsIn(await get(`${campaigns}/`, { members: { campaigns: found.rows } }));
            return { campaigns: found.campaigns, more: false };
          }),
        get: async (id) => sameCampaign(name, id, toCampaign(await one(id), tools.now())),
        act: async (action, id) =>
          void (await http.send(call(account, "POST", `${pathOf(id)}/${action}`))),
        progress: async (id) => toProgress(await one(id)),
      };
    },
  });

/** Ids are 32-bit: a higher one is answered with a bare 500, so it does not leave here. */
function pathOf(id: string): string {
  if (Number(id) <= highestId) return `${campaigns}/${id}`;
  throw new VendorFailure({ kind: "not_found", vendor: name });
}

/** Slashes exactly so: the list needs its last one, all others must have none, else a 307 to http. */
function call({ baseUrl, secret }: Account, method: "GET" | "POST", path: string) {
  return {
    vendor: name,
    hosts,
    method,
    baseUrl,
    path,
    headers: { "x-api-key": secret.apiKey ?? "", accept: "application/json" },
    changing: method === "POST",
    wanted: "nothing",
    secrets: Object.values(secret),
    words: fastApiWords,
    peculiar: (facts: FailureFacts) => keyRefused(peculiar(facts), baseUrl),
  } as const;
}

/** A key of production is none at the staging host, so the host is named. */
function keyRefused(facts: FailureFacts, baseUrl: string): FailureFacts {
  if (facts.kind !== "unauthorized") return facts;
  const { host } = new URL(baseUrl);
  const staging =
    baseUrl === stagingUrl
      ? " That is its staging host: a key of another one needs that one’s base URL."
      : "";
  const sentence = `Peachdesk AI at ${host} does not accept our key (${facts.status}).${staging}`;
  return { ...facts, sentence };
}

/** One 401 is about telephony and not about the key; the three 402 want three different things. */
function peculiar(facts: FailureFacts): FailureFacts {
  const said = facts.vendorText ?? "";
  if (facts.kind === "unauthorized" && /telephony/i.test(said)) {
    return {
      ...facts,
      kind: "refused",
      sentence: "Peachdesk AI has no telephony set up, so it cannot dial (401).",
    };
  }
  if (facts.kind === "payment" && /could not verify/i.test(said)) {
    return {
      ...facts,
      kind: "unavailable",
      sentence: "Peachdesk AI could not check its credits just now (402).",
    };
  }
  if (facts.kind === "payment" && /invalid keys/i.test(said)) {
    return {
      ...facts,
      kind: "refused",
      sentence: "The keys in Peachdesk AI’s own model settings are not valid (402).",
    };
  }
  if (facts.kind === "payment" && /credits/i.test(said)) {
    return { ...facts, sentence: "The credits at Peachdesk AI are used up (402)." };
  }
  return notAboutCampaigns(facts) ? wrongServer(facts) : facts;
}

function rowsIn(body: unknown): void {
  if (!Array.isArray(record(body).campaigns)) throw badAnswer(name);
}

function toCampaign(body: unknown, now: Date) {
  const came = cameOf(row, body);
  const { id, name: title, state, created_at: made } = came;
  return {
    ...campaign(phases, { id, name: title, word: state, made, ...noteOf(came, now) }),
    ...loading(came),
  };
}

/** Its rows are counted when they are all there; until then the end of loading them writes over the state. */
function loading({ state, total_rows: rows }: Row) {
  const mayBeWrittenOver = state === "paused" || state === "running";
  return rows === null && mayBeWrittenOver ? { unsettled: "the contacts are still loading" } : {};
}

/** Which states a log entry is the reason of. A person's pause, resume and start write none. */
const causes: Record<string, string> = {
  circuit_breaker_tripped: "paused",
  source_sync_failed: "failed",
  batch_failed: "failed",
  phone_number_pool_exhausted: "failed",
};

/** Why the server itself stopped it: the newest entry, if it is about this state and not from before the last start. */
function noteOf(row: Row, now: Date): { note?: string | undefined; noteAt?: Date } {
  if (row.state === "running" && callingWindow(row.schedule_config, now) === "closed") {
    return { note: "It is outside its calling hours now, so nothing is dialled until they begin." };
  }
  const entry = newestOf(list(row.logs).map((entry) => cameOf(logEntry, entry)));
  const at = moment(entry.ts);
  if (entry.message && isCause(entry, row) && !(at && isBefore(at, row.started_at))) {
    const note = `Last log entry (${text(entry.ts).slice(0, 10)}): ${tidyWords(text(entry.message))}`;
    return { note, ...(at && { noteAt: at }) };
  }
  return row.state === "paused" && row.total_rows === null
    ? {
        note: "Its contacts may still be loading; Peachdesk AI may start it again when they are loaded.",
      }
    : {};
}

/** Of an event that nobody has told us about only its level is known. */
function isCause({ event, level }: LogEntry, { state }: Row) {
  const about = Object.hasOwn(causes, text(event)) ? causes[text(event)] : undefined;
  return about === undefined ? state === "failed" && level === "error" : about === state;
}

/** Entries are appended; where the clocks of two disagree, the later moment is the newer. */
function newestOf(entries: readonly LogEntry[]): LogEntry {
  const when = (entry: LogEntry) => moment(entry.ts)?.getTime() ?? 0;
  return entries.reduce((newest, entry) => (when(entry) >= when(newest) ? entry : newest), {});
}

function moment(value: unknown): Date | undefined {
  const at = new Date(text(value));
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function isBefore(at: Date, start: unknown): boolean {
  const started = moment(start);
  return started !== undefined && at < started;
}

/** `processed_rows` rises once per batch, not per person: only these two counters can be believed. */
function toProgress(body: unknown) {
  const { executed_count: done, total_queued_count: total } = cameOf(row, body);
  const note = "Counted in calls, with retries, so the total may still grow.";
  return { ...known({ done: count(done), total: count(total) || undefined }), note };
}
