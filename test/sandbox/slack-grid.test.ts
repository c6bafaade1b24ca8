import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type PretendOrg,
  type PretendSlack,
  type PretendWorkspace,
  startPretendSlack,
} from "../../sandbox/slack/index.ts";
import { caller, startListeningBot, stillClock } from "./slack-bot.ts";

const words = (text: string) => ({ type: "plain_text", text });
const button = { type: "button", action_id: "go", text: words("Go"), value: "v" };
const card = { text: "card", blocks: [{ type: "actions", elements: [button] }] };
const modal = {
  type: "modal",
  callback_id: "m",
  title: words("Title"),
  submit: words("Send"),
  blocks: [{ type: "actions", elements: [button] }],
};
const installed = ["T0FERMATA1", "T0CONTOSO1", "T0CONTOSO2"];

describe("an organisation on Enterprise Grid in the pretend Slack", () => {
  let slack: PretendSlack;
  let berlin: PretendWorkspace;
  let oslo: PretendWorkspace;
  let org: PretendOrg;
  let bot: Awaited<ReturnType<typeof startListeningBot>>;
  let call: ReturnType<typeof caller>;

  const start = async (where: string[]) => {
    slack = await startPretendSlack({ now: stillClock().now, installed: where });
    berlin = slack.workspace("T0CONTOSO1");
    oslo = slack.workspace("T0CONTOSO2");
    org = slack.org("E0CONTOSO");
    slack.setBot(bot.url);
    call = caller(slack);
  };
  beforeEach(async () => {
    bot = await startListeningBot();
    await start(installed);
  });
  afterEach(async () => {
    await Promise.all([slack.close(), bot.close()]);
  });

  async function orgWide(...teams: string[]): Promise<string> {
    await slack.close();
    await start([]);
    const token = org.install();
    if (teams.length) await org.grantAccess(...teams);
    return token;
  }

  it("tells with whom somebody belongs, under either id", async () => {
    const token = berlin.botToken;
    const { user } = await call("users.info", { user: "U0EVA00000" }, token);
    expect(user).toMatchObject({
      id: "U0EVA00000",
      team_id: "T0CONTOSO1",
      enterprise_user: {
        id: "W0EVA00000",
        enterprise_id: "E0CONTOSO",
        enterprise_name: "Contoso",
        teams: ["T0CONTOSO1", "T0CONTOSO2"],
      },
    });
    expect(await call("users.info", { user: "W0EVA00000" }, token)).toMatchObject({ user });
    const sister = await call("users.info", { user: "U0GRETA000" }, token);
    expect(sister.user).toMatchObject({
      team_id: "T0CONTOSO2",
      enterprise_user: { teams: ["T0CONTOSO2"] },
    });
    expect(sister.user).not.toHaveProperty("is_stranger");
    const { user: ana } = await call("users.info", { user: "U0ANA00001" });
    expect(ana).not.toHaveProperty("enterprise_user");
  });

  it("names the organisation in commands, interactions and events", async () => {
    const enterprise_id = "E0CONTOSO";
    await berlin.typeCommand("finn", "outreach", "/campaign");
    expect(bot.last()).toMatchObject({
      team_id: "T0CONTOSO1",
      enterprise_id,
      enterprise_name: "Contoso",
      is_enterprise_install: "false",
    });
    const { ts } = await call(
      "chat.postMessage",
      { channel: "C0CONBERL1", ...card },
      berlin.botToken,
    );
    await berlin.press("finn", { channel: "outreach", ts }, "go");
    expect(bot.last()).toMatchObject({
      team: { id: "T0CONTOSO1", enterprise_id, enterprise_name: "Contoso" },
      enterprise: { id: enterprise_id, name: "Contoso" },
      is_enterprise_install: false,
    });
    await berlin.openHome("finn");
    expect(bot.last()).toMatchObject({
      team_id: "T0CONTOSO1",
      enterprise_id,
      context_enterprise_id: enterprise_id,
      authorizations: [{ enterprise_id, team_id: "T0CONTOSO1", is_enterprise_install: false }],
    });
  });

  it("lets somebody of a sister workspace press a button in a channel both share", async () => {
    const { ts } = await call(
      "chat.postMessage",
      { channel: "C0CONHANDS", ...card },
      berlin.botToken,
    );
    await berlin.press("greta", { channel: "all-hands", ts }, "go");
    expect(bot.last()).toMatchObject({
      team: { id: "T0CONTOSO1" },
      user: { id: "U0GRETA000", team_id: "T0CONTOSO2" },
    });
    const { channel } = await call(
      "conversations.info",
      { channel: "C0CONHANDS" },
      berlin.botToken,
    );
    expect(channel).toMatchObject({
      is_org_shared: true,
      is_ext_shared: false,
      shared_team_ids: ["T0CONTOSO1", "T0CONTOSO2"],
    });
  });

  it("sends one person under two ids, as Slack does", async () => {
    await berlin.typeCommand("eva", "outreach", "/campaign");
    expect(bot.last()).toMatchObject({ user_id: "U0EVA00000" });
    await berlin.typeCommand("W0EVA00000", "outreach", "/campaign");
    expect(bot.last()).toMatchObject({ user_id: "W0EVA00000" });
    const { ts } = await call(
      "chat.postMessage",
      { channel: "C0CONBERL1", ...card },
      berlin.botToken,
    );
    await berlin.press("W0EVA00000", { channel: "outreach", ts }, "go");
    expect(bot.last()).toMatchObject({ user: { id: "W0EVA00000" } });
    await call(
      "chat.postEphemeral",
      { channel: "C0CONBERL1", user: "W0EVA00000", text: "psst" },
      berlin.botToken,
    );
    expect(berlin.ephemerals("eva")).toMatchObject([{ text: "psst" }]);
  });

  it("names one person's own home even where she acts in the other workspace", async () => {
    await oslo.typeCommand("eva", "outreach", "/campaign");
    const { trigger_id } = bot.last() ?? {};
    const { view } = await call("views.open", { trigger_id, view: modal }, oslo.botToken);
    await oslo.submit("eva", view.id, {});
    expect(bot.last()).toMatchObject({
      team: { id: "T0CONTOSO2" },
      user: { team_id: "T0CONTOSO1" },
      view: { team_id: "T0CONTOSO2", app_installed_team_id: "T0CONTOSO2" },
    });
  });

  it("says nothing of one workspace to the token of its sister", async () => {
    const token = oslo.botToken;
    expect(await call("users.info", { user: "U0FINN0000" }, token)).toMatchObject({
      error: "user_not_found",
    });
    const aside = { channel: "C0CONBERL1", team_id: "T0CONTOSO1", text: "x" };
    expect(await call("chat.postMessage", aside, token)).toMatchObject({
      error: "channel_not_found",
    });
  });

  it("lets administrators of the organisation install for all of it", async () => {
    await slack.close();
    await start([]);
    const asked = new URLSearchParams({
      client_id: slack.clientId,
      scope: "commands",
      redirect_uri: "http://127.0.0.1:1/back",
      team: "E0CONTOSO",
    });
    const url = `${slack.url}/oauth/v2/authorize?${asked}`;
    const html = await (await fetch(url)).text();
    expect(html).toContain("<b>Contoso</b> organization, for every workspace in it");
    expect(html).not.toContain("Finn Adler");
    expect(() => slack.consent(url, { person: "finn", where: "E0CONTOSO" })).toThrow("may not");
    const target = new URL(slack.consent(url, { person: "hugo", where: "E0CONTOSO" }));
    const answer = await call(
      "oauth.v2.access",
      {
        client_id: slack.clientId,
        client_secret: slack.clientSecret,
        code: target.searchParams.get("code"),
        redirect_uri: "http://127.0.0.1:1/back",
      },
      "",
    );
    expect(answer).toMatchObject({
      team: null,
      enterprise: { id: "E0CONTOSO", name: "Contoso" },
      authed_user: { id: "W0HUGO0000" },
      is_enterprise_install: true,
    });
    expect(await call("auth.test", {}, answer.access_token)).toMatchObject({
      team_id: "E0CONTOSO",
      enterprise_id: "E0CONTOSO",
      is_enterprise_install: true,
    });
    expect([org.installed, berlin.installed]).toEqual([true, false]);
  });

  it("reaches only the workspaces an administrator adds, and says so in events", async () => {
    const token = await orgWide();
    const post = (channel: string) => call("chat.postMessage", { channel, text: "x" }, token);
    expect(await post("C0CONBERL1")).toMatchObject({ error: "team_access_not_granted" });
    await org.grantAccess("T0CONTOSO1");
    expect(bot.last()).toMatchObject({
      team_id: null,
      enterprise_id: "E0CONTOSO",
      event: { type: "team_access_granted", team_ids: ["T0CONTOSO1"] },
      authorizations: [{ team_id: null, is_enterprise_install: true }],
    });
    expect(await post("C0CONBERL1")).toMatchObject({ ok: true });
    expect(await post("C0CONOSLO1")).toMatchObject({ error: "team_access_not_granted" });
    expect(await post("C0OUTREACH")).toMatchObject({ error: "channel_not_found" });
    expect(await call("auth.teams.list", {}, token)).toMatchObject({
      teams: [{ id: "T0CONTOSO1", name: "Contoso Berlin" }],
    });
    await org.revokeAccess("T0CONTOSO1");
    expect(bot.last()).toMatchObject({ event: { type: "team_access_revoked" } });
    expect(await post("C0CONBERL1")).toMatchObject({ error: "team_access_not_granted" });
    expect(berlin.installed).toBe(false);
  });

  it("wants to know which workspace where an org-wide token could mean several", async () => {
    const token = await orgWide("T0CONTOSO1");
    for (const method of [
      "users.list",
      "conversations.list",
      "usergroups.list",
      "usergroups.users.list",
    ]) {
      expect(await call(method, {}, token)).toMatchObject({ error: "missing_argument" });
      expect(await call(method, { team_id: "T0CONTOSO2" }, token)).toMatchObject({
        error: "team_access_not_granted",
      });
    }
    const { usergroups } = await call("usergroups.list", { team_id: "T0CONTOSO1" }, token);
    expect(usergroups).toMatchObject([{ id: "S0CONBERL1" }]);
    expect(await call("users.info", { user: "W0EVA00000" }, token)).toMatchObject({ ok: true });
  });

  it("leaves the team out of interactions of an org-wide install", async () => {
    const token = await orgWide("T0CONTOSO1", "T0CONTOSO2");
    await oslo.typeCommand("greta", "outreach", "/campaign");
    expect(bot.last()).toMatchObject({
      team_id: "T0CONTOSO2",
      enterprise_id: "E0CONTOSO",
      is_enterprise_install: "true",
    });
    const { trigger_id } = bot.last() ?? {};
    const { view } = await call("views.open", { trigger_id, view: modal }, token);
    await oslo.submit("greta", view.id, {});
    expect(bot.last()).toMatchObject({
      type: "view_submission",
      team: null,
      enterprise: { id: "E0CONTOSO" },
      is_enterprise_install: true,
      user: { id: "U0GRETA000", team_id: "T0CONTOSO2" },
      view: { app_installed_team_id: "T0CONTOSO2" },
    });
    const { ts } = await call("chat.postMessage", { channel: "C0CONOSLO1", ...card }, token);
    await oslo.press("greta", { channel: "outreach", ts }, "go");
    expect(bot.last()).toMatchObject({ team: null, is_enterprise_install: true });
    await oslo.openHome("greta");
    expect(bot.last()).toMatchObject({
      team_id: "T0CONTOSO2",
      authorizations: [{ enterprise_id: "E0CONTOSO", team_id: null, is_enterprise_install: true }],
    });
  });

  it("ends an org-wide install everywhere at once", async () => {
    const token = await orgWide("T0CONTOSO1", "T0CONTOSO2");
    await org.uninstall({ events: ["app_uninstalled", "tokens_revoked"] });
    expect(bot.heard.slice(-2).map(({ payload }) => payload)).toMatchObject([
      { team_id: null, enterprise_id: "E0CONTOSO", event: { type: "app_uninstalled" } },
      { event: { type: "tokens_revoked", tokens: { bot: ["U0CONTOSO1"] } } },
    ]);
    expect(await call("auth.test", {}, token)).toMatchObject({ error: "account_inactive" });
    expect([org.installed, berlin.installed, oslo.installed]).toEqual([false, false, false]);
  });
});

describe("people of another company in a channel they share with us", () => {
  let slack: PretendSlack;
  let bot: Awaited<ReturnType<typeof startListeningBot>>;
  let call: ReturnType<typeof caller>;

  beforeEach(async () => {
    slack = await startPretendSlack({ now: stillClock().now });
    bot = await startListeningBot();
    slack.setBot(bot.url);
    call = caller(slack);
  });
  afterEach(async () => {
    await Promise.all([slack.close(), bot.close()]);
  });

  it("submit a modal under their own workspace, and only the view says whose app it is", async () => {
    const { ts } = await call("chat.postMessage", { channel: "C0SHAREDACME", ...card });
    await slack.press("sam", { channel: "shared-acme", ts }, "go");
    expect(bot.last()).toMatchObject({
      team: { id: "T0FERMATA1" },
      user: { id: "U0SAM00006", team_id: "T0ACMECORP" },
    });
    const { view } = await call("views.open", { trigger_id: bot.last()?.trigger_id, view: modal });
    const whose = {
      team: { id: "T0ACMECORP" },
      user: { id: "U0SAM00006", team_id: "T0ACMECORP" },
      view: { team_id: "T0ACMECORP", app_installed_team_id: "T0FERMATA1" },
    };
    await slack.press("sam", { viewId: view.id }, "go");
    expect(bot.last()).toMatchObject({ type: "block_actions", ...whose });
    await slack.submit("sam", view.id, {});
    expect(bot.last()).toMatchObject({ type: "view_submission", ...whose });
  });

  it("are announced when a channel is shared with them", async () => {
    await slack.shareChannel("outreach", "T0ACMECORP");
    expect(bot.last()).toMatchObject({
      is_ext_shared_channel: true,
      event: {
        type: "channel_shared",
        connected_team_id: "T0ACMECORP",
        channel: "C0OUTREACH",
        event_ts: expect.any(String),
      },
    });
    const { channel } = await call("conversations.info", { channel: "C0OUTREACH" });
    expect(channel).toMatchObject({
      is_ext_shared: true,
      is_shared: true,
      connected_team_ids: ["T0ACMECORP"],
    });
  });
});
