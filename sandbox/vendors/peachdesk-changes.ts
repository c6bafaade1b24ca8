import { type Answer, json, plain } from "./answer.ts";
import type { Entry } from "./entry.ts";
import { detail, integer, parsing } from "./fastapi.ts";
import { campaignOf } from "./peachdesk-shapes.ts";
import type { Happening } from "./pretend.ts";
import type { Shop } from "./shop.ts";

const firstDialMs = 20_000;

export function withCampaign(shop: Shop, id: string, run: (entry: Entry) => Answer): Answer {
  const number = integer(id);
  if (number === undefined) {
    const complaint = {
      type: "int_parsing",
      loc: ["path", "campaign_id"],
      msg: parsing,
      input: id,
    };
    return json(422, { detail: [complaint] });
  }
  if (Math.abs(number) > 2_147_483_647) return plain(500, "Internal Server Error");
  const entry = shop.find(String(number));
  if (!entry || entry.traits.includes("other_organisation")) return notThere();
  return run(entry);
}

const notThere = () => detail(404, "Campaign not found");

export function changeState(shop: Shop, id: string, verb: "start" | "pause" | "resume"): Answer {
  const telephony = !shop.find(String(integer(id)))?.traits.includes("no_telephony");
  if (verb !== "pause" && !telephony) {
    return detail(
      401,
      "You must configure telephony first by going to APP_URL/configure-telephony",
    );
  }
  return withCampaign(shop, id, (entry) => {
    if (verb !== "pause" && entry.traits.includes("no_credit")) return detail(402, exhausted);
    const rule = rules[verb];
    if (!rule.from.includes(entry.word)) {
      return detail(
        400,
        `Campaign must be in ${rule.said} state to ${verb}, current state: ${entry.word}`,
      );
    }
    // A sync that goes on writes `running` when it ends, whatever was asked meanwhile.
    shop.move(entry, rule.to, verb === "pause" ? "keep_due" : undefined);
    if (verb === "start") entry.startedAt = shop.now();
    if (verb === "resume") entry.countedAt = shop.now().getTime() + firstDialMs;
    return json(200, campaignOf(entry, entry.word));
  });
}

const tripped = "Paused: failure rate 100.00% (5/5) exceeded threshold 50.00% in 120s window";

/** No state is looked at twice: what a worker had in mind when it began, it writes when it ends. */
export function ofItsOwnAccord(entry: Entry, what: Happening, at: number): string | undefined {
  const note = (event: string, message: string) => void entry.notes.push({ at, event, message });
  switch (what) {
    case "contacts_are_counted":
      entry.loading = false;
      return undefined;
    case "sync_ends":
      entry.loading = false;
      return "running";
    case "sync_finds_nobody":
      return "completed";
    case "sync_fails":
      note("source_sync_failed", "Source sync failed: the file could not be read");
      return "failed";
    case "breaker_trips":
      if (entry.word !== "running") return undefined;
      note("circuit_breaker_tripped", tripped);
      return "paused";
    case "batch_fails":
      note("batch_failed", "Batch processing failed: no line was free");
      return "failed";
    case "completion_check":
      return "completed";
  }
}

const rules = {
  start: { from: ["created"], said: "'created'", to: "syncing" },
  pause: { from: ["running", "syncing"], said: "'running' or 'syncing'", to: "paused" },
  resume: { from: ["paused"], said: "'paused'", to: "running" },
};

const exhausted =
  "You have exhausted your Dograh credits. Please purchase more credits from /billing or change providers in Models configurations.";
