import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Sample {
  request: { method: string; path: string; body?: unknown };
  response: { status: number; headers: Readonly<Record<string, string>>; body: unknown };
}

export interface Seen {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

type Reply = (seen: Seen, response: ServerResponse) => void;

/** A real server on this machine that answers as it is told and remembers what it was asked. */
export interface StandIn {
  url: string;
  hostPort: string;
  seen: Seen[];
  /** From now on answers this way. */
  reply(reply: Reply): void;
  /** Answers each recorded request as recorded, several answers to one request in turn. */
  replay(...samples: Sample[]): void;
  close(): Promise<void>;
}

export async function aStandIn(): Promise<StandIn> {
  const seen: Seen[] = [];
  let current: Reply = notPlayed;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url: path = "", headers } = request;
    const one = { method, path, headers, body: Buffer.concat(chunks).toString() };
    seen.push(one);
    current(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    hostPort: `127.0.0.1:${port}`,
    seen,
    reply(reply) {
      current = reply;
    },
    replay(...samples) {
      current = playing(samples);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = { "content-type": "application/json" },
): void {
  response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
}

export const answerSample = (response: ServerResponse, { response: said }: Sample): void =>
  answer(response, said.status, said.body, said.headers);

function playing(samples: readonly Sample[]): Reply {
  const turns = new Map<Sample, number>();
  return ({ method, path, body }, response) => {
    const fitting = samples.filter(
      ({ request }) =>
        request.method === method &&
        request.path === path &&
        (request.body === undefined || JSON.stringify(request.body) === body),
    );
    const [least] = [...fitting].sort((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0));
    if (!least) return notPlayed({ method, path, headers: {}, body }, response);
    turns.set(least, (turns.get(least) ?? 0) + 1);
    answerSample(response, least);
  };
}

function notPlayed({ method, path }: Seen, response: ServerResponse): void {
  answer(response, 418, { detail: `${method} ${path} is not in the samples` });
}
