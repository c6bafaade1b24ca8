import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readBody } from "./body.ts";
import { type InboxDoors, type SlackAnswer, takeIn } from "./inbox.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { readSlackRequest } from "./read-request.ts";
import { keepRoom } from "./room.ts";
import { isSigned, requestKey } from "./signature.ts";

/** An answer for a path that is not Slack's: health, readiness, metrics. */
export type PlainRoute = (request: IncomingMessage) => Promise<RouteAnswer>;

export interface RouteAnswer {
  status: number;
  type: string;
  body: string;
  headers?: Readonly<Record<string, string>>;
}

export interface ReceiverOptions {
  signingSecret: string;
  doors: InboxDoors;
  /** GET routes by exact path. */
  routes: Readonly<Record<string, PlainRoute>>;
  now(): Date;
  onFault(error: unknown): void;
  /** Counts what came in, by outcome. */
  count(outcome: string): void;
}

const eventsPath = "/slack/events";

/** Node looks at slow requests every half minute unless told otherwise, whatever their limits say. */
const limits = {
  requestTimeout: 10_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
};

/**
 * The thin server in front of Bolt. Bolt's own can be ended by one signed `null`, takes timestamps
 * from the future and forgets what it has seen; this one checks, stores, answers.
 */
export function createReceiver(options: ReceiverOptions): Server {
  const server = createServer(limits);
  keepRoom(server);
  oneAtATime(server, (request, response) => {
    route(request, response, options).catch((error: unknown) => {
      options.onFault(error);
      send(response, { status: 500 });
    });
  });
  server.keepAliveTimeout = 30_000;
  server.timeout = 40_000;
  return server;
}

async function route(request: IncomingMessage, response: ServerResponse, options: ReceiverOptions) {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  const plain = Object.hasOwn(options.routes, path) ? options.routes[path] : undefined;
  if (path === eventsPath) {
    if (request.method !== "POST") return send(response, { status: 405 });
    return slackRequest(request, response, options);
  }
  if (!plain) return send(response, { status: 404 });
  if (request.method !== "GET") return send(response, { status: 405 });
  const { status, type, body, headers } = await plain(request);
  response.writeHead(status, { ...headers, "content-type": type }).end(body);
}

async function slackRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: ReceiverOptions,
) {
  const body = await readBody(request);
  if (body.kind === "broken") return response.destroy();
  if (body.kind === "too_large") {
    options.count("too_large");
    response.setHeader("connection", "close");
    return send(response, { status: 413 });
  }
  const answer = await answerSlack(request, body.bytes, options);
  options.count(String(answer.status));
  return send(response, answer);
}

async function answerSlack(
  request: IncomingMessage,
  bytes: Buffer,
  options: ReceiverOptions,
): Promise<SlackAnswer> {
  const contentType = request.headers["content-type"] ?? "";
  if (isCertificateProbe(contentType, bytes)) return { status: 200 };
  if (!isSigned(request.headers, bytes, options.signingSecret, options.now()))
    return { status: 401 };
  const read = readSlackRequest(contentType, bytes.toString("utf8"));
  return takeIn(read, requestKey(request.headers), options.doors);
}

/** `ssl_check=1` comes unsigned and asks for nothing but a 200, so that is all it gets. */
function isCertificateProbe(contentType: string, bytes: Buffer): boolean {
  if (!contentType.startsWith("application/x-www-form-urlencoded") || bytes.length > 2000)
    return false;
  return new URLSearchParams(bytes.toString("utf8")).get("ssl_check") === "1";
}

function send(response: ServerResponse, { status, json }: SlackAnswer): void {
  if (response.headersSent) return;
  if (json === undefined) response.writeHead(status).end();
  else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
}
