import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const maxSkewSeconds = 300;

/**
 * Slack's signature, over the bytes as they came and the timestamp as it was written, checked both ways in time. Bolt
 * refuses only what is too old, and takes text, for which other bytes may stand.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function isSigned(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Uint8Array,
  signingSecret: string,
  now: Date,
): boolean {
  const timestamp = headers["x-slack-request-timestamp"];
  const signature = headers["x-slack-signature"];
  if (signingSecret === "") return false;
  if (typeof timestamp !== "string" || !/^[1-9]\d{0,11}$/.test(timestamp)) return false;
  if (typeof signature !== "string" || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(Number(timestamp) - Math.floor(now.getTime() / 1000)) > maxSkewSeconds) return false;
  const mac = createHmac("sha256", signingSecret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(mac, Buffer.from(signature.slice("v0=".length), "hex"));
}

/** What remembers a request: the hash of its signature, so that no replay finds it new. */
export function requestKey(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string {
  return createHash("sha256").update(String(headers["x-slack-signature"])).digest("base64url");
}
