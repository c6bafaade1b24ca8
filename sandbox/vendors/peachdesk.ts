import {
  type Answer,
  type Behaviour,
  type Call,
  json,
  notPlayed,
  partsOf,
  plain,
} from "./answer.ts";
import { count } from "./counting.ts";
import { detail, elsewhere, notAllowed, notFound, outOfBounds } from "./fastapi.ts";
import { changeState, ofItsOwnAccord, withCampaign } from "./peachdesk-changes.ts";
import { campaignOf, progressOf } from "./peachdesk-shapes.ts";
import type { Shop } from "./shop.ts";

const key = "dgr_pretend-peachdesk-key-0000000000000000000000";
const base = "/api/v1/campaign";
const batch = 10;
const syncMs = 3000;
const dialMs = 2000;

/** Dograh 1.45 under Peachdesk's name, as recorded from its real router. */
export const peachdesk: Behaviour = {
  name: "peachdesk",
  secret: { apiKey: key },
  options: () => ({}),
  words: ["created", "syncing", "running", "paused", "completed", "failed"],
  strangeWord: "hibernating",
  keyOk: ({ headers }) => headers["x-api-key"] === key,
  refusal: (status) =>
    status === 500
      ? plain(500, "Internal Server Error")
      : detail(status, refusals[status] ?? "Something is wrong"),
  passed: (entry, now) => count(entry, entry.word === "running" ? entry.total : null, dialMs, now),
  entered(entry, from, now) {
    if (entry.word === "syncing") entry.due = { at: now + syncMs, word: "running" };
    if (entry.word === "running") entry.batchEnd = null;
    if (entry.word === "paused" && from === "running") {
      entry.batchEnd = Math.min(entry.total, (Math.floor(entry.done / batch) + 1) * batch);
    }
  },
  happened: ofItsOwnAccord,
  answer(call, shop) {
    if (call.pathname === "/api/v1/health") return json(200, { status: "ok", version: "1.45.0" });
    if (call.pathname === base) return elsewhere(`${call.origin}${base}/`);
    if (!call.pathname.startsWith(`${base}/`)) return notFound();
    const [id = "", verb, ...rest] = partsOf(call.pathname.slice(base.length + 1));
    if (id === "") return guarded(call, "GET", () => list(shop));
    if (verb === undefined) return one(call, shop, id);
    return part(call, shop, id, verb, rest);
  },
};

const refusals: Partial<Record<number, string>> = {
  400: "Bad Request",
  401: "Invalid or expired API key",
  402: "Could not verify Dograh credits. Please try again.",
  403: "Forbidden",
  404: "Campaign not found",
  409: "Conflict",
  422: "Unprocessable Entity",
  429: "Too Many Requests",
  503: "A Dograh service is temporarily unavailable. Please try again later.",
};

function guarded(call: Call, method: string, run: () => Answer): Answer {
  if (call.method !== method) return notAllowed(method);
  const sent = call.headers["x-api-key"];
  if (sent === key) return run();
  if (sent !== undefined) return detail(401, "Invalid or expired API key");
  if (call.headers.authorization) return detail(401, "Invalid or expired token");
  return detail(401, "Authorization header required");
}

function list(shop: Shop): Answer {
  const visible = shop.all().filter((entry) => !entry.traits.includes("other_organisation"));
  const newestFirst = visible.sort((a, b) => +b.createdAt - +a.createdAt);
  return json(200, { campaigns: newestFirst.map((entry) => campaignOf(entry, shop.shown(entry))) });
}

function one(call: Call, shop: Shop, id: string): Answer {
  if (call.method === "PATCH") return notPlayed();
  return guarded(call, "GET", () =>
    withCampaign(shop, id, (entry) => json(200, campaignOf(entry, shop.shown(entry)))),
  );
}

function part(call: Call, shop: Shop, id: string, verb: string, rest: string[]): Answer {
  const read = verb === "progress" || verb === "runs";
  const change = verb === "start" || verb === "pause" || verb === "resume";
  const bare = verb === "" || read || change;
  if (!bare || rest.length > 1 || rest[0]) return verb === "redial" ? notPlayed() : notFound();
  if (verb === "" || rest.length === 1) {
    const query = call.query.size > 0 ? `?${call.query}` : "";
    return elsewhere(`${call.origin}${call.pathname.slice(0, -1)}${query}`);
  }
  if (change) return guarded(call, "POST", () => changeState(shop, id, verb));
  return guarded(call, "GET", () => (verb === "runs" ? runs(call, shop, id) : progress(shop, id)));
}

function progress(shop: Shop, id: string): Answer {
  return withCampaign(shop, id, (entry) =>
    json(200, progressOf(entry, shop.shown(entry), shop.now())),
  );
}

/** Without its rows, which hold phone numbers; only the count is played. */
function runs(call: Call, shop: Shop, id: string): Answer {
  const wrong = [outOfBounds(call.query, "page"), outOfBounds(call.query, "limit", 100)];
  const complaints = wrong.filter((complaint) => complaint !== null);
  if (complaints.length > 0) return json(422, { detail: complaints });
  const page = Number(call.query.get("page") ?? 1);
  const limit = Number(call.query.get("limit") ?? 50);
  return withCampaign(shop, id, ({ done }) =>
    json(200, { runs: [], total_count: done, page, limit, total_pages: Math.ceil(done / limit) }),
  );
}
