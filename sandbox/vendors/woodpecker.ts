import { type Answer, type Behaviour, type Call, json, partsOf, plain } from "./answer.ts";
import type { Entry } from "./entry.ts";
import type { Shop } from "./shop.ts";
import { detailedOf, keyRefused, listed, refused, titled } from "./woodpecker-shapes.ts";

const key = "pretend-woodpecker-key.0000000000000000";
/** The key of a second user of the same account. */
export const colleaguesKey = "pretend-woodpecker-key.1111111111111111";
const users = new Map<string | undefined, string>([
  [key, "Ana Pretend"],
  [colleaguesKey, "Ben Pretend"],
]);
const agencyCompany = "777";

/** Woodpecker: one request at a time per account, empty answers, and four shapes of error. */
export const woodpecker: Behaviour = {
  name: "woodpecker",
  secret: { apiKey: key },
  options: () => ({}),
  words: ["RUNNING", "DRAFT", "EDITED", "PAUSED", "STOPPED", "COMPLETED"],
  strangeWord: "HIBERNATING",
  lane: { queued: 6, patienceMs: 15_000 },
  keyOk: ({ headers }) => users.has(headers["x-api-key"]),
  refusal: refused,
  answer(call, shop) {
    const now = shop.now();
    const user = users.get(call.headers["x-api-key"]);
    if (user === undefined) return keyRefused(call, now);
    const company = call.headers["x-company-id"];
    if (company !== undefined && company !== agencyCompany) {
      return titled(403, "No Agency addon", now);
    }
    const [, rest, version, noun, id, verb, ...more] = partsOf(call.pathname);
    const place = `${rest}/${version}/${noun}`;
    if (place === "rest/v1/me") return allowed(call, ["GET"], () => me(user), now);
    if (place === "rest/v2/users") return allowed(call, ["GET"], everybody, now);
    if (place === "rest/v1/campaign_list" && id === undefined) {
      return allowed(call, ["GET"], () => list(call, shop), now);
    }
    if (place !== "rest/v2/campaigns" || id === undefined || more.length > 0) return nowhere(now);
    return part(call, shop, id, verb);
  },
};

const nowhere = (now: Date) => titled(404, "No such resource.", now);
const idOf = (user: string) => [...users.values()].indexOf(user) + 1;
/** That it answers is documented, and what is not. */
const me = (user: string) => json(200, { id: idOf(user), name: user, company_id: 5001 });
const everybody = () =>
  json(
    200,
    [...users.values()].map((name) => ({ id: idOf(name), name, role: "OWNER" })),
  );

function allowed(call: Call, methods: string[], run: () => Answer, now: Date): Answer {
  return methods.includes(call.method) ? run() : titled(405, "Method not allowed.", now);
}

/** Nothing at all, or an object with a message, where there are none; `stats` only for exactly one id. */
function list(call: Call, shop: Shop): Answer {
  const statuses = call.query.get("status")?.split(",");
  const ids = call.query.get("id")?.split(",");
  const wrong = statuses?.find((status) => !woodpecker.words.includes(status));
  if (wrong !== undefined) {
    const msg = `Unknown campaign status ${wrong}.`;
    return json(200, { status: { status: "ERROR", code: "E_WRONG_PARAM", msg } });
  }
  const found = shop
    .all()
    .filter((entry) => !entry.traits.includes("other_organisation"))
    .filter((entry) => !statuses || statuses.includes(entry.word))
    .filter((entry) => !ids || ids.includes(entry.id));
  if (found.length === 0 && statuses) return plain(204);
  if (found.length === 0) return json(200, { message: "There are no campaigns." });
  return json(
    200,
    found.map((entry) => listed(entry, shop.shown(entry), ids?.length === 1)),
  );
}

function part(call: Call, shop: Shop, id: string, verb: string | undefined): Answer {
  const now = shop.now();
  if (!/^\d+$/.test(id)) return titled(400, "Value of campaign_id is incorrect.", now);
  const entry = shop.find(id);
  const there = entry && !entry.traits.includes("other_organisation") ? entry : undefined;
  const run = (act: (entry: Entry) => Answer) => () => (there ? act(there) : json(404, absent));
  switch (verb) {
    case undefined:
      if (call.method !== "DELETE") {
        return allowed(
          call,
          ["GET", "DELETE"],
          run((it) => read(shop, it)),
          now,
        );
      }
      return run((it) => {
        shop.remove(it);
        return plain(200);
      })();
    case "pause":
      return allowed(
        call,
        ["POST"],
        run((it) => move(shop, it, ["RUNNING"], "PAUSED")),
        now,
      );
    case "stop":
      return allowed(
        call,
        ["POST"],
        run((it) => move(shop, it, ["RUNNING", "PAUSED"], "STOPPED")),
        now,
      );
    case "make_editable":
      return allowed(
        call,
        ["POST"],
        run((it) => move(shop, it, editable, "EDITED")),
        now,
      );
    case "run":
      return allowed(
        call,
        ["POST"],
        run((it) => launch(shop, it)),
        now,
      );
    default:
      return nowhere(now);
  }
}

const absent = { code: "CAMPAIGN_NOT_EXIST", message: "Campaign not found", details: null };
const editable = ["DRAFT", "RUNNING", "PAUSED", "STOPPED"];
const unsupported = {
  code: "API_UNSUPPORTED_CAMPAIGN_FEATURES",
  message: "Campaign uses features that are not supported by the API",
  details: null,
};

function read(shop: Shop, entry: Entry): Answer {
  if (entry.traits.includes("unsupported_by_api")) return json(409, unsupported);
  return json(200, detailedOf(entry, shop.shown(entry)));
}

/**
 * An empty 200 whether or not anything moved. What the real one does with a campaign in any other
 * state is not known; saying yes and doing nothing is the harder case for a client.
 */
function move(shop: Shop, entry: Entry, from: string[], to: string): Answer {
  if (from.includes(entry.word)) shop.move(entry, to);
  return plain(200);
}

/** Starts a draft as gladly as it resumes a paused one. The 409 for a completed one is a guess. */
function launch(shop: Shop, entry: Entry): Answer {
  if (entry.traits.includes("unsupported_by_api")) return json(409, unsupported);
  if (entry.word === "COMPLETED") {
    const message = "Completed campaign cannot be run";
    return json(409, { code: "CAMPAIGN_COMPLETED", message, details: null });
  }
  return move(shop, entry, ["DRAFT", "PAUSED", "STOPPED", "EDITED"], "RUNNING");
}
