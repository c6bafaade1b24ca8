import {
  type Answer,
  type Behaviour,
  bodyOf,
  type Call,
  json,
  notPlayed,
  partsOf,
} from "./answer.ts";
import type { Entry } from "./entry.ts";
import type { Shop } from "./shop.ts";
import { campaignOf, coded, pageOf, refusals } from "./talkdesk-shapes.ts";
import { openTokens } from "./talkdesk-tokens.ts";

const settleMs = 1000;

/** Talkdesk's Campaign Management API, and its token endpoint on the same port. */
export function openTalkdesk(random: () => number): Behaviour {
  const tokens = openTokens(random);
  return {
    name: "talkdesk",
    secret: tokens.client,
    options: (url) => ({ account: "acme", region: "us", tokenUrl: `${url}/oauth/token` }),
    words: ["INCOMPLETE", "READY", "RUNNING", "PAUSED"],
    strangeWord: "HIBERNATING",
    isToken: ({ pathname }) => pathname === "/oauth/token",
    keyOk: (call, now) =>
      call.pathname === "/oauth/token"
        ? tokens.known(call, now)
        : tokens.scopesOf(call, now) !== null,
    refusal: (status, call) => refusals(status, call.pathname === "/oauth/token"),
    answer(call, shop) {
      if (call.pathname === "/oauth/token") return tokens.issue(call, shop.now());
      const scopes = tokens.scopesOf(call, shop.now());
      if (scopes === null) return coded(401);
      const [, noun, id, more] = partsOf(call.pathname);
      if (noun !== "campaigns" || more !== undefined) return more ? notPlayed() : coded(404);
      const needed = call.method === "GET" ? "campaigns:read" : "campaigns:write";
      if (!scopes.includes(needed)) return coded(403);
      if (id === undefined) return call.method === "GET" ? list(call, shop) : notAllowed();
      const entry = shop.find(id);
      if (!entry || entry.traits.includes("other_organisation")) return coded(404);
      return one(call, shop, entry);
    },
  };
}

const notAllowed = () => json(405, { message: "Method Not Allowed" });

function one(call: Call, shop: Shop, entry: Entry): Answer {
  switch (call.method) {
    case "GET":
      return json(200, campaignOf(entry, shop.shown(entry)), hal);
    case "PATCH":
      return patch(call, shop, entry);
    case "DELETE":
      if (entry.word === "RUNNING") return coded(409);
      shop.remove(entry);
      return { status: 204, headers: {}, body: "" };
    default:
      return notAllowed();
  }
}

const hal = { "content-type": "application/hal+json" };

function list(call: Call, shop: Shop): Answer {
  const page = Number(call.query.get("page") ?? 1);
  const size = Number(call.query.get("per_page") ?? 50);
  const status = call.query.get("status");
  if (!(page >= 1)) return invalid("page", "must be greater than or equal to 1");
  if (!(size >= 1 && size <= 100)) return invalid("per_page", "must be between 1 and 100");
  if (status !== null && !["incomplete", "ready", "running", "paused"].includes(status)) {
    return invalid("status", "must be one of incomplete, ready, running, paused");
  }
  const words = (call.query.get("search") ?? call.query.get("name") ?? "").toLowerCase();
  const found = shop
    .all()
    .filter((entry) => !entry.traits.includes("other_organisation"))
    .filter((entry) => status === null || entry.word.toLowerCase() === status)
    .filter((entry) => entry.name.toLowerCase().includes(words));
  const rows = found.map((entry) => campaignOf(entry, shop.shown(entry)));
  return json(200, pageOf(rows, page, size, call.query), hal);
}

/**
 * The answer still shows the old status; a read shows the new one a moment later.
 * Of the documentation's two spellings of the path, `status` is taken and `/status` is not.
 */
function patch(call: Call, shop: Shop, entry: Entry): Answer {
  if (!call.headers["content-type"]?.startsWith("application/json")) {
    return invalid("content-type", "must be application/json");
  }
  const body = bodyOf(call) as { op?: unknown; path?: unknown; value?: unknown } | undefined;
  if (body?.op !== "REPLACE") return invalid("op", "must be REPLACE");
  if (body.path === "name" || body.path === "priority") return notPlayed();
  if (body.path !== "status") return invalid("path", "must be one of status, name, priority");
  const { value } = body;
  if (value !== "running" && value !== "paused") {
    return invalid("value", "must be one of running, paused");
  }
  const wanted = value.toUpperCase();
  const heading = entry.due?.word ?? entry.word;
  if (heading !== wanted) {
    if (!sources[value].includes(heading)) return coded(422);
    if (entry.word === wanted) entry.due = null;
    else shop.moveLater(entry, wanted, settleMs);
  }
  return json(200, campaignOf(entry, entry.word), hal);
}

const sources = { running: ["READY", "PAUSED"], paused: ["RUNNING"] };

const invalid = (name: string, description: string) => coded(400, { name, description });
