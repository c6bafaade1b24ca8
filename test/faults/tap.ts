import { createServer, type IncomingHttpHeaders, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { idFrom } from "../../src/flows/ids.ts";
import { requestKey } from "../../src/slack/signature.ts";

/** One request of Slack's, as it left, and what came back. */
export interface Sent {
  at: Date;
  /** Who typed or pressed. */
  by: string;
  act: "wish" | "approve" | "deny" | "withdraw" | "deny_form" | "other";
  /** The change it is about; of a wish the id that it must get. */
  change: string;
  /** `ok`: heard; `fail`: turned away in words or by its status; `info`: no answer, so nobody can say. */
  outcome: "ok" | "fail" | "info";
  /** 0 if there was none. */
  status: number;
  /** Path of the address that takes words for this person. */
  responsePath: string | undefined;
  trigger: string | undefined;
}

/** Stands between Slack and the bot, hands every byte on, and writes down what came of it. */
export interface Tap {
  /** What Slack is told to be the bot. */
  url: string;
  sent(): Sent[];
  /** Where the bot is now. */
  leadTo(url: string): void;
  close(): Promise<void>;
}

export async function openTap(now: () => Date): Promise<Tap> {
  const sent: Sent[] = [];
  let bot: string | undefined;
  const server = createServer((incoming, response) => {
    const pass = async () => {
      const body = await text(incoming);
      const one = noted(now(), incoming.headers, body);
      sent.push(one);
      const answer = bot && (await forward(`${bot}/slack/events`, incoming.headers, body));
      if (!answer) return void response.destroy();
      Object.assign(one, { status: answer.status, outcome: outcomeOf(one, answer) });
      giveBack(response, answer);
    };
    pass().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    sent: () => sent.map((one) => ({ ...one })),
    leadTo(url) {
      bot = url;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  status: number;
  type: string | undefined;
  body: string;
}

/** Undefined when the bot went away before it had answered. */
function forward(
  url: string,
  headers: IncomingHttpHeaders,
  body: string,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const kept = Object.fromEntries(
      Object.entries(headers).filter(([name]) => name === "content-type" || /^x-slack/.test(name)),
    );
    const length = String(Buffer.byteLength(body));
    const outgoing = request(url, {
      method: "POST",
      agent: false,
      headers: { ...kept, "content-length": length },
    });
    outgoing.on("error", () => resolve(undefined));
    outgoing.on("response", (response) => {
      const { statusCode: status = 0, headers: given } = response;
      text(response).then(
        (said) => resolve({ status, type: given["content-type"], body: said }),
        () => resolve(undefined),
      );
    });
    outgoing.end(body);
  });
}

function giveBack(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, type === undefined ? {} : { "content-type": type }).end(body);
}

function noted(at: Date, headers: IncomingHttpHeaders, body: string): Sent {
  const form = new URLSearchParams(body);
  const unanswered = { at, outcome: "info" as const, status: 0 };
  const team = form.get("team_id");
  if (team) {
    const change = idFrom("chg", team, `slack:${requestKey(headers)}`);
    const about = { act: "wish" as const, by: form.get("user_id") ?? "", change };
    return { ...unanswered, ...about, ...addressed(form.get("response_url"), undefined) };
  }
  const payload = JSON.parse(form.get("payload") ?? "{}");
  const [action] = payload.actions ?? [];
  const act = payload.view ? "deny_form" : (acts[action?.action_id] ?? "other");
  const change = payload.view?.private_metadata ?? action?.value ?? "";
  const about = { act, by: payload.user?.id ?? "", change } as const;
  return { ...unanswered, ...about, ...addressed(payload.response_url, payload.trigger_id) };
}

const acts: Readonly<Record<string, Sent["act"]>> = {
  review_approve: "approve",
  review_deny: "deny",
  change_withdraw: "withdraw",
};

function addressed(responseUrl: unknown, trigger: string | undefined) {
  const responsePath = typeof responseUrl === "string" ? new URL(responseUrl).pathname : undefined;
  return { responsePath, trigger };
}

/** An empty 200 is a promise. A form that was told "it may still go through" is not settled by that. */
function outcomeOf({ act }: Sent, { status, body }: Answer): Sent["outcome"] {
  if (status !== 200) return "fail";
  if (body === "") return "ok";
  return act === "deny_form" && body.includes('"push"') ? "info" : "fail";
}
