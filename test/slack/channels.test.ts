import { beforeEach, describe, expect, it } from "vitest";
import { type Channels, createChannels } from "../../src/slack/channels.ts";
import { keptLog } from "../queue/kept-log.ts";
import { type AWebApi, aWebApi } from "./a-web-api.ts";

let slack: AWebApi;
let channels: Channels;
let now: Date;
const info = "conversations.info";

beforeEach(async () => {
  slack = await aWebApi();
  now = new Date("2027-01-04T12:00:00Z");
  channels = createChannels(slack.web, { now: () => now, log: keptLog().log });
});

function slackSays(facts: Record<string, unknown>): void {
  slack.says(info, { body: { ok: true, channel: { id: "C1", ...facts } } });
}

const asked = () => slack.calls.filter(({ path }) => path === info).length;

describe("a channel", () => {
  it.each<[string, boolean, Record<string, unknown>]>([
    ["of one workspace", false, { is_ext_shared: false, is_pending_ext_shared: false }],
    ["of which nothing is said", false, {}],
    ["of sister workspaces", false, { is_org_shared: true, is_shared: true }],
    ["shared with another organisation", true, { is_ext_shared: true }],
    ["about to be shared", true, { is_pending_ext_shared: true }],
    ["to which others are invited", true, { pending_shared: ["T_OTHER"] }],
  ])("%s is read by outsiders: %s", async (_name, external, facts) => {
    slackSays(facts);
    expect(await channels.isExternal("T1", "C1")).toBe(external);
  });

  it.each(["channel_not_found", "missing_scope", "method_not_supported_for_channel_type"])(
    "counts as read by outsiders where Slack says no more than %s",
    async (error) => {
      slack.says(info, { body: { ok: false, error } });
      expect(await channels.isExternal("T1", "C1")).toBe(true);
    },
  );

  it.each([
    { body: { ok: false, error: "internal_error" } },
    { status: 500, body: "<html>" },
    { status: 429, headers: { "retry-after": "1" }, body: { ok: false } },
    { body: { ok: true } },
    { body: { ok: true, channel: { is_ext_shared: "no" } } },
  ])("is waited for while Slack cannot say: %j", async (reply) => {
    slack.says(info, reply, { body: { ok: true, channel: {} } });
    await expect(channels.isExternal("T1", "C1")).rejects.toThrow();
    expect(await channels.isExternal("T1", "C1")).toBe(false);
  });

  it("is asked about once a minute", async () => {
    slackSays({});
    for (let times = 0; times < 5; times += 1) await channels.isExternal("T1", "C1");
    expect(asked()).toBe(1);
    slackSays({ is_ext_shared: true });
    now = new Date(now.getTime() + 60_000);
    expect(await channels.isExternal("T1", "C1")).toBe(true);
    expect(asked()).toBe(2);
  });

  it("is each workspace's own", async () => {
    slackSays({});
    await channels.isExternal("T1", "C1");
    slackSays({ is_ext_shared: true });
    expect(await channels.isExternal("T2", "C1")).toBe(true);
  });

  it("is read by outsiders at once when Slack says that it was shared", async () => {
    slackSays({});
    await channels.isExternal("T1", "C1");
    channels.isShared("T1", "C1");
    expect(await channels.isExternal("T1", "C1")).toBe(true);
  });

  it("stays so when that comes while we ask", async () => {
    slackSays({});
    const asking = channels.isExternal("T1", "C1");
    channels.isShared("T1", "C1");
    expect(await asking).toBe(true);
    expect(await channels.isExternal("T1", "C1")).toBe(true);
  });

  it.each(["D0ANA", "U0ANA", "W0ANA"])("is nobody's but one person's: %s", async (channel) => {
    expect(await channels.isExternal("T1", channel)).toBe(false);
    expect(asked()).toBe(0);
  });
});
