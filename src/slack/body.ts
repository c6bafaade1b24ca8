import type { IncomingMessage } from "node:http";

const maxBytes = 256 * 1024;
/** Every piece costs us the same, however small: of more than a few they must not be that small. */
const fewPieces = 200;
const smallBytes = 64;

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
      const inCrumbs = pieces.length > fewPieces && size < pieces.length * smallBytes;
      if (size > maxBytes || inCrumbs) {
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
