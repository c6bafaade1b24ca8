import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PretendSlack, startPretendSlack } from "../../sandbox/slack/index.ts";
import { caller, startListeningBot, stillClock } from "./slack-bot.ts";

describe("the pretend Slack's patience", () => {
  let slack: PretendSlack;
  let bot: Awaited<ReturnType<typeof startListeningBot>>;
  let call: ReturnType<typeof caller>;
  let clock: ReturnType<typeof stillClock>;

  beforeEach(async () => {
    clock = stillClock();
    slack = await startPretendSlack({ now: clock.now, limits: true });
    bot = await startListeningBot();
    slack.setBot(bot.url);
    call = caller(slack);
  });
  afterEach(async () => {
    await Promise.all([slack.close(), bot.close()]);
  });

  const raw = (method: string, args: object = {}) =>
    fetch(`${slack.url}/api/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${slack.botToken}` },
      body: JSON.stringify(args),
    });
  async function responseUrl(): Promise<string> {
    await slack.typeCommand("ana", "outreach", "/campaign");
    return String(bot.last()?.response_url);
  }
  const answer = (url: string, body: object) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  it("takes a short burst of posts to a channel, then one a second", async () => {
    const post = (channel: string) => raw("chat.postMessage", { channel, text: "x" });
    for (let count = 0; count < 5; count += 1) expect((await post("C0OUTREACH")).status).toBe(200);
    const refused = await post("C0OUTREACH");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(await refused.json()).toEqual({ ok: false, error: "ratelimited" });
    expect((await post("C0APPROVALS")).status).toBe(200);
    clock.pass(1000);
    expect((await post("C0OUTREACH")).status).toBe(200);
  });

  it("takes about twenty reads of user groups a minute", async () => {
    for (let count = 0; count < 20; count += 1) await raw("usergroups.list");
    const refused = await raw("usergroups.list");
    expect(refused.headers.get("retry-after")).toBe("3");
    clock.pass(3000);
    expect((await raw("usergroups.list")).status).toBe(200);
  });

  it("fails as told, for one method, some times", async () => {
    slack.faults.set({ method: "users.info", error: "internal_error", times: 1 });
    expect(await call("users.info", { user: "U0ANA00001" })).toEqual({
      ok: false,
      error: "internal_error",
    });
    expect(await call("users.info", { user: "U0ANA00001" })).toMatchObject({ ok: true });
    slack.faults.set({ error: "ratelimited", retryAfter: 7 });
    const limited = await raw("auth.test");
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "7"]);
    slack.faults.set({ status: 503 });
    expect((await raw("auth.test")).status).toBe(503);
    slack.faults.set(null);
    expect(await call("auth.test")).toMatchObject({ ok: true });
    expect(slack.calls().map((one) => one.error)).toEqual([
      "internal_error",
      undefined,
      "ratelimited",
      "internal_error",
      undefined,
    ]);
  });

  it("can act and then lose the answer, or never answer", async () => {
    slack.faults.set({ method: "chat.postMessage", status: 502, afterActing: true, times: 1 });
    expect((await raw("chat.postMessage", { channel: "C0OUTREACH", text: "x" })).status).toBe(502);
    expect(slack.messages("outreach")).toHaveLength(1);
    slack.faults.set({ method: "auth.test", hang: true, times: 1 });
    const hanging = raw("auth.test").catch(() => "nothing");
    expect(await Promise.race([hanging, call("team.info")])).toMatchObject({ ok: true });
    expect(slack.calls().find((one) => one.method === "auth.test")).toMatchObject({
      ok: false,
      error: "no_answer",
    });
    await slack.close();
    expect(await hanging).toBe("nothing");
  });

  it("takes five answers at a response URL", async () => {
    const url = await responseUrl();
    for (let count = 0; count < 5; count += 1)
      expect((await answer(url, { text: `${count}` })).status).toBe(200);
    const sixth = await answer(url, { text: "six" });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: "used_url" }]);
    expect(slack.ephemerals("ana")).toHaveLength(5);
  });

  it("takes answers at a response URL for half an hour", async () => {
    const url = await responseUrl();
    clock.pass(30 * 60_000);
    expect((await answer(url, { text: "just in time" })).status).toBe(200);
    clock.pass(1);
    expect(await (await answer(url, { text: "late" })).json()).toEqual({
      ok: false,
      error: "expired_url",
    });
    expect((await answer(`${slack.url}/commands/T0FERMATA1/1/x`, { text: "x" })).status).toBe(404);
  });

  it("lets a pressed message be answered to one, to all, replaced and deleted", async () => {
    const button = { type: "button", action_id: "go", text: { type: "plain_text", text: "Go" } };
    const blocks = [{ type: "actions", elements: [button] }];
    const { ts } = await call("chat.postMessage", { channel: "C0OUTREACH", text: "card", blocks });
    await slack.press("ben", { channel: "C0OUTREACH", ts }, "go");
    const url = String(bot.last()?.response_url);
    await answer(url, { text: "only you" });
    await answer(url, { text: "everyone", response_type: "in_channel" });
    await answer(url, { text: "done", replace_original: true });
    expect(slack.ephemerals("ben")).toMatchObject([{ text: "only you" }]);
    expect(slack.messages("outreach")).toMatchObject([
      { ts, text: "done", blocks: [] },
      { text: "everyone" },
    ]);
    await answer(url, { delete_original: true });
    expect(slack.messages("outreach")).toMatchObject([{ text: "everyone" }]);
    const bad = await answer(url, { blocks: [{ type: "poem" }] });
    expect([bad.status, (await bad.json()).error]).toEqual([400, "invalid_blocks"]);
  });

  it("replaces and deletes an ephemeral message through the URL of its own button", async () => {
    const button = { type: "button", action_id: "go", text: { type: "plain_text", text: "Go" } };
    const whisper = {
      channel: "C0OUTREACH",
      user: "U0ANA00001",
      text: "pick",
      blocks: [{ type: "actions", elements: [button] }],
    };
    const { message_ts: ts } = await call("chat.postEphemeral", whisper);
    await slack.press("ana", { channel: "C0OUTREACH", ts }, "go");
    const url = String(bot.last()?.response_url);
    await answer(url, { text: "picked", replace_original: "true" });
    expect(slack.ephemerals("ana")).toMatchObject([{ ts, text: "picked" }]);
    await answer(url, { delete_original: true });
    expect(slack.ephemerals("ana")).toEqual([]);
  });

  it("fails at response URLs as told", async () => {
    const url = await responseUrl();
    slack.faults.set({ method: "response_url", status: 500, times: 1 });
    expect((await answer(url, { text: "x" })).status).toBe(500);
    expect(slack.ephemerals("ana")).toEqual([]);
    expect((await answer(url, { text: "x" })).status).toBe(200);
  });
});
