import { createHash } from "node:crypto";

/**
 * An id that the same request always gets, of 22 letters and digits. It is as hard to guess as the request's signature,
 * whose hash is its key.
 */
export function idFrom(prefix: string, ...parts: readonly string[]): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([prefix, ...parts]))
    .digest("base64url");
  // Signs are left out: in a sentence they could be read as markup, and a double click should take it whole.
  return `${prefix}_${digest.replace(/[-_]/g, "").slice(0, 22)}`;
}
