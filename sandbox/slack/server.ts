import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Args } from "./api/answer.ts";
import { answerCall, type Limits, type Request } from "./api/call.ts";
import type { Reply } from "./api/faults.ts";
import { isFields } from "./block-kit/check.ts";
import { type Page, pageFor } from "./oauth/serve.ts";
import type { Platform } from "./platform.ts";

/** The Web API, the response URLs and the consent page over HTTP, on this machine only. */
export async function startServer(
  platform: Platform,
  port: number,
  limits: Limits | undefined,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    serve(request, response, platform, limits).catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  platform.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  platform: Platform,
  limits: Limits | undefined,
): Promise<void> {
  const body = await readAll(incoming).catch(() => undefined);
  if (body === undefined) return;
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const page = pageFor({ method: incoming.method, url, body }, platform);
  if (page) return void show(response, page);
  const request = readRequest(incoming, url, body);
  if (!request) return void response.writeHead(404).end("Not Found");
  const reply = answerCall(request, platform, limits);
  const install = platform.installs.find(({ token }) => token === request.token);
  write(response, reply, install?.scope);
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function readRequest(incoming: IncomingMessage, url: URL, body: string): Request | undefined {
  const method = /^\/api\/([a-zA-Z0-9.]+)$/.exec(url.pathname)?.[1];
  const reply = /^\/(commands|actions)\//.test(url.pathname) && incoming.method === "POST";
  if (!method && !reply) return undefined;
  const given = {
    ...Object.fromEntries(url.searchParams),
    ...readArgs(incoming, body),
    ...readBasic(incoming),
  };
  const { token: argument, ...args } = given;
  const bearer = /^Bearer (.+)$/i.exec(incoming.headers.authorization ?? "")?.[1];
  const token = bearer ?? (typeof argument === "string" ? argument : undefined);
  return { method: method ?? "response_url", path: url.pathname, token, args };
}

/** `oauth.v2.access` also takes the client's id and secret this way. */
function readBasic(incoming: IncomingMessage): Args {
  const basic = /^Basic (.+)$/i.exec(incoming.headers.authorization ?? "")?.[1];
  if (basic === undefined) return {};
  const [id, ...secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return { client_id: id, client_secret: secret.join(":") };
}

function readArgs(incoming: IncomingMessage, body: string): Args {
  const type = incoming.headers["content-type"] ?? "";
  if (!type.startsWith("application/json")) return readForm(body);
  return readJson(body);
}

function readJson(text: string): Args {
  try {
    const json: unknown = JSON.parse(text);
    return isFields(json) ? json : {};
  } catch {
    return {};
  }
}

/** A `response_url` also takes a form with one `payload` field. */
function readForm(body: string): Args {
  const form = Object.fromEntries(new URLSearchParams(body));
  return form.payload === undefined ? form : readJson(form.payload);
}

function show(response: ServerResponse, page: Page): void {
  const noStore = { "cache-control": "no-store" };
  if ("location" in page) {
    response.writeHead(302, { ...noStore, location: page.location }).end();
    return;
  }
  response.writeHead(page.status, { ...noStore, "content-type": "text/html; charset=utf-8" });
  response.end(page.html);
}

/** Of a token that it knows, Slack names the scopes with every answer. */
function write(response: ServerResponse, reply: Reply, scope: string | undefined): void {
  if (reply.hang) return;
  if (reply.status >= 500) {
    response.writeHead(reply.status, { "content-type": "text/html" });
    return void response.end("<html><body>Server Error</body></html>");
  }
  const sent = "body" in reply ? { answer: reply.body } : reply;
  const { retryAfter } = { retryAfter: undefined, ...sent };
  response.writeHead(reply.status, {
    "content-type": "application/json; charset=utf-8",
    ...(scope === undefined ? {} : { "x-oauth-scopes": scope }),
    ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
  });
  response.end(typeof sent.answer === "string" ? sent.answer : JSON.stringify(sent.answer));
}
