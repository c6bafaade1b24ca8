import { createServer, type IncomingMessage } from "node:http";
import { onTestFinished } from "vitest";
import type { SlackWeb } from "../../src/slack/web.ts";
import { webAt } from "./a-web-at.ts";

interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** JSON unless it is a string. Never answered if left out. */
  body?: unknown;
}

export interface AWebApi {
  web: SlackWeb;
  url: string;
  /** Every call, by its path without `/api/`. */
  calls: { path: string; body: string }[];
  /** What the next calls of a path get; a list is used up one by one, its last stays. */
  says(path: string, ...replies: Reply[]): void;
}

/** A Web API that says exactly what it is told to, on a port of its own. */
export async function aWebApi(): Promise<AWebApi> {
  const calls: AWebApi["calls"] = [];
  const script = new Map<string, Reply[]>();
  const server = createServer(async (request, response) => {
    const path = (request.url ?? "").replace(/^\/(api\/)?/, "");
    calls.push({ path, body: await bodyOf(request) });
    const replies = script.get(path) ?? [{ body: { ok: false, error: "unknown_method" } }];
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    if (reply?.body === undefined) return;
    const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body);
    response.writeHead(reply.status ?? 200, {
      "content-type": "application/json",
      ...reply.headers,
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  return {
    web: webAt(url),
    url,
    calls,
    says: (path, ...replies) => void script.set(path, replies),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
