import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stand } from "./slack-stands.ts";
import { back, startEmulate, startOurs } from "./slack-stands.ts";

interface Seen {
  step: string;
  outcome: string;
  /** Names of the answer's fields, and of the fields of the objects in it. */
  keys: string[];
}

const plain = (text: string) => ({ type: "plain_text", text });
const section = { type: "section", text: { type: "mrkdwn", text: "*card*" } };
const button = { type: "button", action_id: "go", text: plain("Go"), value: "v" };
const modal = {
  type: "modal",
  callback_id: "m",
  title: plain("Title"),
  blocks: [{ type: "actions", elements: [button] }],
};
const home = { type: "home", blocks: [section] };

async function runScript({
  call,
  channel,
  archived,
  person,
  apart,
  foreignTs,
  trigger,
  client,
  code: consent,
}: Stand): Promise<Seen[]> {
  const seen: Seen[] = [];
  const step = async (name: string, method: string, args: object = {}, token?: string) => {
    const answer = await call(method, args, token);
    seen.push({
      step: `${method}: ${name}`,
      outcome: answer.ok ? "ok" : answer.error,
      keys: keysOf(answer),
    });
    return answer;
  };
  await step("without a token", "auth.test", {}, "");
  await step("as the bot", "auth.test");
  await step("of the workspace", "team.info");
  await step("of nobody", "bots.info", { bot: "B0NOBODY00" });

  await step("of a person", "users.info", { user: person });
  await step("of nobody", "users.info", { user: "U0NOBODY00" });
  await step("all", "users.list");

  await step("of a channel", "conversations.info", { channel });
  await step("of nothing", "conversations.info", { channel: "C0NOTHING0" });
  await step("all", "conversations.list", { types: "public_channel" });
  await step("of a channel", "conversations.members", { channel });
  const dm = await step("a direct message", "conversations.open", { users: person });
  await step("a direct message, in full", "conversations.open", { users: person, return_im: true });
  await step("with nobody", "conversations.open", {});
  await step("with a stranger", "conversations.open", { users: "U0NOBODY00" });

  const posted = await step("text and blocks", "chat.postMessage", {
    channel,
    text: "card",
    blocks: [section],
  });
  const metadata = { event_type: "card", event_payload: { id: "1" } };
  await step("with metadata, in a thread", "chat.postMessage", {
    channel,
    text: "x",
    metadata,
    thread_ts: posted.ts,
  });
  const direct = await step("to a person", "chat.postMessage", {
    channel: person,
    text: "for you",
  });
  expect(direct.channel).toBe(dm.channel.id);
  await step("too long a text", "chat.postMessage", { channel, text: "x".repeat(40_001) });
  await step("nothing", "chat.postMessage", { channel });
  await step("to nowhere", "chat.postMessage", { channel: "C0NOTHING0", text: "x" });
  await step("to an archive", "chat.postMessage", { channel: archived, text: "x" });
  await step("blocks that are no list", "chat.postMessage", {
    channel,
    text: "x",
    blocks: "nonsense",
  });
  await step("an unknown block", "chat.postMessage", {
    channel,
    text: "x",
    blocks: [{ type: "poem" }],
  });

  await step("text and blocks", "chat.update", {
    channel,
    ts: posted.ts,
    text: "new",
    blocks: [section],
  });
  await step("text alone", "chat.update", { channel, ts: posted.ts, text: "new" });
  await step("nothing", "chat.update", { channel, ts: posted.ts });
  await step("a message that is not there", "chat.update", { channel, ts: "1.000001", text: "x" });
  await step("somebody else's message", "chat.update", { channel, ts: foreignTs, text: "x" });
  await step("through a person's id", "chat.update", { channel: person, ts: direct.ts, text: "x" });

  const whisper = await step("to one who is there", "chat.postEphemeral", {
    channel,
    user: person,
    text: "psst",
  });
  await step("an ephemeral message", "chat.update", { channel, ts: whisper.message_ts, text: "x" });
  await step("to one who is not there", "chat.postEphemeral", { ...apart, text: "psst" });
  await step("to nobody", "chat.postEphemeral", { channel, user: "U0NOBODY00", text: "psst" });
  await step("nothing", "chat.postEphemeral", { channel, user: person });
  await step("in an archive", "chat.postEphemeral", { channel: archived, user: person, text: "x" });

  await step("somebody else's message", "chat.delete", { channel, ts: foreignTs });
  await step("one's own message", "chat.delete", { channel, ts: posted.ts });
  await step("twice", "chat.delete", { channel, ts: posted.ts });

  const first = await trigger();
  const opened = await step("a modal", "views.open", { trigger_id: first, view: modal });
  await step("with a used trigger", "views.open", { trigger_id: first, view: modal });
  await step("with a made-up trigger", "views.open", { trigger_id: "1.2.3", view: modal });
  await step("a home view as a modal", "views.open", { trigger_id: await trigger(), view: home });
  const second = await step("a second", "views.push", {
    trigger_id: await trigger(opened.view.id),
    view: modal,
  });
  const third = await step("a third", "views.push", {
    trigger_id: await trigger(second.view.id),
    view: modal,
  });
  await step("a fourth", "views.push", { trigger_id: await trigger(third.view.id), view: modal });
  const { hash } = third.view;
  await step("with the newest hash", "views.update", { view_id: third.view.id, hash, view: modal });
  await step("with an old hash", "views.update", { view_id: third.view.id, hash, view: modal });
  await step("what is not there", "views.update", { view_id: "V0NOTHING00", view: modal });
  await step("without a title", "views.update", {
    view_id: opened.view.id,
    view: { ...modal, title: undefined },
  });
  await step("a home view", "views.publish", { user_id: person, view: home });
  await step("for nobody", "views.publish", { user_id: "U0NOBODY00", view: home });

  const own = { ...client, redirect_uri: back };
  const code = await consent();
  await step("of another app", "oauth.v2.access", { ...own, code, client_id: "9.9" }, "");
  await step("with a made-up code", "oauth.v2.access", { ...own, code: "1.2.3" }, "");
  const { access_token } = await step("with a code", "oauth.v2.access", { ...own, code }, "");
  await step("with the new token", "auth.test", {}, access_token);
  const other = { ...own, code: await consent(), redirect_uri: `${back}/other` };
  await step("by another way back", "oauth.v2.access", other, "");
  return seen;
}

/** Each with the reason why ours stays as it is. */
const otherOutcomes = {
  "chat.postMessage: blocks that are no list → invalid_blocks_format, theirs invalid_blocks":
    "Slack keeps invalid_blocks for lists whose content breaks a rule",
  "chat.postMessage: an unknown block → invalid_blocks, theirs ok":
    "emulate does not look into blocks",
  "chat.update: through a person's id → channel_not_found, theirs message_not_found":
    "Slack wants the D… id and looks for the channel first",
  "views.open: a home view as a modal → invalid_arguments, theirs invalid_view":
    "Slack answers invalid_arguments with a list of problems",
  "views.update: without a title → invalid_arguments, theirs invalid_view":
    "Slack answers invalid_arguments with a list of problems",
};

const fieldsWeLeaveOut = {
  "auth.test app_name": "Slack documents it for app-level tokens only",
  "chat.update message.edited": "an update with blocks shows no (edited)",
  "chat.update message.reply_count": "nothing here counts replies",
  "chat.update message.reply_users": "nothing here counts replies",
  "conversations.info channel.is_open": "only direct messages are open or closed",
  "conversations.info channel.last_read": "nothing here reads",
  "conversations.info channel.num_members": "Slack sends it when include_num_members asks",
  "conversations.list channels.is_open": "only direct messages are open or closed",
  "conversations.list channels.last_read": "nothing here reads",
  ...Object.fromEntries(
    [
      "creator",
      "is_channel",
      "is_group",
      "is_member",
      "is_mpim",
      "is_private",
      "last_read",
      "name",
      "name_normalized",
      "num_members",
      "purpose",
      "topic",
    ].map((field) => [
      `conversations.open channel.${field}`,
      "Slack describes a direct message in far fewer fields",
    ]),
  ),
};

const fieldsTheyLeaveOut = [
  "cache_ts",
  "is_enterprise_install",
  ...["avatar_base_url", "email_domain", "icon", "is_verified", "url"].map(
    (field) => `team.${field}`,
  ),
  ...["app_id", "bot_id", "bot_profile", "team"].map((field) => `message.${field}`),
  "view.app_installed_team_id",
  ...[
    "context_team_id",
    "is_ext_shared",
    "is_general",
    "is_org_shared",
    "is_pending_ext_shared",
    "is_shared",
    "parent_conversation",
    "pending_shared",
    "previous_names",
    "priority",
    "shared_team_ids",
    "unlinked",
    "updated",
  ].map((field) => `channel.${field}`),
  ...[
    "color",
    "is_app_user",
    "is_email_confirmed",
    "is_owner",
    "is_primary_owner",
    "is_restricted",
    "is_ultra_restricted",
    "tz",
    "tz_label",
    "tz_offset",
    "updated",
    "who_can_share_contact_card",
  ].map((field) => `user.${field}`),
];

const looseObjects = new Set(["blocks", "profile", "metadata", "topic", "purpose"]);

function keysOf(answer: Record<string, unknown>): string[] {
  return Object.entries(answer).flatMap(([name, value]) => {
    const one = Array.isArray(value) ? value[0] : value;
    const inner =
      typeof one === "object" && one !== null && !looseObjects.has(name) ? Object.keys(one) : [];
    return [name, ...inner.map((key) => `${name}.${key}`)];
  });
}

describe("the pretend Slack beside emulate's, which others wrote", () => {
  let stands: Stand[] = [];
  let pairs: { ours: Seen; theirs: Seen }[] = [];

  beforeAll(async () => {
    stands = await Promise.all([startOurs(), startEmulate()]);
    const [ours = [], theirs = []] = await Promise.all(stands.map(runScript));
    pairs = ours.map((one, index) => ({ ours: one, theirs: theirs[index] ?? one }));
  });
  afterAll(async () => {
    await Promise.all(stands.map((stand) => stand.close()));
  });

  it("accepts and refuses the same calls with the same words, but for what is listed", () => {
    expect(pairs.length).toBeGreaterThan(50);
    const different = pairs
      .filter(({ ours, theirs }) => ours.outcome !== theirs.outcome)
      .map(({ ours, theirs }) => `${ours.step} → ${ours.outcome}, theirs ${theirs.outcome}`);
    expect(different).toEqual(Object.keys(otherOutcomes));
  });

  it("lacks no field that theirs has, but for what is listed", () => {
    const lacking = pairs.filter(sameOutcome).flatMap(({ ours, theirs }) => {
      const method = ours.step.split(":")[0];
      return theirs.keys.filter((key) => !ours.keys.includes(key)).map((key) => `${method} ${key}`);
    });
    expect([...new Set(lacking)].sort()).toEqual(Object.keys(fieldsWeLeaveOut).sort());
  });

  it("adds only fields that Slack documents and theirs leaves out", () => {
    const added = pairs
      .filter(sameOutcome)
      .flatMap(({ ours, theirs }) => ours.keys.filter((key) => !theirs.keys.includes(key)))
      .map((key) => key.replace("members.", "user.").replace("channels.", "channel."));
    expect([...new Set(added)].sort()).toEqual([...fieldsTheyLeaveOut].sort());
  });
});

const sameOutcome = ({ ours, theirs }: { ours: Seen; theirs: Seen }) =>
  ours.outcome === theirs.outcome;
