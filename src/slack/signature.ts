import { createHash } from "node:crypto";
import { verifySlackRequest } from "@slack/bolt";

const maxSkewSeconds = 300;

/**
 * Slack's signature, checked both ways in time: Bolt refuses only what is too old.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function isSigned(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  rawBody: string,
  signingSecret: string,
  now: Date,
): boolean {
  const timestamp = headers["x-slack-request-timestamp"];
  const signature = headers["x-slack-signature"];
  if (typeof timestamp !== "string" || !/^\d{1,12}$/.test(timestamp)) return false;
  if (typeof signature !== "string" || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(Number(timestamp) - Math.floor(now.getTime() / 1000)) > maxSkewSeconds) return false;
  try {
    verifySlackRequest({
      signingSecret,
      body: rawBody,
      headers: { "x-slack-request-timestamp": Number(timestamp), "x-slack-signature": signature },
      nowMilliseconds: now.getTime(),
    });
    return true;
  } catch {
    return false;
  }
}

/** What remembers a request: the hash of its signature, so that no replay finds it new. */
export function requestKey(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string {
  return createHash("sha256").update(String(headers["x-slack-signature"])).digest("base64url");
}
