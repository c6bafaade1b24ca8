import { request } from "node:http";
import { connect } from "node:net";
import { onTestFinished } from "vitest";
import { signRequest } from "../../sandbox/slack/signature.ts";
import type { InboxDoors, Taken } from "../../src/slack/inbox.ts";
import { createReceiver, type PlainRoute } from "../../src/slack/receiver.ts";
import { createSeen } from "../../src/slack/seen.ts";

export const signingSecret = "0123456789abcdef0123456789abcdef";
export const noon = new Date("2027-01-04T12:00:00Z");
export const noonSeconds = noon.getTime() / 1000;
export const form = "application/x-www-form-urlencoded";

export interface AReceiver {
  port: number;
  kept: Taken[];
  asked: Taken[];
  faults: unknown[];
  outcomes: string[];
  /** Kinds of what came and nobody asked for. */
  unasked: string[];
  /** Signed with the right secret unless headers say otherwise. */
  post(body: string, options?: PostOptions): Promise<Answer>;
  send(
    method: string,
    path: string,
    headers?: Record<string, string>,
    body?: string,
  ): Promise<Answer>;
  /** Writes these bytes to a socket and gives everything that comes back until it closes. */
  raw(bytes: string): Promise<string>;
}

interface PostOptions {
  type?: string;
  timestamp?: string;
  signature?: string;
  headers?: Record<string, string>;
}

interface Answer {
  status: number;
  body: string;
}

/** The receiver on a port of its own, with doors that only remember. */
export async function aReceiver(
  doors: Partial<InboxDoors> = {},
  routes: Record<string, PlainRoute> = {},
): Promise<AReceiver> {
  const kept: Taken[] = [];
  const asked: Taken[] = [];
  const faults: unknown[] = [];
  const outcomes: string[] = [];
  const unasked: string[] = [];
  const onFault = (error: unknown) => void faults.push(error);
  const server = createReceiver({
    signingSecret,
    routes,
    now: () => noon,
    onFault,
    count: (outcome) => void outcomes.push(outcome),
    doors: {
      seen: createSeen(),
      keep: async (taken) => kept.push(taken) > 0,
      isNew: async () => true,
      ask: async (taken) => void asked.push(taken),
      judge: () => ({ kind: "within" }),
      giveBack: () => {},
      whisper: () => {},
      unasked: (kind) => void unasked.push(kind),
      onFault,
      ...doors,
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as { port: number };
  const send: AReceiver["send"] = (method, path, headers, body) =>
    sendTo(port, method, path, headers, body);
  return {
    ...{ port, kept, asked, faults, outcomes, unasked, send },
    post: (body, options) => send("POST", "/slack/events", signed(body, options), body),
    raw: (bytes) => rawTo(port, bytes),
  };
}

export function signed(body: string, options: PostOptions = {}): Record<string, string> {
  const { type = form, timestamp = String(noonSeconds), headers = {} } = options;
  const signature = options.signature ?? signRequest(signingSecret, Number(timestamp), body);
  return {
    "content-type": type,
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": signature,
    ...headers,
  };
}

function sendTo(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = "",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      { host: "127.0.0.1", port, method, path, headers, agent: false },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          text += chunk;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: text }));
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}

function rawTo(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setTimeout(5_000, () => socket.destroy(new Error("the socket hangs")));
    socket.on("data", (chunk) => {
      text += chunk.toString();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(text));
  });
}

export const commandFields = {
  team_id: "T1",
  channel_id: "C1",
  user_id: "U_ANA",
  command: "/campaign",
  text: "pause burki:42",
  trigger_id: "1.2.abc",
  response_url: "https://hooks.slack.com/commands/1",
};

export const command = new URLSearchParams(commandFields).toString();

export function interaction(payload: unknown): string {
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

export const click = {
  type: "block_actions",
  team: { id: "T1" },
  user: { id: "U_ANA" },
  actions: [{ type: "button", action_id: "review_approve", block_id: "b", value: "chg_1" }],
};

export const submission = {
  type: "view_submission",
  team: { id: "T1" },
  user: { id: "U_ANA" },
  view: { id: "V1", callback_id: "connect_modal", state: { values: {} } },
};

export const suggestion = {
  type: "block_suggestion",
  team: { id: "T1" },
  user: { id: "U_ANA" },
  action_id: "campaign_search",
  block_id: "b",
  value: "spr",
};
