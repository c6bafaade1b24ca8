import type { IncomingMessage } from "node:http";
import type { Behaviour, Call } from "./answer.ts";
import type { Kind } from "./faults.ts";

export function kindOf(behaviour: Behaviour, call: Call): Kind {
  if (behaviour.isToken?.(call)) return "token";
  return call.method === "GET" || call.method === "HEAD" ? "read" : "change";
}

export async function read(req: IncomingMessage): Promise<Call> {
  const pieces: Buffer[] = [];
  for await (const piece of req) pieces.push(piece as Buffer);
  const origin = `http://${req.headers.host}`;
  const url = new URL(req.url ?? "/", origin);
  const headers = Object.entries(req.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: req.method ?? "GET",
    pathname: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(pieces).toString("utf8"),
    origin,
  };
}
