import { type Answer, type Behaviour, type Call, json, notPlayed, partsOf } from "./answer.ts";
import { again, pause, remove, start, stop, unschedule } from "./burki-changes.ts";
import { detailedOf, listedOf, progressOf, scheduleOf } from "./burki-shapes.ts";
import { count } from "./counting.ts";
import type { Entry } from "./entry.ts";
import {
  detail,
  elsewhere,
  integer,
  notAllowed,
  notFound,
  outOfBounds,
  parsing,
} from "./fastapi.ts";
import type { Shop } from "./shop.ts";

const key = "burki_live_pretend0000000000000000000000";
const base = "/api/v1/campaigns";
const callMs = 3000;

/** Burki as its documentation has it; nobody outside has seen its campaign code. */
export const burki: Behaviour = {
  name: "burki",
  secret: { apiKey: key },
  options: () => ({}),
  words: ["draft", "scheduled", "running", "paused", "completed", "cancelled", "failed"],
  strangeWord: "hibernating",
  keyOk: ({ headers }) => headers.authorization === `Bearer ${key}`,
  refusal: (status) =>
    detail(status, refusals[status] ?? "Something is wrong", status === 401 ? challenge : {}),
  passed: (entry, now) =>
    count(entry, entry.word === "running" ? entry.total - entry.failed : null, callMs, now),
  entered(entry, _from, now) {
    if (entry.word === "running") entry.startedAt ??= new Date(now);
  },
  answer(call, shop) {
    if (call.pathname === base) return elsewhere(`${call.origin}${base}/${search(call)}`);
    if (!call.pathname.startsWith(`${base}/`)) return notFound();
    const [id = "", verb, ...rest] = partsOf(call.pathname.slice(base.length + 1));
    if (id === "") return guarded(call, "GET", () => list(call, shop));
    if (verb === "" || (verb !== undefined && rest.length === 1 && rest[0] === "")) {
      return elsewhere(`${call.origin}${call.pathname.slice(0, -1)}${search(call)}`);
    }
    return rest.length > 0 ? notFound() : part(call, shop, id, verb);
  },
};

const challenge = { "www-authenticate": "Bearer" };
const keyRefused = "Authentication required. Provide a valid API key or login session.";
const refusals: Partial<Record<number, string>> = {
  400: "Scheduled time is in the past",
  401: keyRefused,
  402: "Payment Required",
  403: "Forbidden",
  404: "Campaign not found",
  409: "Conflict",
  422: "Unprocessable Entity",
  429: "Too Many Requests",
  500: "Background task system unavailable",
  503: "Service Unavailable",
};

const search = (call: Call) => (call.query.size > 0 ? `?${call.query}` : "");

function guarded(call: Call, method: string, run: () => Answer): Answer {
  if (call.method !== method) return notAllowed(method);
  if (call.headers.authorization === `Bearer ${key}`) return run();
  return detail(401, keyRefused, challenge);
}

function list(call: Call, shop: Shop): Answer {
  const wrong = [outOfBounds(call.query, "page"), outOfBounds(call.query, "per_page", 1000)];
  const complaints = wrong.flatMap((it) =>
    it ? [{ loc: it.loc, msg: it.msg, type: it.type }] : [],
  );
  if (complaints.length > 0) return json(422, { detail: complaints });
  const { query } = call;
  const found = shop.all().filter((entry) => fits(entry, query));
  const page = Number(query.get("page") ?? 1);
  const size = Number(query.get("per_page") ?? 50);
  const rows = found.slice((page - 1) * size, page * size);
  const pages = Math.ceil(found.length / size);
  return json(200, {
    campaigns: rows.map((entry) => listedOf(entry, shop.shown(entry))),
    pagination: {
      page,
      per_page: size,
      total_items: found.length,
      total_pages: pages,
      has_next: page < pages,
      has_prev: page > 1 && pages > 0,
    },
  });
}

function fits(entry: Entry, query: URLSearchParams): boolean {
  const status = query.get("status");
  const words = query.get("search")?.toLowerCase();
  if (entry.traits.includes("other_organisation")) return false;
  return (!status || entry.word === status) && (!words || entry.name.toLowerCase().includes(words));
}

function part(call: Call, shop: Shop, id: string, verb: string | undefined): Answer {
  const serve = (method: string, run: (entry: Entry) => Answer) =>
    guarded(call, method, () => withCampaign(shop, id, run));
  switch (verb) {
    case undefined:
      if (call.method === "PUT") return notPlayed();
      if (call.method === "DELETE") return serve("DELETE", (entry) => remove(shop, entry));
      return serve("GET", (entry) => json(200, detailedOf(entry, shop.shown(entry))));
    case "progress":
      return serve("GET", (entry) => json(200, progressOf(entry, shop.shown(entry), shop.now())));
    case "pause":
      return serve("POST", (entry) => pause(shop, entry));
    case "start":
      return serve("POST", (entry) => start(shop, entry));
    case "stop":
      return serve("POST", (entry) => stop(shop, entry));
    case "unschedule":
      return serve("POST", (entry) => unschedule(shop, entry));
    case "re-execute":
      return serve("POST", (entry) => again(call, shop, entry));
    case "schedule":
      if (call.method === "POST") return notPlayed();
      return serve("GET", (entry) => json(200, scheduleOf(entry, shop.now())));
    case "executions":
    case "contacts":
      return notPlayed();
    default:
      return notFound();
  }
}

function withCampaign(shop: Shop, id: string, run: (entry: Entry) => Answer): Answer {
  const number = integer(id);
  if (number === undefined) {
    const complaint = { loc: ["path", "campaign_id"], msg: parsing, type: "int_parsing" };
    return json(422, { detail: [complaint] });
  }
  const entry = shop.find(String(number));
  if (!entry || entry.traits.includes("other_organisation")) {
    return detail(404, "Campaign not found");
  }
  return run(entry);
}
