import type { IncomingMessage } from "node:http";

const localNames = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Why a request is turned away: only pages of this very server may ask.
 * The Host check keeps out names that were rebound to this machine.
 */
export function refusal(request: IncomingMessage): string | undefined {
  const host = request.headers.host ?? "";
  if (!localNames.includes(host.replace(/:\d+$/, "")))
    return "This page answers this machine only.";
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) return "Another page asked for this.";
  if (request.headers["sec-fetch-site"] === "cross-site") return "Another page asked for this.";
  return undefined;
}

export function isJson(request: IncomingMessage): boolean {
  return /^application\/json\b/i.test(request.headers["content-type"] ?? "");
}

const bodyLimit = 100_000;

/** The parsed body; undefined when it is too long or not JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > bodyLimit) return undefined;
    parts.push(part as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch {
    return undefined;
  }
}
