import { type Answer, type Call, json, plain } from "./answer.ts";
import type { Entry } from "./entry.ts";
import type { FaultStatus } from "./faults.ts";

/** First envelope: 400, 401 and their like. */
export function titled(status: number, detail: string, now: Date): Answer {
  const timestamp = now.toISOString().slice(0, 19).replace("T", " ");
  return json(status, { title: titles[status] ?? "Error", status, detail, timestamp });
}

const titles: Partial<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
};

const isV1 = (call: Call) => call.pathname.startsWith("/rest/v1/");

const v1Error = (status: number, code: string, msg: string) =>
  json(status, { status: { status: "ERROR", code, msg } });

/** Its codes say what its statuses do not: a 409 of v1 is crowding. */
const codes: Partial<Record<FaultStatus, string>> = {
  400: "E_WRONG_PARAM",
  402: "E_NO_PERMISSION",
  403: "E_NO_PERMISSION",
  404: "E_URL_NOT_FOUND",
  409: "E_TOO_MANY_REQUESTS",
};

export function keyRefused(call: Call, now: Date): Answer {
  return isV1(call)
    ? v1Error(401, "E_SESSION", "Invalid session.")
    : titled(401, "Invalid api key", now);
}

/** All four envelopes: v1's own, then by status. A 429 has no body. */
export function refused(status: FaultStatus, call: Call, now: Date): Answer {
  if (status === 429) return plain(429);
  if (status === 401) return keyRefused(call, now);
  if (isV1(call)) return v1Error(status, codes[status] ?? "E_INTERNAL", "Something went wrong.");
  switch (status) {
    case 404:
      return json(404, {
        code: "CAMPAIGN_NOT_EXIST",
        message: "Campaign not found",
        details: null,
      });
    case 409:
    case 422:
      return json(status, {
        code: "CONFLICT",
        message: "Campaign cannot be changed",
        details: null,
      });
    case 500:
    case 503: {
      const verb = call.pathname.split("/").at(-1);
      const message = `Unknown error during ${verb} campaign call`;
      return json(status, { type: "UNKNOWN", message, details: null });
    }
    default:
      return titled(status, details[status] ?? "Value of campaign_id is incorrect.", now);
  }
}

const details: Partial<Record<number, string>> = {
  401: "Invalid api key",
  402: "Upgrade your plan",
  403: "No Agency addon",
};

export function detailedOf(entry: Entry, status: string) {
  return {
    id: Number(entry.id),
    name: entry.name,
    status,
    email_account_ids: [1],
    settings: { timezone: "Europe/Berlin", daily_enroll: 50 },
    steps: {},
    bounce_shield_autopaused_at: null,
  };
}

/** A row of the v1 list. */
export function listed(entry: Entry, status: string, withStats: boolean) {
  const row = {
    id: Number(entry.id),
    name: entry.name,
    status,
    created: entry.createdAt.toISOString().replace(/\.\d+Z$/, "+0000"),
    from_name: "Ana Pretend",
    from_names: ["Ana Pretend"],
    gdpr_unsubscribe: false,
    folder_name: null,
    folder_id: null,
    from_email: "ana@outreach.example",
    from_emails: ["ana@outreach.example"],
    per_day: 70,
    bcc: "",
    cc: "",
    error: "",
  };
  return withStats ? { ...row, stats: statsOf(entry) } : row;
}

function statsOf({ total, done, failed }: Entry) {
  return {
    prospects: total,
    sent: done + failed,
    delivery: done,
    opened: Math.round(done * 0.45),
    clicked: 0,
    replied: Math.round(done * 0.08),
    bounced: failed,
    invalid: 0,
    optout: 3,
    interested: 0,
    maybe_later: 0,
    not_interested: 0,
    emails: [],
  };
}
