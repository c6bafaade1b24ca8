import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type PretendSlack,
  type PretendWorkspace,
  startPretendSlack,
} from "../../sandbox/slack/index.ts";
import { caller, startListeningBot, stillClock } from "./slack-bot.ts";

const button = {
  type: "button",
  action_id: "go",
  text: { type: "plain_text", text: "Go" },
  value: "v",
};
const card = { text: "card", blocks: [{ type: "actions", elements: [button] }] };
const modal = {
  type: "modal",
  callback_id: "m",
  title: { type: "plain_text", text: "Title" },
  submit: { type: "plain_text", text: "Send" },
  blocks: [{ type: "section", text: { type: "plain_text", text: "x" } }],
};

describe("two workspaces behind one pretend Slack", () => {
  let slack: PretendSlack;
  let nordwind: PretendWorkspace;
  let token: string;
  let bot: Awaited<ReturnType<typeof startListeningBot>>;
  let call: ReturnType<typeof caller>;

  beforeEach(async () => {
    slack = await startPretendSlack({ now: stillClock().now });
    nordwind = slack.workspace("T0NORDWIND");
    token = nordwind.install();
    bot = await startListeningBot();
    slack.setBot(bot.url);
    call = caller(slack);
  });
  afterEach(async () => {
    await Promise.all([slack.close(), bot.close()]);
  });

  it("is the first workspace when spoken to directly, and knows the others by id, name and domain", () => {
    expect(slack.workspaces.map(({ team }) => team.id)).toEqual([
      "T0FERMATA1",
      "T0NORDWIND",
      "T0CONTOSO1",
      "T0CONTOSO2",
    ]);
    expect(slack.workspace("Nordwind")).toBe(slack.workspace("nordwind"));
    expect(slack.workspace("T0FERMATA1").people).toBe(slack.people);
    expect(() => slack.workspace("nowhere")).toThrow('No pretend workspace is called "nowhere"');
  });

  it("sends both to one bot, each with its own ids, though the names are the same", async () => {
    await slack.typeCommand("ana", "outreach", "/campaign list");
    expect(bot.last()).toMatchObject({
      team_id: "T0FERMATA1",
      user_id: "U0ANA00001",
      channel_id: "C0OUTREACH",
    });
    await nordwind.typeCommand("ana", "outreach", "/campaign list");
    expect(bot.last()).toMatchObject({
      team_id: "T0NORDWIND",
      team_domain: "nordwind",
      user_id: "U0NANA0001",
      channel_id: "C0NORDOUTR",
      response_url: expect.stringContaining("/commands/T0NORDWIND/"),
    });
    await nordwind.openHome("niko");
    expect(bot.last()).toMatchObject({
      team_id: "T0NORDWIND",
      authorizations: [{ team_id: "T0NORDWIND", user_id: "U0NORDWIND" }],
    });
  });

  it("tells each token only of its own workspace", async () => {
    expect(await call("auth.test", {}, token)).toMatchObject({
      team_id: "T0NORDWIND",
      user_id: "U0NORDWIND",
      bot_id: "B0NORDWIND",
    });
    expect(await call("team.info", {}, token)).toMatchObject({ team: { id: "T0NORDWIND" } });
    expect(await call("team.info", { team: "T0FERMATA1" }, token)).toMatchObject({
      error: "team_not_found",
    });
    const { members } = await call("users.list", {}, token);
    expect(members.map((one: { team_id: string }) => one.team_id)).toEqual(
      Array(4).fill("T0NORDWIND"),
    );
  });

  it("finds nothing of the one with the other's token", async () => {
    const { ts } = await call("chat.postMessage", { channel: "C0OUTREACH", ...card });
    await slack.typeCommand("ana", "outreach", "/campaign");
    const trigger_id = bot.last()?.trigger_id;
    const { view } = await call("views.open", { trigger_id, view: modal });
    await slack.typeCommand("ana", "outreach", "/campaign");
    const tries = {
      "chat.postMessage": { channel: "C0OUTREACH", text: "x" },
      "chat.update": { channel: "C0OUTREACH", ts, text: "x" },
      "chat.delete": { channel: "C0OUTREACH", ts },
      "chat.postEphemeral": { channel: "C0NORDOUTR", user: "U0ANA00001", text: "x" },
      "conversations.info": { channel: "C0OUTREACH" },
      "conversations.open": { users: "U0ANA00001" },
      "users.info": { user: "U0ANA00001" },
      "usergroups.users.list": { usergroup: "S0MARKETNG" },
      "views.open": { trigger_id: bot.last()?.trigger_id, view: modal },
      "views.update": { view_id: view.id, view: modal },
      "views.publish": { user_id: "U0ANA00001", view: { type: "home", blocks: [] } },
    };
    const answers = Object.entries(tries).map(async ([method, args]) => [
      method,
      (await call(method, args, token)).error,
    ]);
    expect(Object.fromEntries(await Promise.all(answers))).toEqual({
      "chat.postMessage": "channel_not_found",
      "chat.update": "channel_not_found",
      "chat.delete": "channel_not_found",
      "chat.postEphemeral": "user_not_found",
      "conversations.info": "channel_not_found",
      "conversations.open": "missing_scope",
      "users.info": "user_not_found",
      "usergroups.users.list": "no_such_subteam",
      "views.open": "invalid_trigger_id",
      "views.update": "not_found",
      "views.publish": "user_not_found",
    });
    expect(slack.messages("outreach")).toMatchObject([{ ts, text: "card" }]);
  });

  it("keeps messages, presses and response URLs apart", async () => {
    const theirs = await call("chat.postMessage", { channel: "C0NORDOUTR", ...card }, token);
    const ours = await call("chat.postMessage", { channel: "C0OUTREACH", ...card });
    await nordwind.press("niko", { channel: "outreach", ts: theirs.ts }, "go");
    expect(bot.last()).toMatchObject({
      team: { id: "T0NORDWIND" },
      user: { id: "U0NIKO0002", team_id: "T0NORDWIND" },
      message: { bot_id: "B0NORDWIND" },
    });
    await fetch(String(bot.last()?.response_url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: "done", replace_original: true }),
    });
    expect(nordwind.messages("outreach")).toMatchObject([{ text: "done" }]);
    expect(slack.messages("outreach")).toMatchObject([{ ts: ours.ts, text: "card" }]);
  });

  it("writes down every call, and for each workspace its own", async () => {
    await call("auth.test");
    await call("auth.test", {}, token);
    await call("auth.test", {}, "xoxb-made-up");
    expect(slack.calls().map((one) => one.team)).toEqual(["T0FERMATA1", "T0NORDWIND", undefined]);
    expect(nordwind.calls()).toMatchObject([{ method: "auth.test", ok: true }]);
    expect(slack.workspace("T0FERMATA1").calls()).toHaveLength(1);
  });

  it("fails for one workspace as told, while the other works", async () => {
    nordwind.faults.set({ method: "users.info", status: 503 });
    const asked = (user: string, given?: string) =>
      fetch(`${slack.url}/api/users.info?user=${user}`, {
        headers: { authorization: `Bearer ${given ?? slack.botToken}` },
      });
    expect((await asked("U0NIKO0002", token)).status).toBe(503);
    expect((await asked("U0ANA00001")).status).toBe(200);
    nordwind.faults.set(null);
    expect((await asked("U0NIKO0002", token)).status).toBe(200);
  });

  it("gives each workspace its own budget of calls", async () => {
    const strict = await startPretendSlack({
      now: stillClock().now,
      limits: true,
      installed: ["T0FERMATA1", "T0NORDWIND"],
    });
    const ask = caller(strict);
    for (let count = 0; count < 20; count += 1) await ask("usergroups.list");
    expect(await ask("usergroups.list")).toMatchObject({ error: "ratelimited" });
    const other = strict.workspace("T0NORDWIND").botToken;
    expect(await ask("usergroups.list", {}, other)).toMatchObject({ ok: true });
    await strict.close();
  });

  it("goes back to the first day everywhere", async () => {
    await call("chat.postMessage", { channel: "C0NORDOUTR", text: "x" }, token);
    nordwind.people.length = 0;
    slack.reset();
    expect(nordwind.messages("outreach")).toEqual([]);
    expect(nordwind.people).toHaveLength(4);
    expect([slack.installed, nordwind.installed]).toEqual([true, false]);
    expect(await call("auth.test", {}, token)).toMatchObject({ error: "invalid_auth" });
  });
});

describe("a pretend Slack that cannot say who somebody is", () => {
  let slack: PretendSlack;

  beforeEach(async () => {
    slack = await startPretendSlack({ now: stillClock().now });
  });
  afterEach(() => slack.close());

  const ask = (user: string, init: RequestInit = {}) =>
    fetch(`${slack.url}/api/users.info?user=${user}`, {
      ...init,
      headers: { authorization: `Bearer ${slack.botToken}` },
    });

  it("fails for one person and not for another", async () => {
    slack.faults.set({ method: "users.info", user: "ben", status: 500 });
    expect((await ask("U0BEN00002")).status).toBe(500);
    expect((await ask("U0ANA00001")).status).toBe(200);
  });

  it("never answers for one person", async () => {
    slack.faults.set({ method: "users.info", user: "U0BEN00002", hang: true });
    const hanging = ask("U0BEN00002", { signal: AbortSignal.timeout(100) }).catch(
      (error) => error.name,
    );
    expect((await ask("U0ANA00001")).status).toBe(200);
    expect(await hanging).toBe("TimeoutError");
  });

  it("answers with anything else: broken JSON, or a user of another shape", async () => {
    slack.faults.set({ method: "users.info", user: "ben", body: '{"ok":true,"user":{' });
    expect(await (await ask("U0BEN00002")).text()).toBe('{"ok":true,"user":{');
    slack.faults.set({ method: "users.info", user: "ben", body: { ok: true, user: null } });
    expect(await (await ask("U0BEN00002")).json()).toEqual({ ok: true, user: null });
    expect(await (await ask("U0ANA00001")).json()).toMatchObject({ user: { name: "ana" } });
    expect(slack.calls().map((one) => one.error)).toEqual(["malformed", "malformed", undefined]);
  });
});
