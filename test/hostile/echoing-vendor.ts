import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { PretendVendor } from "../../sandbox/vendors/pretend.ts";

/** What a vendor does with the key it is sent, besides taking it. */
type Echo = "nothing" | "refusals" | "names";

export interface EchoingVendor {
  url: string;
  hostPort: string;
  options: Record<string, string>;
  echo(how: Echo): void;
  /** Requests that came with one of these keys: what a search must find, or it searched nothing. */
  heard: Set<string>;
  close(): Promise<void>;
}

/** A vendor that takes every key and repeats it: in the words of a 400, or in the names of campaigns. */
export async function anEchoingVendor(vendor: PretendVendor): Promise<EchoingVendor> {
  let how: Echo = "nothing";
  const heard = new Set<string>();
  const tokens = new Map<string, string>();
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy());
  });

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const given = keyIn(request);
    // A token stands for the key it was given for.
    const key = tokens.get(given) ?? given;
    const isLogin = request.url?.endsWith("/oauth/token") ?? false;
    heard.add(key);
    if (how === "refusals" && !isLogin) {
      const words = spelt(key).join(" ");
      const all = { detail: words, message: words, error: words, title: words, code: key };
      response.writeHead(400, { "content-type": "application/json", "x-key": key });
      response.end(JSON.stringify({ ...all, error: { code: key, message: words } }));
      return;
    }
    const answer = await fetch(vendor.url + (request.url ?? "/"), {
      method: request.method ?? "GET",
      headers: ownKey(vendor, request, isLogin),
      redirect: "manual",
      ...(body && { body }),
    });
    const said = await answer.text();
    const token = isLogin && /"access_token":"([^"]+)"/.exec(said)?.[1];
    if (token) tokens.set(token, key);
    const type = answer.headers.get("content-type") ?? "text/plain";
    response.writeHead(answer.status, { "content-type": type });
    response.end(how === "names" && !isLogin ? withKeyInNames(said, key) : said);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const options = Object.entries(vendor.options).map(([name, value]) => [
    name,
    value.replace(vendor.url, url),
  ]);
  return {
    url,
    hostPort: `127.0.0.1:${port}`,
    options: Object.fromEntries(options),
    echo(next) {
      how = next;
    },
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The six ways in which machines write a text down. */
export function spelt(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString("base64"),
    bytes.toString("base64url"),
    bytes.toString("hex"),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
}

function keyIn({ headers }: IncomingMessage): string {
  const given = headers.authorization ?? headers["x-api-key"] ?? "";
  const [scheme, value = ""] = String(given).split(" ");
  if (scheme === "Basic") return Buffer.from(value, "base64").toString().split(":").at(-1) ?? "";
  return value || String(given);
}

function ownKey(vendor: PretendVendor, { headers }: IncomingMessage, isLogin: boolean) {
  const { apiKey = "", clientId = "", clientSecret = "" } = vendor.secret;
  const own: Record<string, string> = {};
  for (const name of ["content-type", "accept", "authorization", "x-api-key", "x-company-id"]) {
    const value = headers[name];
    if (typeof value === "string") own[name] = value;
  }
  if (own["x-api-key"]) own["x-api-key"] = apiKey;
  else if (isLogin) {
    own.authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
  } else if (vendor.name === "burki") own.authorization = `Bearer ${apiKey}`;
  return own;
}

function withKeyInNames(json: string, key: string): string {
  const escaped = [...key].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return json.replace(/"(\w*name)":"([^"]{1,30})/gi, (_, field: string, name: string) => {
    const words = JSON.stringify([name, ...spelt(key)].join(" ")).slice(1, -1);
    return `"${field}":"${words} ${escaped.join("")}`;
  });
}
