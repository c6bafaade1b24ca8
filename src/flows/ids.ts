import { createHash } from "node:crypto";

/**
 * An id that the same request always gets. It is as hard to guess as the request's signature,
 * whose hash is its key.
 */
export function idFrom(prefix: string, ...parts: readonly string[]): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([prefix, ...parts]))
    .digest("base64url");
  return `${prefix}_${digest.slice(0, 22)}`;
}
