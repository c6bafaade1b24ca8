import type { IncomingMessage } from "node:http";

const maxBytes = 256 * 1024;

export type Body = { kind: "body"; text: string } | { kind: "too_large" } | { kind: "broken" };

/** The raw body, which the signature covers byte for byte. */
export function readBody(request: IncomingMessage): Promise<Body> {
  return new Promise((resolve) => {
    if (Number(request.headers["content-length"] ?? 0) > maxBytes)
      return resolve({ kind: "too_large" });
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        chunks.length = 0;
        resolve({ kind: "too_large" });
      } else chunks.push(chunk);
    });
    request.on("end", () =>
      resolve({ kind: "body", text: Buffer.concat(chunks).toString("utf8") }),
    );
    request.on("error", () => resolve({ kind: "broken" }));
    request.on("close", () => resolve({ kind: "broken" }));
  });
}
