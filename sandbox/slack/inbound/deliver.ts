import { request } from "node:http";
import { signRequest } from "../signature.ts";
import type { Delivery, RawRequest } from "../types.ts";

export type Deliver = (raw: RawRequest) => Promise<Delivery>;

const formType = "application/x-www-form-urlencoded";

/** Sends signed bytes to the bot as Slack does, and gives up on an answer after `patienceMs`. */
export function createDeliver(options: {
  botUrl(): string | undefined;
  patienceMs: number;
  signingSecret: string;
  now(): Date;
}): Deliver {
  return async (raw) => {
    const botUrl = options.botUrl();
    if (!botUrl) return failed("connection_failed", 0);
    const timestamp = raw.timestamp ?? Math.floor(options.now().getTime() / 1000);
    const started = performance.now();
    const answer = await exchange(botUrl, options.patienceMs, raw.body, {
      accept: "application/json,*/*",
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      "content-type": raw.contentType ?? formType,
      "x-slack-request-timestamp": String(timestamp),
      "x-slack-signature": signRequest(options.signingSecret, timestamp, raw.body),
      ...raw.headers,
    });
    const ms = performance.now() - started;
    if (typeof answer === "string") return failed(answer, ms);
    const fine = answer.status >= 200 && answer.status < 300;
    return { ...answer, ms, attempts: 1, ...(fine ? {} : { error: "http_error" }) };
  };
}

export function formBody(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}

/** What never reached the bot because Slack itself stopped it. */
export function notSent(shown: string, error?: Delivery["error"]): Delivery {
  return { status: 0, ms: 0, body: "", shown, attempts: 0, ...(error ? { error } : {}) };
}

function failed(error: "operation_timeout" | "connection_failed", ms: number): Delivery {
  return { status: 0, ms, body: "", error, attempts: 1 };
}

type Exchanged = { status: number; body: string } | "operation_timeout" | "connection_failed";

function exchange(
  url: string,
  patienceMs: number,
  body: string,
  headers: Record<string, string>,
): Promise<Exchanged> {
  return new Promise((resolve) => {
    const length = String(Buffer.byteLength(body));
    const outgoing = request(url, {
      method: "POST",
      agent: false,
      headers: { "content-length": length, ...headers },
    });
    const timer = setTimeout(() => {
      resolve("operation_timeout");
      outgoing.destroy();
    }, patienceMs);
    const settle = (result: Exchanged) => {
      clearTimeout(timer);
      resolve(result);
    };
    outgoing.on("error", () => settle("connection_failed"));
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () => settle("connection_failed"));
      response.on("end", () =>
        settle({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    outgoing.end(body);
  });
}
