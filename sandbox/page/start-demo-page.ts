import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ZodError } from "zod";
import { acts } from "./acts.ts";
import { type Bundle, bundleClient } from "./bundle.ts";
import { html } from "./document.ts";
import { isJson, readJson, refusal } from "./guard.ts";
import { type Live, openLive } from "./live.ts";
import type { Stage } from "./stage.ts";
import { stateFor } from "./state.ts";

export interface DemoPageOptions extends Stage {
  /** 0 takes any free port. */
  port: number;
}

export interface DemoPage {
  url: string;
  close(): Promise<void>;
}

interface House {
  stage: Stage;
  bundle: Bundle;
  live: Live;
}

/** Serves the demo page on 127.0.0.1 until it is closed. */
export async function startDemoPage(options: DemoPageOptions): Promise<DemoPage> {
  const house: House = { stage: options, bundle: await bundleClient(), live: openLive() };
  const parting = [options.slack, ...Object.values(options.vendors)].map((part) =>
    part.onChange(house.live.changed),
  );
  const server = createServer((request, response) => {
    answer(house, request, response).catch((error: unknown) => fail(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      for (const part of parting) part();
      house.live.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  house: House,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const why = refusal(request);
  if (why) return send(response, 403, "text/plain", why);
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://page");
  if (request.method === "POST" && pathname.startsWith("/act/")) {
    return perform(house, pathname.slice("/act/".length), request, response);
  }
  if (request.method !== "GET") return send(response, 405, "text/plain", "Only GET here.");
  const person = personIn(house.stage, searchParams.get("person"));
  if (!person) return send(response, 404, "text/plain", "Nobody here has this name.");
  const state = (): string => JSON.stringify(stateFor(house.stage, person));
  switch (pathname) {
    case "/":
      return send(response, 200, "text/html", html);
    case "/page.js":
      return send(response, 200, "text/javascript", house.bundle.script);
    case "/page.css":
      return send(response, 200, "text/css", house.bundle.style);
    case "/state":
      return send(response, 200, "application/json", state());
    case "/events":
      return house.live.follow(response, state);
    default:
      return send(response, 404, "text/plain", "There is nothing here.");
  }
}

/** By id or name; the first of all when nobody is named. */
function personIn({ slack }: Stage, wanted: string | null): string | undefined {
  if (wanted === null) return slack.people[0]?.id;
  return slack.people.find(({ id, name }) => id === wanted || name === wanted)?.id;
}

async function perform(
  { stage, live }: House,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const run = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (!run) return send(response, 404, "text/plain", "Nobody can do that here.");
  if (!isJson(request)) return send(response, 415, "text/plain", "Send JSON.");
  const outcome = await run(stage, await readJson(request));
  live.changed();
  send(response, 200, "application/json", JSON.stringify(outcome));
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const [status, text] =
    error instanceof ZodError
      ? [400, error.issues[0]?.message]
      : [500, error instanceof Error ? error.message : "Something broke."];
  send(response, Number(status), "text/plain", String(text));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy":
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
  });
  response.end(body);
}
