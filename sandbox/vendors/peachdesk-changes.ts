import { type Answer, json, plain } from "./answer.ts";
import type { Entry } from "./entry.ts";
import { detail, integer, parsing } from "./fastapi.ts";
import { campaignOf } from "./peachdesk-shapes.ts";
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

const rules = {
  start: { from: ["created"], said: "'created'", to: "syncing" },
  pause: { from: ["running", "syncing"], said: "'running' or 'syncing'", to: "paused" },
  resume: { from: ["paused"], said: "'paused'", to: "running" },
};

const exhausted =
  "You have exhausted your Dograh credits. Please purchase more credits from /billing or change providers in Models configurations.";
