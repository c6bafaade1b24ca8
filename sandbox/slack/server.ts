import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Args } from "./api/answer.ts";
import { answerCall, type Limits, type Reply, type Request } from "./api/call.ts";
import { isFields } from "./block-kit/check.ts";
import type { Workspace } from "./state.ts";

/** The Web API and the response URLs over HTTP, on this machine only. */
export async function startServer(
  workspace: Workspace,
  port: number,
  limits: Limits | undefined,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    serve(request, response, workspace, limits).catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  workspace.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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
  workspace: Workspace,
  limits: Limits | undefined,
): Promise<void> {
  const body = await readAll(incoming).catch(() => undefined);
  if (body === undefined) return;
  const request = readRequest(incoming, body);
  if (!request) return void response.writeHead(404).end("Not Found");
  write(response, answerCall(request, workspace, limits));
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function readRequest(incoming: IncomingMessage, body: string): Request | undefined {
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const method = /^\/api\/([a-zA-Z.]+)$/.exec(url.pathname)?.[1];
  const reply = /^\/(commands|actions)\//.test(url.pathname) && incoming.method === "POST";
  if (!method && !reply) return undefined;
  const given = { ...Object.fromEntries(url.searchParams), ...readArgs(incoming, body) };
  const { token: argument, ...args } = given;
  const bearer = /^Bearer (.+)$/i.exec(incoming.headers.authorization ?? "")?.[1];
  const token = bearer ?? (typeof argument === "string" ? argument : undefined);
  return { method: method ?? "response_url", path: url.pathname, token, args };
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

function write(response: ServerResponse, reply: Reply): void {
  if (reply.hang) return;
  if (reply.status >= 500) {
    response.writeHead(reply.status, { "content-type": "text/html" });
    return void response.end("<html><body>Server Error</body></html>");
  }
  response.writeHead(reply.status, {
    "content-type": "application/json; charset=utf-8",
    "x-oauth-scopes": "commands,chat:write,im:write,usergroups:read,users:read,channels:read",
    ...(reply.retryAfter === undefined ? {} : { "retry-after": String(reply.retryAfter) }),
  });
  response.end(JSON.stringify(reply.answer));
}
