// https://woodpecker.co/help/error-codes
import type { FailureFacts, FailureKind } from "./failure.ts";
import { record } from "./loose.ts";
import { firstText, type Words, words } from "./vendor-words.ts";

export const pausableOnly =
  "It uses features that Woodpecker’s API does not support: it can be paused but not resumed through the API.";

/** Four envelopes: {title,status,detail}, {code,message}, {type,message}, and v1's {status:{code,msg}}. */
export function wordsOf(body: unknown): Words {
  const { code, type, title, message, detail, status } = record(body);
  const old = record(status);
  return words(firstText(code, type, title, old.code), firstText(message, detail, old.msg));
}

/** v1 says what is wrong by a code: the same one has come with 400, 401, 403 and 409, and inside a 200. */
const kinds = new Map<string | undefined, FailureKind>([
  ["E_TOO_MANY_REQUESTS", "rate_limited"],
  ["E_SESSION", "unauthorized"],
  ["E_NO_PERMISSION", "payment"],
  ["E_RECORD_NOT_FOUND", "not_found"],
  ["E_URL_NOT_FOUND", "bad_answer"],
]);

/** Only a 404 with CAMPAIGN_NOT_EXIST is about the campaign; a 401 can be about the plan. */
export function peculiar(facts: FailureFacts): FailureFacts {
  const said = facts.vendorText ?? "";
  const kind = kinds.get(facts.code);
  if (kind !== undefined) return { ...facts, kind };
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
  return isUnsupported(facts) ? { ...facts, sentence: pausableOnly } : facts;
}

/** Of v1's list a 409 is only crowding: there is nothing in it that could conflict. */
export function peculiarToLists(facts: FailureFacts): FailureFacts {
  const judged = peculiar(facts);
  return judged.kind === "conflict" ? { ...judged, kind: "rate_limited" } : judged;
}

/** Worth asking again at once: a 429 is not, as then the queue there is full. */
export function isCrowded({ kind, status }: FailureFacts): boolean {
  return kind === "rate_limited" && status === 409;
}

export function isUnsupported({ kind, code, vendorText }: FailureFacts): boolean {
  const said = `${code} ${vendorText}`.includes("API_UNSUPPORTED_CAMPAIGN_FEATURES");
  return kind === "conflict" && said;
}
