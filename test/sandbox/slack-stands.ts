import { createEmulator } from "emulate";
import { startPretendSlack } from "../../sandbox/slack/index.ts";
import { caller, startListeningBot } from "./slack-bot.ts";

type Call = ReturnType<typeof caller>;

/** Where people are sent after their consent. */
export const back = "http://127.0.0.1:1/back";

/** One stand-in for Slack, with the places and people the shared script needs. */
export interface Stand {
  call: Call;
  channel: string;
  archived: string;
  person: string;
  /** A channel the bot may write in and a person who is not there. */
  apart: { channel: string; user: string };
  /** A message somebody else wrote in `channel`. */
  foreignTs: string;
  trigger(viewId?: string): Promise<string>;
  client: { client_id: string; client_secret: string };
  /** What somebody's consent is worth, to be sent back to `back`. */
  code(): Promise<string>;
  close(): Promise<void>;
}

export async function startOurs(): Promise<Stand> {
  const slack = await startPretendSlack({ now: () => new Date() });
  const bot = await startListeningBot();
  slack.setBot(bot.url);
  // What the script calls, beyond what our app asks for.
  slack.regrant(
    "chat:write,users:read,usergroups:read,channels:read,groups:read,im:read,im:write,mpim:read",
  );
  const general = slack.channels.find((channel) => channel.name === "general");
  Object.assign(general ?? {}, { isArchived: true, botIsMember: true });
  return {
    call: caller(slack),
    channel: "C0OUTREACH",
    archived: "C0GENERAL1",
    person: "U0ANA00001",
    apart: { channel: "C0APPROVALS", user: "U0GUS00005" },
    foreignTs: slack.say("ana", "outreach", "mine").ts,
    client: { client_id: slack.clientId, client_secret: slack.clientSecret },
    async code() {
      const asked = { client_id: slack.clientId, scope: "chat:write", redirect_uri: back };
      const url = `${slack.url}/oauth/v2/authorize`;
      const form = { ...asked, person: "U0ANA00001", decision: "allow" };
      return codeIn(await sendForm(url, form));
    },
    async trigger(viewId) {
      if (viewId) await slack.press("ana", { viewId }, "go");
      else await slack.typeCommand("ana", "outreach", "/campaign");
      return String(bot.last()?.trigger_id);
    },
    async close() {
      await Promise.all([slack.close(), bot.close()]);
    },
  };
}

export async function startEmulate(): Promise<Stand> {
  const botToken = ["xoxb", "1", "2", "emulated"].join("-");
  const own = { app_id: "A0EMULATED", bot_id: "B0EMULATED", bot_user_id: "U0EMULATED" };
  const oauthApp = {
    ...own,
    client_id: "1.2",
    client_secret: "s",
    name: "fermata",
    bot_name: "fermata",
    redirect_uris: [],
    scopes: ["chat:write"],
  };
  const emulator = await createEmulator({
    service: "slack",
    port: 0,
    hostname: "127.0.0.1",
    seed: {
      slack: {
        team: { name: "Fermata Demo", domain: "fermata-demo" },
        users: [{ name: "ana", real_name: "Ana Ferrer" }],
        channels: [{ name: "outreach" }, { name: "old" }],
        oauth_apps: [oauthApp],
        tokens: [
          { ...own, token: botToken, type: "bot", user_id: own.bot_user_id },
          { token: "xoxp-ana", type: "user", user: "ana" },
        ],
      },
    },
  });
  const call = caller({ url: emulator.url, botToken });
  const people: { id: string; name: string }[] = (await call("users.list")).members;
  const channels: { id: string; name: string }[] = (await call("conversations.list")).channels;
  const idOf = (all: typeof people, name: string) => all.find((one) => one.name === name)?.id ?? "";
  const person = idOf(people, "ana");
  const archived = idOf(channels, "old");
  const channel = idOf(channels, "outreach");
  await call("conversations.archive", { channel: archived }, "xoxp-ana");
  const foreign = await call("chat.postMessage", { channel, text: "mine" }, "xoxp-ana");
  return {
    call,
    channel,
    archived,
    person,
    apart: { channel: idOf(channels, "general"), user: person },
    foreignTs: foreign.ts,
    trigger: async (viewId) =>
      (
        await call("views.generateTriggerId", {
          user_id: person,
          ...(viewId ? { view_id: viewId } : {}),
        })
      ).trigger_id,
    client: { client_id: oauthApp.client_id, client_secret: oauthApp.client_secret },
    async code() {
      const asked = { client_id: oauthApp.client_id, scope: "chat:write", redirect_uri: back };
      const url = `${emulator.url}/oauth/v2/authorize/callback`;
      return codeIn(await sendForm(url, { ...asked, user_id: person }));
    },
    close: () => emulator.close(),
  };
}

function sendForm(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
}

function codeIn(answer: Response): string {
  return new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
}
