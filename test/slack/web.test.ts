import { describe, expect, it } from "vitest";
import { slackErrorOf } from "../../src/slack/troubles.ts";
import { aWebApi } from "./a-web-api.ts";

describe("an answer through a response URL", () => {
  it("goes to the address of the Web API", async () => {
    const { web, url, calls, says } = await aWebApi();
    says("commands/1", { body: "ok" });
    expect(await web.answer(`${url}/commands/1`, { text: "hello" })).toBe(true);
    expect(calls).toEqual([{ path: "commands/1", body: '{"text":"hello"}' }]);
  });

  it.each([
    "http://169.254.169.254/latest/meta-data",
    "https://hooks.slack.com.evil.example/x",
    "https://hooks.slack.com@evil.example/x",
    "https://evil.example/hooks.slack.com",
    "http://hooks.slack.com/commands/1",
    "https://hooks.slack.com:8443/commands/1",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "//hooks.slack.com/x",
    "not an address",
    "",
  ])("F46: goes nowhere else: %s", async (address) => {
    const { web, calls } = await aWebApi();
    expect(await web.answer(address, { text: "hello" })).toBe(false);
    expect(calls).toEqual([]);
  });

  it("F46: follows no redirect", async () => {
    const { web, url, calls, says } = await aWebApi();
    const elsewhere = await aWebApi();
    elsewhere.says("stolen", { body: "ok" });
    says("commands/1", { status: 307, headers: { location: `${elsewhere.url}/stolen` }, body: "" });
    expect(await web.answer(`${url}/commands/1`, { text: "hello" })).toBe(false);
    expect(calls).toHaveLength(1);
    expect(elsewhere.calls).toEqual([]);
  });

  it("is not given when Slack does not take it", async () => {
    const { web, url, says } = await aWebApi();
    says("commands/1", { status: 404, body: "used_url" });
    expect(await web.answer(`${url}/commands/1`, {})).toBe(false);
    says("commands/1", { body: '{"ok":false,"error":"the_moon_is_full"}' });
    expect(await web.answer(`${url}/commands/1`, {})).toBe(false);
    expect(await web.answer("http://127.0.0.1:1/commands/1", {})).toBe(false);
  });
});

const failed = async (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a call of the Web API", () => {
  it("is made once: what has to arrive is tried again by the queue", async () => {
    const { web, calls, says } = await aWebApi();
    says("chat.postMessage", { status: 500, body: "<html>" });
    const client = await web.client("T1");
    expect(await failed(client.chat.postMessage({ channel: "C1", text: "x" }))).toBeDefined();
    expect(calls).toHaveLength(1);
  });

  it("does not wait out a rate limit", async () => {
    const { web, calls, says } = await aWebApi();
    const limited = { ok: false, error: "ratelimited" };
    says("chat.postMessage", { status: 429, headers: { "retry-after": "30" }, body: limited });
    const client = await web.client("T1");
    const error = await failed(client.chat.postMessage({ channel: "C1", text: "x" }));
    expect(error).toMatchObject({ retryAfter: 30 });
    expect(calls).toHaveLength(1);
  });

  it("goes to no other address, whatever method it is told", async () => {
    const { web } = await aWebApi();
    const elsewhere = await aWebApi();
    const client = await web.client("T1");
    await failed(client.apiCall(`${elsewhere.url}/stolen`));
    expect(elsewhere.calls).toEqual([]);
  });

  it("tells Slack's own word for what went wrong, and nothing where Slack did not speak", async () => {
    const { web, says } = await aWebApi();
    says("chat.update", { body: { ok: false, error: "message_not_found" } });
    const client = await web.client("T1");
    const error = await failed(client.chat.update({ channel: "C1", ts: "1", text: "x" }));
    expect(slackErrorOf(error)).toBe("message_not_found");
    for (const other of [new Error("x"), undefined, null, "x", { data: null }]) {
      expect(slackErrorOf(other)).toBe(undefined);
    }
  });
});
