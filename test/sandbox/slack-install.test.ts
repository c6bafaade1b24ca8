import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type PretendSlack,
  type PretendWorkspace,
  startPretendSlack,
} from "../../sandbox/slack/index.ts";
import { caller, startListeningBot, stillClock } from "./slack-bot.ts";

const back = "https://bot.example/slack/oauth_redirect";

describe("how people install and remove the app in the pretend Slack", () => {
  let slack: PretendSlack;
  let nordwind: PretendWorkspace;
  let bot: Awaited<ReturnType<typeof startListeningBot>>;
  let call: ReturnType<typeof caller>;
  let clock: ReturnType<typeof stillClock>;

  beforeEach(async () => {
    clock = stillClock();
    slack = await startPretendSlack({
      now: clock.now,
      redirectUrls: ["https://bot.example/slack"],
    });
    nordwind = slack.workspace("T0NORDWIND");
    bot = await startListeningBot();
    slack.setBot(bot.url);
    call = caller(slack);
  });
  afterEach(async () => {
    await Promise.all([slack.close(), bot.close()]);
  });

  const authorizeUrl = (more: Record<string, string> = {}) => {
    const asked = { client_id: slack.clientId, scope: "commands,chat:write", state: "s&1" };
    const query = new URLSearchParams({ ...asked, redirect_uri: back, ...more });
    return `${slack.url}/oauth/v2/authorize?${query}`;
  };
  const allow = (where = "T0NORDWIND", person = "nora") => {
    const target = new URL(slack.consent(authorizeUrl(), { person, where }));
    return String(target.searchParams.get("code"));
  };
  const trade = (code: string, more: object = {}) => {
    const { clientId: client_id, clientSecret: client_secret } = slack;
    return call(
      "oauth.v2.access",
      { client_id, client_secret, code, redirect_uri: back, ...more },
      "",
    );
  };
  const named = (...kinds: string[]) =>
    bot.heard.map(({ payload }) => payload).filter((one) => kinds.includes(typeOf(one)));

  it("asks the person on a page that says which app wants what, where", async () => {
    const page = await fetch(authorizeUrl({ team: "T0NORDWIND", state: '"><script>' }));
    const html = await page.text();
    expect([page.status, page.headers.get("content-type")]).toEqual([
      200,
      "text/html; charset=utf-8",
    ]);
    expect(html).toContain("<b>Nordwind</b> Slack workspace");
    expect(html).toContain("Send messages as Fermata");
    expect(html).toContain("Nora Lind");
    expect(html).not.toContain("Ana Ferrer");
    expect(html).not.toContain("<script>");
  });

  it("offers the choice to members only: no guests, outsiders or bots", async () => {
    const html = await (await fetch(authorizeUrl())).text();
    expect(html).toContain("Ana Ferrer");
    for (const nobody of ["Gus Moreau", "Sam Patel", ">Fermata</option>"])
      expect(html).not.toContain(nobody);
    expect(() => slack.consent(authorizeUrl(), { person: "gus" })).toThrow("may not install");
  });

  it("sends the browser back with a code and the state, or with a refusal", async () => {
    const press = async (decision: string) => {
      const form = { ...Object.fromEntries(new URL(authorizeUrl()).searchParams), decision };
      const body = new URLSearchParams({ ...form, where: "T0NORDWIND", person: "U0NORA0003" });
      const url = `${slack.url}/oauth/v2/authorize`;
      const answer = await fetch(url, { method: "POST", body, redirect: "manual" });
      return { status: answer.status, to: new URL(answer.headers.get("location") ?? "") };
    };
    const allowed = await press("allow");
    expect([allowed.status, allowed.to.origin + allowed.to.pathname]).toEqual([302, back]);
    expect(Object.fromEntries(allowed.to.searchParams)).toEqual({
      code: expect.stringMatching(/^\d+\.\d+\.\w{32}$/),
      state: "s&1",
    });
    const { to } = await press("cancel");
    expect(Object.fromEntries(to.searchParams)).toEqual({ error: "access_denied", state: "s&1" });
  });

  it("shows an error page, and goes nowhere, when the question itself is wrong", async () => {
    const wrong = {
      invalid_client_id: { client_id: "1.2" },
      bad_redirect_uri: { redirect_uri: "https://evil.example/slack" },
      invalid_scope_requested: { scope: "" },
    };
    for (const [error, more] of Object.entries(wrong)) {
      const page = await fetch(authorizeUrl(more), { redirect: "manual" });
      expect([page.status, await page.text()]).toEqual([400, expect.stringContaining(error)]);
    }
    const near = authorizeUrl({ redirect_uri: "https://bot.example/slackish" });
    expect(await (await fetch(near)).text()).toContain("bad_redirect_uri");
  });

  it("trades a code for a token of that workspace, in Slack's own words", async () => {
    const answer = await trade(allow());
    expect(answer).toEqual({
      ok: true,
      app_id: slack.appId,
      authed_user: { id: "U0NORA0003" },
      scope: "commands,chat:write",
      token_type: "bot",
      access_token: expect.stringMatching(/^xoxb-\d+-\d+-\w{24}$/),
      bot_user_id: "U0NORDWIND",
      team: { id: "T0NORDWIND", name: "Nordwind" },
      enterprise: null,
      is_enterprise_install: false,
    });
    expect(nordwind.botToken).toBe(answer.access_token);
    expect(await call("auth.test", {}, answer.access_token)).toMatchObject({
      team_id: "T0NORDWIND",
    });
    expect(slack.calls().map((one) => Object.keys(one.args))).not.toContainEqual(
      expect.arrayContaining(["client_secret"]),
    );
  });

  it("knows the client by Basic authorization, too, and Slack's own library", async () => {
    const { clientId, clientSecret } = slack;
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
    const answer = await fetch(`${slack.url}/api/oauth.v2.access`, {
      method: "POST",
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ code: allow(), redirect_uri: back }),
    });
    expect(await answer.json()).toMatchObject({ ok: true });
    const client = new WebClient(undefined, { slackApiUrl: `${slack.url}/api/` });
    const traded = await client.oauth.v2.access({
      client_id: clientId,
      client_secret: clientSecret,
      code: allow(),
      redirect_uri: back,
    });
    expect(traded.team?.id).toBe("T0NORDWIND");
  });

  it("refuses strangers, made-up and used codes and another way back", async () => {
    const code = allow();
    const tries = [
      trade(code, { client_id: "1.2" }),
      trade(code, { client_secret: "guess" }),
      trade("1.2.3"),
      trade(code, { redirect_uri: `${back}/other` }),
      trade(code, { redirect_uri: "" }),
    ];
    expect((await Promise.all(tries)).map((one) => one.error)).toEqual([
      "invalid_client_id",
      "bad_client_secret",
      "invalid_code",
      "bad_redirect_uri",
      "bad_redirect_uri",
    ]);
    expect(await trade(code)).toMatchObject({ ok: true });
    expect(await trade(code)).toEqual({ ok: false, error: "code_already_used" });
  });

  it("lets a code live for ten minutes", async () => {
    const [inTime, late] = [allow(), allow()];
    clock.pass(10 * 60_000 - 1);
    expect(await trade(inTime)).toMatchObject({ ok: true });
    clock.pass(1);
    expect(await trade(late)).toEqual({ ok: false, error: "invalid_code" });
  });

  it("gives a fresh token at every install and leaves the old one alone", async () => {
    const first = (await trade(allow())).access_token;
    const second = (await trade(allow())).access_token;
    expect(second).not.toBe(first);
    for (const token of [first, second])
      expect(await call("auth.test", {}, token)).toMatchObject({ ok: true });
    expect(await call("auth.revoke", {}, first)).toEqual({ ok: true, revoked: true });
    expect(await call("auth.test", {}, first)).toEqual({ ok: false, error: "token_revoked" });
    expect(await call("auth.test", {}, second)).toMatchObject({ ok: true });
  });

  it("sends the bot nothing where it is not installed", async () => {
    await nordwind.typeCommand("ana", "outreach", "/campaign list");
    await nordwind.openHome("ana");
    expect(bot.heard).toEqual([]);
    expect(nordwind.ephemerals("ana")).toMatchObject([
      { text: "/campaign is not a valid command." },
    ]);
  });

  it("ends the tokens at an uninstall and says so in two events", async () => {
    const token = nordwind.install();
    const sent = await nordwind.uninstall();
    expect(sent).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(bot.heard.map(({ payload }) => payload)).toMatchObject([
      {
        type: "event_callback",
        team_id: "T0NORDWIND",
        event: { type: "tokens_revoked", tokens: { oauth: [], bot: ["U0NORDWIND"] } },
      },
      { team_id: "T0NORDWIND", event: { type: "app_uninstalled" }, authorizations: [] },
    ]);
    expect(await call("auth.test", {}, token)).toEqual({ ok: false, error: "account_inactive" });
    expect(await call("auth.test")).toMatchObject({ ok: true });
    nordwind.install();
    nordwind.revokeTokens();
    expect(await call("auth.test", {}, nordwind.botToken)).toMatchObject({
      error: "token_revoked",
    });
  });

  it("sends those events in the other order, twice, and late, as told", async () => {
    nordwind.install();
    const eventTime = new Date("2026-11-22T08:00:00Z");
    const events = ["app_uninstalled", "tokens_revoked", "app_uninstalled"] as const;
    await nordwind.uninstall({ events, eventTime });
    const heard = bot.heard.map(({ payload }) => payload);
    expect(heard.map(typeOf)).toEqual(events);
    expect(heard.map((one) => one.event_time)).toEqual(Array(3).fill(eventTime.getTime() / 1000));
    expect(heard[2]?.event_id).toBe(heard[0]?.event_id);
    expect(heard[1]?.event_id).not.toBe(heard[0]?.event_id);
    nordwind.install();
    await nordwind.event("app_uninstalled", {}, { eventTime, retryNum: 3 });
    expect(bot.heard.at(-1)?.headers["x-slack-retry-num"]).toBe("3");
    expect(nordwind.installed).toBe(true);
  });

  it("lets an app take itself out", async () => {
    const token = nordwind.install();
    const own = { client_id: slack.clientId, client_secret: slack.clientSecret };
    expect(await call("apps.uninstall", { ...own, client_secret: "guess" }, token)).toMatchObject({
      error: "bad_client_secret",
    });
    expect(await call("apps.uninstall", own, token)).toEqual({ ok: true });
    expect(await call("auth.test", {}, token)).toMatchObject({ error: "account_inactive" });
    await expect
      .poll(() => named("tokens_revoked", "app_uninstalled").map(typeOf))
      .toEqual(["tokens_revoked", "app_uninstalled"]);
  });
});

function typeOf(payload: Record<string, unknown>): string {
  return String((payload.event as { type?: unknown } | undefined)?.type);
}
