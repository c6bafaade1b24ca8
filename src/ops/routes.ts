import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Metrics } from "./metrics.ts";

type Answer = { status: number; type: string; body: string };

/** What readiness depends on. */
export interface Readiness {
  /** Throws when nothing can be written. */
  databaseWritable(): Promise<void>;
  workerRunning(): boolean;
  /** In how many workspaces everything is denied because their policy cannot be read. */
  unreadablePolicies(): Promise<number>;
}

/** `/healthz`, `/readyz` and `/metrics`. */
export function openRoutes(options: {
  readiness: Readiness;
  metrics: Metrics;
  metricsToken: string | undefined;
}): Record<string, (request: IncomingMessage) => Promise<Answer>> {
  return {
    "/healthz": async () => plain(200, "ok"),
    "/readyz": async () => {
      const reason = await whyNotReady(options.readiness);
      if (reason) return plain(503, reason);
      return plain(200, `ready${await policyNote(options.readiness)}`);
    },
    "/metrics": async (request) => {
      if (!mayRead(request, options.metricsToken)) return plain(401, "not for you");
      return { status: 200, type: options.metrics.type, body: await options.metrics.text() };
    },
  };
}

async function whyNotReady(readiness: Readiness): Promise<string | undefined> {
  if (!readiness.workerRunning()) return "the worker is not running";
  try {
    await readiness.databaseWritable();
    return undefined;
  } catch {
    return "the database cannot be written";
  }
}

/** One workspace's fault is said, and takes the bot from nobody else. */
async function policyNote({ unreadablePolicies }: Readiness): Promise<string> {
  const count = await unreadablePolicies();
  if (count === 0) return "";
  const where = count === 1 ? "1 workspace" : `${count} workspaces`;
  return `, but the policy of ${where} cannot be read, so everything is denied there; the log names it`;
}

/** With a token only its bearer; without one only this machine, and nobody who is served by a proxy on it. */
function mayRead(request: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return isFromHere(request);
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

const here = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;
const hereByName = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
/** What proxies add to say for whom they ask. */
const handedOn =
  /^(forwarded|via|x-forwarded|x-real-ip|x-client-ip|x-original-|true-client-ip|cf-)/;

function isFromHere({ socket, headers, httpVersion }: IncomingMessage): boolean {
  if (!here.test(socket.remoteAddress ?? "")) return false;
  if (Object.keys(headers).some((name) => handedOn.test(name))) return false;
  // A proxy that says nothing else still speaks as old as this, unless it is told otherwise.
  return httpVersion !== "1.0" && hereByName.test(headers.host ?? "");
}

function plain(status: number, body: string): Answer {
  return { status, type: "text/plain; charset=utf-8", body: `${body}\n` };
}
