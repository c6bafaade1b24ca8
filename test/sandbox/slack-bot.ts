import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Heard {
  headers: IncomingHttpHeaders;
  body: string;
  /** The JSON payload, or the fields of the form. */
  payload: Record<string, unknown>;
}

type Reply = { status?: number; body?: unknown; afterMs?: number };

/** A bot that writes down what it hears and answers as told; it verifies nothing. */
export async function startListeningBot() {
  const heard: Heard[] = [];
  let reply: (heard: Heard) => Reply | Promise<Reply> = () => ({});
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", async () => {
      const one = { headers: request.headers, body, payload: readPayload(body) };
      heard.push(one);
      const { status = 200, body: answer, afterMs = 0 } = await reply(one);
      if (afterMs) await new Promise((resolve) => setTimeout(resolve, afterMs));
      const json = typeof answer === "object";
      response.writeHead(status, { "content-type": json ? "application/json" : "text/plain" });
      response.end(json ? JSON.stringify(answer) : answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    heard,
    last: () => heard.at(-1)?.payload,
    answer(next: typeof reply) {
      reply = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function readPayload(body: string): Heard["payload"] {
  if (body.startsWith("{")) return JSON.parse(body);
  const form = Object.fromEntries(new URLSearchParams(body));
  return form.payload ? JSON.parse(form.payload) : form;
}

/** Calls a Web API method without any library. */
export function caller(slack: { url: string; botToken: string }) {
  return async (method: string, args: object = {}, token = slack.botToken) => {
    const response = await fetch(`${slack.url}/api/${method}`, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(args),
    });
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely, and differ per method
    return (await response.json()) as any;
  };
}

/** A clock that only moves when told. */
export function stillClock(start = "2026-11-22T10:00:00Z") {
  let at = new Date(start);
  return {
    now: () => at,
    pass(ms: number) {
      at = new Date(at.getTime() + ms);
    },
  };
}
