import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PretendSlack, startPretendSlack } from "../../sandbox/slack/index.ts";
import { caller, stillClock } from "./slack-bot.ts";

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

describe("the pretend Slack's messages", () => {
  let slack: PretendSlack;
  let call: ReturnType<typeof caller>;
  const clock = stillClock();

  beforeEach(async () => {
    slack = await startPretendSlack({ now: clock.now });
    call = caller(slack);
  });
  afterEach(() => slack.close());

  it("serves Slack's own client library", async () => {
    const client = new WebClient(slack.botToken, { slackApiUrl: `${slack.url}/api/` });
    const me = await client.auth.test();
    expect(me).toMatchObject({ ok: true, team_id: "T0FERMATA1", bot_id: slack.botId });
    const posted = await client.chat.postMessage({
      channel: "C0OUTREACH",
      text: "Paused",
      blocks: [section("*Paused*")],
      metadata: { event_type: "card", event_payload: { id: "chg_1" } },
    });
    await client.chat.update({ channel: "C0OUTREACH", ts: posted.ts ?? "", text: "Resumed" });
    expect(slack.messages("outreach")).toMatchObject([{ text: "Resumed", blocks: [], edits: 1 }]);
    const ids: unknown[] = [];
    for await (const page of client.paginate("users.list", { limit: 2 }))
      ids.push(...((page as { members?: { id: string }[] }).members ?? []).map((one) => one.id));
    expect(ids).toHaveLength(slack.people.length);
    await expect(client.users.info({ user: "U0NOBODY00" })).rejects.toMatchObject({
      data: { error: "user_not_found" },
    });
  });

  it("returns a posted message with its bot, app, metadata and filled-in block ids", async () => {
    const metadata = { event_type: "card", event_payload: { id: "chg_1" } };
    const blocks = [section("Hello <@U0ANA00001> & <others>")];
    const answer = await call("chat.postMessage", {
      channel: "C0OUTREACH",
      text: "a < b",
      blocks,
      metadata,
    });
    expect(answer).toMatchObject({
      ok: true,
      channel: "C0OUTREACH",
      ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
      message: {
        type: "message",
        bot_id: slack.botId,
        app_id: slack.appId,
        user: slack.botUserId,
        metadata,
      },
    });
    expect(answer.message.text).toBe("a &lt; b");
    expect(answer.message.blocks[0]).toMatchObject({ block_id: expect.stringMatching(/^\w{5}$/) });
    expect(answer.message.blocks[0].text.text).toBe("Hello <@U0ANA00001> &amp; &lt;others&gt;");
  });

  it("never gives two messages the same ts, even within one tick of the clock", async () => {
    const times: string[] = [];
    for (let count = 0; count < 5; count += 1)
      times.push((await call("chat.postMessage", { channel: "C0OUTREACH", text: "x" })).ts);
    expect(new Set(times).size).toBe(5);
    expect([...times].sort()).toEqual(times);
  });

  it("asks for a token, and for the right one", async () => {
    expect(await call("auth.test", {}, "")).toEqual({ ok: false, error: "not_authed" });
    expect(await call("auth.test", {}, "xoxb-other")).toEqual({ ok: false, error: "invalid_auth" });
    const form = new URLSearchParams({ token: slack.botToken });
    const answer = await fetch(`${slack.url}/api/auth.test`, { method: "POST", body: form });
    expect(await answer.json()).toMatchObject({ ok: true });
    expect(JSON.stringify(slack.calls())).not.toContain(slack.botToken);
  });

  it("survives requests that make no sense", async () => {
    const odd = ["/", "/api/", "//", "/api/../x", "/commands/x"];
    for (const path of odd)
      expect((await fetch(slack.url + path)).status).toBeGreaterThanOrEqual(400);
    const json = { method: "POST", headers: { "content-type": "application/json" }, body: "{" };
    expect((await fetch(`${slack.url}/api/auth.test`, json)).status).toBe(200);
    const form = { method: "POST", body: new URLSearchParams({ payload: "{" }) };
    expect((await fetch(`${slack.url}/commands/T0/1/x`, form)).status).toBe(404);
    expect(await call("auth.test")).toMatchObject({ ok: true });
  });

  it("knows no other methods", async () => {
    expect(await call("chat.scream")).toMatchObject({ ok: false, error: "unknown_method" });
  });

  it("refuses posts as Slack does", async () => {
    const post = (args: object) => call("chat.postMessage", args);
    expect(await post({ channel: "C0NOWHERE0", text: "x" })).toMatchObject({
      error: "channel_not_found",
    });
    slack.regrant("chat:write");
    expect(await post({ channel: "C0GENERAL1", text: "x" })).toMatchObject({
      error: "not_in_channel",
    });
    expect(await post({ channel: "C0OUTREACH" })).toMatchObject({ error: "no_text" });
    expect(await post({ channel: "C0OUTREACH", blocks: "nonsense" })).toMatchObject({
      error: "invalid_blocks_format",
    });
    const general = slack.channels.find((channel) => channel.name === "general");
    Object.assign(general ?? {}, { botIsMember: true, isArchived: true });
    expect(await post({ channel: "C0GENERAL1", text: "x" })).toMatchObject({
      error: "is_archived",
    });
    const long = await post({ channel: "C0OUTREACH", text: "x".repeat(40_001) });
    expect(long).toMatchObject({ ok: true, warning: "message_truncated" });
    expect(slack.messages("outreach")[0]?.text).toHaveLength(40_000);
  });

  it("lets an app post where it was not invited only with the right to, and never whisper there", async () => {
    const there = { channel: "C0GENERAL1", text: "x" };
    expect(await call("chat.postMessage", there)).toMatchObject({ ok: true });
    const whisper = { ...there, user: "U0ANA00001" };
    expect(await call("chat.postEphemeral", whisper)).toMatchObject({ error: "not_in_channel" });
  });

  it.each([
    ["admins", "restricted_action"],
    ["nobody", "restricted_action_read_only_channel"],
    ["frozen", "channel_is_frozen"],
    ["threads_only", "restricted_action_thread_only_channel"],
  ] as const)("refuses a post where %s may post with %s", async (posting, error) => {
    const outreach = slack.channels.find(({ name }) => name === "outreach");
    Object.assign(outreach ?? {}, { posting });
    const post = { channel: "C0OUTREACH", text: "x" };
    expect(await call("chat.postMessage", post)).toMatchObject({ ok: false, error });
    if (posting !== "threads_only") return;
    const thread_ts = slack.say("ana", "outreach", "a thread").ts;
    expect(await call("chat.postMessage", { ...post, thread_ts })).toMatchObject({ ok: true });
  });

  it("writes to no person who is gone, is a bot, or has closed the door to apps", async () => {
    const dm = (channel: string) => call("chat.postMessage", { channel, text: "x" });
    const bot = slack.botUserId;
    expect(await dm(bot)).toMatchObject({ error: "cannot_dm_bot" });
    const ana = slack.people.find(({ name }) => name === "ana");
    Object.assign(ana ?? {}, { closedToApps: true });
    expect(await dm("U0ANA00001")).toMatchObject({ error: "messages_tab_disabled" });
    Object.assign(ana ?? {}, { closedToApps: false, deleted: true });
    expect(await dm("U0ANA00001")).toMatchObject({ error: "user_disabled" });
    slack.rules.messagesTab = false;
    expect(await dm("U0BEN00002")).toMatchObject({ error: "messages_tab_disabled" });
    slack.rules.appsInGeneral = false;
    expect(await dm("C0GENERAL1")).toMatchObject({ error: "posting_to_general_channel_denied" });
  });

  it("refuses what the token was not granted, and names it", async () => {
    slack.regrant("commands,users:read");
    const missing = { ok: false, error: "missing_scope", provided: "commands,users:read" };
    expect(await call("chat.postMessage", { channel: "C0OUTREACH", text: "x" })).toEqual({
      ...missing,
      needed: "chat:write",
    });
    expect(await call("conversations.info", { channel: "C0OUTREACH" })).toMatchObject({
      ...missing,
      needed: "channels:read",
    });
    expect(await call("usergroups.list")).toMatchObject({ ...missing, needed: "usergroups:read" });
    expect(await call("users.info", { user: "U0ANA00001" })).toMatchObject({ ok: true });
  });

  it("has no user groups on a free plan", async () => {
    slack.rules.plan = "free";
    const refused = { ok: false, error: "plan_upgrade_required" };
    expect(await call("usergroups.list")).toEqual(refused);
    expect(await call("usergroups.users.list", { usergroup: "S0MARKETNG" })).toEqual(refused);
  });

  it("tells no zone of a person who never set one", async () => {
    const ana = slack.people.find(({ name }) => name === "ana");
    Object.assign(ana ?? {}, { tz: null });
    const { user } = await call("users.info", { user: "U0ANA00001" });
    expect(user).toMatchObject({ tz: null, tz_offset: 0 });
  });

  it("says in an invalid_blocks answer which block is wrong and why", async () => {
    const answer = await call("chat.postMessage", {
      channel: "C0OUTREACH",
      blocks: [section("x".repeat(3001))],
    });
    expect(answer).toMatchObject({ ok: false, error: "invalid_blocks" });
    expect(answer.response_metadata.messages).toEqual([
      "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ]);
  });

  it("opens the direct message when posting to a person", async () => {
    slack.regrant("chat:write,im:write");
    const answer = await call("chat.postMessage", { channel: "U0ANA00001", text: "for you" });
    expect(answer.channel).toMatch(/^D[A-Z0-9]{8,}$/);
    expect(slack.messages("@ana").map((message) => message.text)).toEqual(["for you"]);
    const opened = await call("conversations.open", { users: "U0ANA00001" });
    expect(opened).toEqual({
      ok: true,
      no_op: true,
      already_open: true,
      channel: { id: answer.channel },
    });
    const update = { channel: "U0ANA00001", ts: answer.ts, text: "y" };
    expect(await call("chat.update", update)).toMatchObject({ error: "channel_not_found" });
    expect(await call("chat.update", { ...update, channel: answer.channel })).toMatchObject({
      ok: true,
    });
  });

  it("marks an edit as edited only when no blocks are left, and keeps ts and metadata", async () => {
    const metadata = { event_type: "card", event_payload: { id: "1" } };
    const place = { channel: "C0OUTREACH" };
    const { ts } = await call("chat.postMessage", {
      ...place,
      text: "a",
      blocks: [section("a")],
      metadata,
    });
    const blocks = [section("b")];
    const redrawn = await call("chat.update", { ...place, ts, text: "b", blocks });
    expect(redrawn).toMatchObject({ ok: true, ts, text: "b", message: { metadata } });
    expect(redrawn.message.edited).toBeUndefined();
    const stripped = await call("chat.update", { ...place, ts, text: "c" });
    expect(stripped.message.edited).toBeDefined();
    expect(slack.messages("outreach")[0]).toMatchObject({
      ts,
      blocks: [],
      edits: 2,
      showsEdited: true,
    });
  });

  it("edits and deletes only the bot's own messages", async () => {
    const { ts } = slack.say("ana", "outreach", "mine");
    const place = { channel: "C0OUTREACH", ts, text: "not yours" };
    expect(await call("chat.update", place)).toMatchObject({ error: "cant_update_message" });
    expect(await call("chat.delete", place)).toMatchObject({ error: "cant_delete_message" });
    const gone = { ...place, ts: "1.000000" };
    expect(await call("chat.update", gone)).toMatchObject({ error: "message_not_found" });
    expect(await call("chat.update", { ...place, text: "x".repeat(4001) })).toMatchObject({
      error: "msg_too_long",
    });
    const own = await call("chat.postMessage", { channel: "C0OUTREACH", text: "bot" });
    expect(await call("chat.update", { channel: "C0OUTREACH", ts: own.ts })).toMatchObject({
      error: "no_text",
    });
    expect(await call("chat.delete", own)).toMatchObject({ ok: true });
    expect(slack.messages("outreach").map((message) => message.text)).toEqual(["mine"]);
  });

  it("shows an ephemeral message to one person only, and cannot edit it", async () => {
    const whisper = { channel: "C0OUTREACH", user: "U0ANA00001", text: "psst" };
    const { message_ts: ts } = await call("chat.postEphemeral", whisper);
    expect(slack.ephemerals("ana", "outreach")).toMatchObject([{ text: "psst", ts }]);
    expect(slack.ephemerals("ben")).toEqual([]);
    expect(slack.messages("outreach")).toEqual([]);
    expect(await call("chat.update", { ...whisper, ts })).toMatchObject({
      error: "message_not_found",
    });
    expect(await call("chat.postEphemeral", { ...whisper, user: "U0SAM00006" })).toMatchObject({
      error: "user_not_in_channel",
    });
    expect(await call("chat.postEphemeral", { ...whisper, user: "U0NOBODY00" })).toMatchObject({
      error: "user_not_found",
    });
  });

  it("tells who people are, guests and outsiders too", async () => {
    const user = async (id: string) => (await call("users.info", { user: id })).user;
    expect(await user("U0DEE00004")).toMatchObject({
      is_admin: true,
      tz: "Europe/Berlin",
      tz_offset: 3600,
    });
    expect(await user("U0GUS00005")).toMatchObject({
      is_restricted: true,
      is_ultra_restricted: false,
    });
    expect(await user("U0SAM00006")).toMatchObject({ team_id: "T0ACMECORP", is_stranger: false });
    const shared = slack.channels.find((channel) => channel.isExtShared);
    shared?.members.splice(0);
    expect(await user("U0SAM00006")).toMatchObject({ is_stranger: true });
    expect((await call("usergroups.list")).usergroups).toMatchObject([
      { id: "S0MARKETNG", handle: "marketing" },
    ]);
    expect(await call("usergroups.users.list", { usergroup: "S0MARKETNG" })).toEqual({
      ok: true,
      users: ["U0BEN00002", "U0CHI00003"],
    });
  });

  it("gives every id Slack's form", () => {
    const ids = [...slack.people, ...slack.channels, ...slack.groups, slack.team].map(
      (one) => one.id,
    );
    for (const id of [...ids, slack.botId, slack.botUserId])
      expect(id).toMatch(/^[TUCSDBW][A-Z0-9]{8,}$/);
  });

  it("starts afresh after a reset, with the same lists in hand", async () => {
    const { people } = slack;
    people.splice(0, 1);
    let changes = 0;
    slack.onChange(() => {
      changes += 1;
    });
    await call("chat.postMessage", { channel: "C0OUTREACH", text: "x" });
    slack.reset();
    expect(people.map((person) => person.name)).toContain("ana");
    expect(slack.messages("outreach")).toEqual([]);
    expect(slack.calls()).toEqual([]);
    expect(changes).toBeGreaterThan(1);
  });
});
