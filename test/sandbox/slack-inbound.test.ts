import { HTTPReceiver } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PretendSlack, signRequest, startPretendSlack } from "../../sandbox/slack/index.ts";
import { caller, startListeningBot, stillClock } from "./slack-bot.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const buttons = [
  {
    type: "section",
    text: { type: "mrkdwn", text: "Pause *Spring*?" },
    accessory: { type: "overflow", action_id: "more", options: [option("a"), option("b")] },
  },
  {
    type: "actions",
    block_id: "decide",
    elements: [
      {
        type: "button",
        action_id: "approve",
        text: plain("Approve"),
        style: "primary",
        value: "chg_1",
      },
      {
        type: "static_select",
        action_id: "pick",
        placeholder: plain("Pick"),
        options: [option("x"), option("y")],
      },
    ],
  },
];

describe("what people do in the pretend Slack", () => {
  let slack: PretendSlack;
  let bot: Awaited<ReturnType<typeof startListeningBot>>;
  let call: ReturnType<typeof caller>;
  const clock = stillClock();

  beforeEach(async () => {
    slack = await startPretendSlack({ now: clock.now, patienceMs: 1000 });
    bot = await startListeningBot();
    slack.setBot(bot.url);
    call = caller(slack);
  });
  afterEach(async () => {
    await Promise.all([slack.close(), bot.close()]);
  });

  it("signs every request the way Slack's documentation computes it", async () => {
    const documented = signRequest(
      "8f742231b10e8888abcd99yyyzzz85a5",
      1531420618,
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
    );
    expect(documented).toBe("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    await slack.typeCommand("ana", "outreach", "/campaign help");
    const { headers, body } = bot.heard[0] ?? expect.fail("nothing arrived");
    const timestamp = Number(headers["x-slack-request-timestamp"]);
    expect(timestamp).toBe(clock.now().getTime() / 1000);
    expect(headers["x-slack-signature"]).toBe(signRequest(slack.signingSecret, timestamp, body));
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });

  it("is believed by Slack's own Bolt", async () => {
    const seen: unknown[] = [];
    const live = await startPretendSlack({ now: () => new Date() });
    const receiver = new HTTPReceiver({ signingSecret: live.signingSecret });
    receiver.init({
      processEvent: async (event: { body: unknown; ack(): Promise<void> }) => {
        seen.push(event.body);
        await event.ack();
      },
    } as unknown as Parameters<typeof receiver.init>[0]);
    const server = await receiver.start(0);
    live.setBot(`http://127.0.0.1:${(server.address() as { port: number }).port}/slack/events`);
    expect(await live.typeCommand("ana", "outreach", "/campaign list")).toMatchObject({
      status: 200,
    });
    expect(await live.openHome("ana")).toMatchObject({ status: 200 });
    expect(seen).toMatchObject([
      { command: "/campaign", text: "list" },
      { type: "event_callback" },
    ]);
    await receiver.stop();
    await live.close();
  });

  it("sends a slash command with every field Slack sends", async () => {
    const delivery = await slack.typeCommand("ana", "outreach", "/campaign pause burki:42");
    expect(delivery).toMatchObject({ status: 200, attempts: 1 });
    expect(delivery.error).toBeUndefined();
    expect(bot.last()).toEqual({
      token: expect.any(String),
      team_id: "T0FERMATA1",
      team_domain: "fermata-demo",
      channel_id: "C0OUTREACH",
      channel_name: "outreach",
      user_id: "U0ANA00001",
      user_name: "ana",
      command: "/campaign",
      text: "pause burki:42",
      api_app_id: slack.appId,
      is_enterprise_install: "false",
      response_url: expect.stringMatching(
        /^http:\/\/127\.0\.0\.1:\d+\/commands\/T0FERMATA1\/\d+\/\w{24}$/,
      ),
      trigger_id: expect.stringMatching(/^\d+\.\d+\.\w{32}$/),
    });
  });

  it("sends emoji in a command as their codes, with the skin tone that was picked", async () => {
    await slack.typeCommand(
      "ana",
      "outreach",
      "/campaign pause 🚑 Ops, 👋🏼 Hi, ❤️ 🇩🇪🇺🇸 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🧑🏾‍💻 1️⃣ 🤝🏽 12 #1 ©",
    );
    expect(bot.last()).toMatchObject({
      text: "pause :ambulance: Ops, :wave::skin-tone-3: Hi, :heart: :de::us: :flag-england: :technologist::skin-tone-5: :one: :handshake::skin-tone-4: 12 #1 ©",
    });
  });

  it("escapes people, groups, channels, links and signs in a command", async () => {
    slack.channels.push({
      id: "C0SECRET01",
      name: "secret",
      isPrivate: true,
      isArchived: false,
      isExtShared: false,
      isIm: false,
      members: [],
      botIsMember: false,
    });
    const typed =
      "/campaign ask @ben, @marketing #approvals #secret https://a.b/?x=1&y=2. R&D <now> @nobody @here";
    await slack.typeCommand("ana", "outreach", typed);
    expect(bot.last()?.text).toBe(
      "ask <@U0BEN00002|ben>, <!subteam^S0MARKETNG|@marketing> <#C0APPROVALS|approvals> <#C0SECRET01|> <https://a.b/?x=1&amp;y=2>. R&amp;D &lt;now&gt; @nobody <!here>",
    );
  });

  it("shows what a command is answered with, to the person or to all", async () => {
    bot.answer(() => ({ body: "Working on it" }));
    await slack.typeCommand("ana", "outreach", "/campaign");
    expect(slack.ephemerals("ana")).toMatchObject([{ text: "Working on it", botId: slack.botId }]);
    bot.answer(() => ({ body: { response_type: "in_channel", text: "Look" } }));
    await slack.typeCommand("ana", "outreach", "/campaign");
    expect(slack.messages("outreach")).toMatchObject([{ text: "Look" }]);
  });

  it("tells the person operation_timeout when the answer is late, dispatch_failed when it is bad", async () => {
    bot.answer(() => ({ afterMs: 1300 }));
    const late = await slack.typeCommand("ana", "outreach", "/campaign list");
    expect(late).toMatchObject({
      status: 0,
      error: "operation_timeout",
      shown: '/campaign failed with the error "operation_timeout"',
    });
    expect(slack.ephemerals("ana").at(-1)).toMatchObject({ user: "USLACKBOT", text: late.shown });
    bot.answer(() => ({ status: 500 }));
    expect(await slack.typeCommand("ana", "outreach", "/campaign list")).toMatchObject({
      status: 500,
      error: "http_error",
      shown: expect.stringContaining("dispatch_failed"),
    });
    slack.setBot("http://127.0.0.1:1/slack/events");
    expect(await slack.typeCommand("ana", "outreach", "/campaign list")).toMatchObject({
      status: 0,
      error: "connection_failed",
    });
  });

  it("sends nothing for plain words, foreign commands and channels one is not in", async () => {
    await slack.typeCommand("ana", "outreach", "good <morning>");
    expect(slack.messages("outreach")).toMatchObject([
      { user: "U0ANA00001", text: "good &lt;morning&gt;" },
    ]);
    expect(await slack.typeCommand("ana", "outreach", "/giphy cat")).toMatchObject({
      error: "not_allowed",
      attempts: 0,
    });
    expect(await slack.typeCommand("sam", "outreach", "/campaign list")).toMatchObject({
      error: "not_allowed",
      attempts: 0,
    });
    expect(bot.heard).toEqual([]);
  });

  it("sends a button press with its message, place and value", async () => {
    const { ts } = await call("chat.postMessage", {
      channel: "C0OUTREACH",
      text: "Pause?",
      blocks: buttons,
    });
    await slack.press("ben", { channel: "outreach", ts }, "approve");
    expect(bot.last()).toMatchObject({
      type: "block_actions",
      team: { id: "T0FERMATA1", domain: "fermata-demo" },
      user: { id: "U0BEN00002", username: "ben", name: "ben", team_id: "T0FERMATA1" },
      api_app_id: slack.appId,
      token: expect.any(String),
      enterprise: null,
      is_enterprise_install: false,
      container: { type: "message", message_ts: ts, channel_id: "C0OUTREACH", is_ephemeral: false },
      channel: { id: "C0OUTREACH", name: "outreach" },
      message: { ts, bot_id: slack.botId, app_id: slack.appId, text: "Pause?" },
      state: { values: { decide: { pick: { type: "static_select", selected_option: null } } } },
      response_url: expect.stringContaining("/actions/T0FERMATA1/"),
      trigger_id: expect.any(String),
      actions: [
        {
          type: "button",
          action_id: "approve",
          block_id: "decide",
          text: { type: "plain_text", text: "Approve", emoji: true },
          value: "chg_1",
          style: "primary",
          action_ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
        },
      ],
    });
  });

  it("sends what was picked from overflow menus and selects", async () => {
    const { ts } = await call("chat.postMessage", {
      channel: "C0OUTREACH",
      text: "x",
      blocks: buttons,
    });
    const place = { channel: "C0OUTREACH", ts };
    await slack.press("ben", place, "more", undefined, "b");
    expect(bot.last()).toMatchObject({
      actions: [{ type: "overflow", selected_option: { value: "b" } }],
    });
    await slack.press("ben", place, "pick", "decide", "y");
    expect(bot.last()).toMatchObject({
      actions: [
        { type: "static_select", selected_option: { value: "y" }, placeholder: { text: "Pick" } },
      ],
      state: { values: { decide: { pick: { selected_option: { value: "y" } } } } },
    });
    await expect(slack.press("ben", place, "pick", "decide", "z")).rejects.toThrow("not on offer");
    await expect(slack.press("ben", place, "deny")).rejects.toThrow(
      'Nothing to press is called "deny"',
    );
  });

  it("leaves the message out when an ephemeral one is pressed, and lets only its reader press", async () => {
    const { message_ts: ts } = await call("chat.postEphemeral", {
      channel: "C0OUTREACH",
      user: "U0ANA00001",
      text: "x",
      blocks: buttons,
    });
    await slack.press("ana", { channel: "C0OUTREACH", ts }, "approve");
    expect(bot.last()).toMatchObject({ container: { is_ephemeral: true, message_ts: ts } });
    expect(bot.last()).not.toHaveProperty("message");
    await expect(slack.press("ben", { channel: "C0OUTREACH", ts }, "approve")).rejects.toThrow(
      "sees no message",
    );
  });

  it("names an outsider's own workspace beside ours", async () => {
    const { ts } = await call("chat.postMessage", {
      channel: "C0SHAREDACME",
      text: "x",
      blocks: buttons,
    });
    await slack.press("sam", { channel: "shared-acme", ts }, "approve");
    expect(bot.last()).toMatchObject({
      team: { id: "T0FERMATA1" },
      user: { id: "U0SAM00006", team_id: "T0ACMECORP" },
    });
  });

  it("sends events in Slack's envelope, and again with a count when they fail", async () => {
    await slack.event("channel_shared", { channel: "C0SHAREDACME" }, { eventId: "Ev0SAME0001" });
    expect(bot.last()).toMatchObject({
      type: "event_callback",
      team_id: "T0FERMATA1",
      api_app_id: slack.appId,
      event_id: "Ev0SAME0001",
      event_time: expect.any(Number),
      is_ext_shared_channel: true,
      event: { type: "channel_shared", channel: "C0SHAREDACME", event_ts: expect.any(String) },
      authorizations: [
        {
          team_id: "T0FERMATA1",
          user_id: slack.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
    });
    bot.answer(() => ({ status: bot.heard.length < 4 ? 500 : 200 }));
    expect(
      await slack.event("app_home_opened", { user: "U0ANA00001" }, { retry: true }),
    ).toMatchObject({ status: 200, attempts: 3 });
    const [, ...tries] = bot.heard;
    expect(tries.map((one) => one.headers["x-slack-retry-num"])).toEqual([undefined, "1", "2"]);
    expect(tries[1]?.headers["x-slack-retry-reason"]).toBe("http_error");
    expect(new Set(tries.map((one) => one.payload.event_id)).size).toBe(1);
  });

  it("sends any bytes at any signed time for those who test the door", async () => {
    const timestamp = 1_000_000_000;
    await slack.send({ body: "null", contentType: "application/json", timestamp });
    expect(bot.heard[0]?.headers["x-slack-signature"]).toBe(
      signRequest(slack.signingSecret, timestamp, "null"),
    );
  });
});
