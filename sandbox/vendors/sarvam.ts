import { type Answer, type Behaviour, bodyOf, type Call, json, partsOf } from "./answer.ts";
import type { Entry } from "./entry.ts";
import {
  agentId,
  attemptsOf,
  changedOf,
  cohortsOf,
  detailedOf,
  listedOf,
  paged,
} from "./sarvam-shapes.ts";
import type { Shop } from "./shop.ts";

const key = "pretend-sarvam-voice-key-0000000000000000";
/** Some organisations go by their domain. */
const orgId = "pretend.example";
const workspaceId = "ws-pretend";
const activeMs = 2000;

/** Sarvam's scheduling API; organisation and workspace are parts of the path. */
export const sarvam: Behaviour = {
  name: "sarvam",
  secret: { apiKey: key },
  options: () => ({ orgId, workspaceId }),
  words: ["scheduled", "active", "paused", "ended", "cancelled"],
  strangeWord: "hibernating",
  keyOk: ({ headers }) => headers["x-api-key"] === key,
  refusal: (status) => refusals[status] ?? json(status, { detail: "Something is wrong" }),
  answer(call, shop) {
    if (call.headers["x-api-key"] !== key) return badKey;
    const [, api, area, version, orgs, org, workspaces, workspace, noun, id, verb, ...more] =
      partsOf(call.pathname);
    if (`${api}/${area}/${version}` === "api/analytics/v1") {
      // No words between the ids here: organisation, workspace, agent, and what is asked of it.
      const known = orgs === orgId && org === workspaceId && workspaces === agentId;
      if (!known || workspace !== "attempts" || noun !== undefined) return missing();
      return allowed(call, "GET", () => attempts(call, shop));
    }
    const place = [api, area, version, orgs, workspaces, noun].join("/");
    if (place !== "api/scheduling/v1/orgs/workspaces/campaigns" || more.length > 0)
      return missing();
    if (org !== orgId || workspace !== workspaceId) return missing("Workspace not found");
    if (id === undefined) return allowed(call, "GET", () => list(call, shop));
    const entry = shop.find(id);
    if (!entry || entry.traits.includes("other_organisation")) return missing("Campaign not found");
    return part(call, shop, entry, verb);
  },
};

const badKey = json(401, { detail: "Invalid API key format" });
const missing = (detail = "Not Found") => json(404, { detail });
const error = (status: number, code: string, message: string) =>
  json(status, { error: { message, code, data: {} } });
const refusals: Partial<Record<number, Answer>> = {
  400: error(400, "invalid_request_error", "The request is not valid."),
  401: badKey,
  402: error(402, "insufficient_quota_error", "No credits available."),
  403: error(403, "invalid_api_key_error", "Invalid API key."),
  404: missing("Campaign not found"),
  409: json(409, { detail: "The campaign is being changed" }),
  422: json(422, { detail: "Campaign status cannot be changed" }),
  429: error(429, "rate_limit_exceeded_error", "Rate limit exceeded."),
  500: error(500, "internal_server_error", "Internal server error."),
  503: error(503, "rate_limit_exceeded_error", "The service is under load."),
};

function allowed(call: Call, method: string, run: () => Answer): Answer {
  return call.method === method ? run() : json(405, { detail: "Method Not Allowed" });
}

function list(call: Call, shop: Shop): Answer {
  const limit = Number(call.query.get("limit") ?? 10);
  const offset = Number(call.query.get("offset") ?? 0);
  if (!(limit >= 1 && limit <= 100))
    return unfit(["query", "limit"], "less_than_equal", "limit must be 1 to 100");
  if (!(offset >= 0))
    return unfit(["query", "offset"], "greater_than_equal", "offset must be 0 or more");
  const status = call.query.get("campaign_status");
  if (status !== null && !sarvam.words.includes(status)) {
    return unfit(["query", "campaign_status"], "enum", `Input should be ${quoted(sarvam.words)}`);
  }
  const words = call.query.get("search")?.toLowerCase() ?? "";
  const newestFirst = call.query.get("sort_order") === "asc" ? 1 : -1;
  const found = shop
    .all()
    .filter((entry) => !entry.traits.includes("other_organisation"))
    .filter((entry) => status === null || entry.word === status)
    .filter((entry) => entry.name.toLowerCase().includes(words))
    .sort((a, b) => newestFirst * (+a.createdAt - +b.createdAt));
  const rows = found.map((entry) => listedOf(entry, shop.shown(entry)));
  return json(200, paged(rows, limit, offset, call));
}

/** One row for each dial. Both times are required; what cannot be filtered by is refused. */
function attempts(call: Call, shop: Shop): Answer {
  const { query } = call;
  for (const name of ["start_datetime", "end_datetime"]) {
    if (Number.isNaN(Date.parse(query.get(name) ?? "")))
      return unfit(["query", name], "missing", "Field required");
  }
  const limit = Number(query.get("limit") ?? 20);
  if (!(limit >= 1 && limit <= 1000))
    return unfit(["query", "limit"], "less_than_equal", "limit must be 1 to 1000");
  const filters = JSON.parse(query.get("filter_conditions") ?? "[]") as Record<string, unknown>[];
  if (filters.some(({ field }) => field !== "campaign_id"))
    return unfit(["query", "filter_conditions"], "enum", "Input should be 'campaign_id'");
  const found = shop
    .all()
    .filter(({ id, traits }) => {
      const mine = !traits.includes("other_organisation");
      return mine && filters.every(({ value }) => value === id);
    })
    .flatMap(attemptsOf);
  return json(200, paged(found, limit, Number(query.get("offset") ?? 0), call));
}

function part(call: Call, shop: Shop, entry: Entry, verb: string | undefined): Answer {
  switch (verb) {
    case undefined:
      return allowed(call, "GET", () =>
        json(200, detailedOf(entry, shop.shown(entry), shop.now())),
      );
    case "cohorts":
      return allowed(call, "GET", () => json(200, paged(cohortsOf(entry), 100, 0, call)));
    case "status":
      return allowed(call, "PUT", () => changeStatus(call, shop, entry));
    default:
      return missing();
  }
}

const rules = {
  pause: { from: ["scheduled", "active"], to: "paused" },
  resume: { from: ["paused"], to: "scheduled" },
  cancel: { from: ["scheduled", "active", "paused"], to: "cancelled" },
};

/** A resumed campaign is `scheduled`, and `active` a moment later if it is inside its window. */
function changeStatus(call: Call, shop: Shop, entry: Entry): Answer {
  const action = (bodyOf(call) as { action?: unknown } | null | undefined)?.action;
  if (action !== "pause" && action !== "resume" && action !== "cancel") {
    return unfit(["body", "action"], "enum", `Input should be ${quoted(Object.keys(rules))}`);
  }
  const { from, to } = rules[action];
  if (!from.includes(entry.word)) {
    return json(422, { detail: `Cannot ${action} a campaign with status ${entry.word}` });
  }
  shop.move(entry, to);
  if (action === "resume" && !entry.traits.includes("outside_window")) {
    shop.follow(entry, "active", activeMs);
  }
  return json(200, changedOf(entry));
}

const unfit = (loc: string[], type: string, msg: string) =>
  json(422, { detail: [{ loc, msg, type }] });

const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(", ");
