import type { IncomingMessage } from "node:http";

const maxBytes = 256 * 1024;
/** A body of that length comes in a few hundred; each costs us as much as it likes to be small. */
const maxPieces = 2_000;

export type Body = { kind: "body"; bytes: Buffer } | { kind: "too_large" } | { kind: "broken" };

/** The raw body, which the signature covers byte for byte. */
export function readBody(request: IncomingMessage): Promise<Body> {
  return new Promise((resolve) => {
    if (Number(request.headers["content-length"] ?? 0) > maxBytes)
      return resolve({ kind: "too_large" });
    const pieces: Buffer[] = [];
    let size = 0;
    request.on("data", (piece: Buffer) => {
      size += piece.length;
      if (size > maxBytes || pieces.length >= maxPieces) {
        size = Number.POSITIVE_INFINITY;
        pieces.length = 0;
        resolve({ kind: "too_large" });
      } else pieces.push(piece);
    });
    request.on("end", () => resolve({ kind: "body", bytes: Buffer.concat(pieces) }));
    request.on("error", () => resolve({ kind: "broken" }));
    request.on("close", () => resolve({ kind: "broken" }));
  });
}
