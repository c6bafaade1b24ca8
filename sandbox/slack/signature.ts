import { createHmac } from "node:crypto";

/** Slack's `X-Slack-Signature` for a body sent at `timestamp` (Unix seconds). */
export function signRequest(signingSecret: string, timestamp: number, rawBody: string): string {
  const hmac = createHmac("sha256", signingSecret);
  return `v0=${hmac.update(`v0:${timestamp}:${rawBody}`).digest("hex")}`;
}
