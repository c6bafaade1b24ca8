import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Stage } from "../../sandbox/page/stage.ts";
import { startPretendSlack } from "../../sandbox/slack/index.ts";
import type { Block, PretendSlack } from "../../sandbox/slack/types.ts";
import { startPretendVendors } from "../../sandbox/vendors/index.ts";
import { doneCard, everyField } from "./page-cards.ts";

export const ana = "U0ANA00001";
export const ben = "U0BEN00002";
export const outreach = "C0OUTREACH";

type Fields = Record<string, unknown>;

export interface PageFixture extends Stage {
  /** Everything the stand-in for the bot was sent, decoded. */
  heard: Fields[];
  post(blocks: Block[], more?: Fields): Promise<string>;
  close(): Promise<void>;
}

/** A pretend Slack and pretend vendors, with a bot of a few lines between them. */
export async function aPageFixture(start = new Date("2026-11-20T09:41:00Z")): Promise<PageFixture> {
  let now = start;
  const clock = {
    now: () => now,
    advance: (ms: number) => clock.set(new Date(now.getTime() + ms)),
    set: (at: Date) => {
      now = at;
    },
  };
  const slack = await startPretendSlack({ now: clock.now });
  const vendors = await startPretendVendors({ now: clock.now, latencyMs: 0 });
  const heard: Fields[] = [];
  const bot = await aBot(slack, heard);
  return {
    slack,
    vendors,
    clock,
    heard,
    post: async (blocks, more) => {
      const sent = await call(slack, "chat.postMessage", {
        channel: outreach,
        text: "A card",
        blocks,
        ...more,
      });
      return String(sent.ts);
    },
    close: async () => {
      bot.closeAllConnections();
      bot.close();
      await Promise.all([slack, ...Object.values(vendors)].map((one) => one.close()));
    },
  };
}

async function call(slack: PretendSlack, method: string, args: Fields): Promise<Fields> {
  const response = await fetch(`${slack.url}/api/${method}`, {
    method: "POST",
    headers: { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json" },
    body: JSON.stringify(args),
  });
  const answer = (await response.json()) as Fields;
  if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer)}`);
  return answer;
}

/** `/campaign` opens a form, a press turns the card into a finished one, a form without a reason is refused. */
async function aBot(slack: PretendSlack, heard: Fields[]): Promise<Server> {
  const server = createServer(async (request, response) => {
    const said = await decoded(request);
    heard.push(said);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(reply(said));
    await followUp(slack, said);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  slack.setBot(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return server;
}

async function decoded(request: IncomingMessage): Promise<Fields> {
  let body = "";
  for await (const part of request) body += part;
  const form = new URLSearchParams(body);
  return JSON.parse(form.get("payload") ?? JSON.stringify(Object.fromEntries(form)));
}

function reply(said: Fields): string {
  if (said.type === "block_suggestion") {
    const names = ["Spring launch", "Spring cleaning", "Reactivation Q4"];
    const fitting = names.filter((name) => name.toLowerCase().includes(String(said.value)));
    return JSON.stringify({
      options: fitting.map((text) => ({ text: { type: "plain_text", text }, value: text })),
    });
  }
  const refused =
    said.type === "view_submission" && !JSON.stringify(said).includes("a good reason");
  if (!refused) return "";
  return JSON.stringify({
    response_action: "errors",
    errors: { reason: "Say why, in a few words." },
  });
}

async function followUp(slack: PretendSlack, said: Fields): Promise<void> {
  if (said.command && !said.text) {
    const view = {
      type: "modal",
      callback_id: "change",
      title: { type: "plain_text", text: "Change a campaign" },
      submit: { type: "plain_text", text: "Ask for it" },
      close: { type: "plain_text", text: "Cancel" },
      blocks: everyField,
    };
    await call(slack, "views.open", { trigger_id: said.trigger_id, view });
  } else if (said.command) {
    const text = `Nobody knows “${said.text}”. Nothing was changed.`;
    await call(slack, "chat.postEphemeral", { channel: said.channel_id, user: said.user_id, text });
  } else if (said.type === "block_actions") {
    const { channel_id: channel, message_ts: ts } = said.container as Fields;
    await call(slack, "chat.update", { channel, ts, text: "Done", blocks: doneCard });
  }
}
