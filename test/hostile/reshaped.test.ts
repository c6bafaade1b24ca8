import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ABot, startABot } from "./a-bot.ts";
import { commands, events, interactions } from "./base-payloads.ts";
import { figures } from "./figures.ts";

type Json = Record<string, unknown>;

/** Without these a payload is not of its kind; Slack documents everything else as something that may be missing. */
const needed =
  /^(type|user|user\.id|actions|actions\.0|actions\.0\.(type|action_id|block_id)|action_id|block_id|view|view\.(id|callback_id)|event|event\.type|event_id|challenge)$/;
const nothings = { absent: undefined, null: null, list: [], object: {} };

const team = "T0FERMATA1";
const by = { team: { id: team, domain: "demo" }, user: { id: "U0ANA00001", team_id: team } };
const trigger = { trigger_id: "1.2.abc", response_url: "https://hooks.slack.com/actions/T0/1/x" };

/** Interactions that Slack documents and nobody asked it for. */
const unasked: readonly Json[] = [
  { type: "shortcut", ...by, callback_id: "x", trigger_id: "1.2.abc", action_ts: "1.1" },
  {
    ...{ type: "message_action", ...by, ...trigger, callback_id: "x", message_ts: "1.1" },
    ...{ channel: { id: "C1", name: "x" }, message: { type: "message", ts: "1.1", text: "x" } },
  },
  {
    ...{ type: "interactive_message", ...by, ...trigger, callback_id: "x", attachment_id: "1" },
    ...{ actions: [{ name: "x", type: "button", value: "x" }], channel: { id: "C1" } },
    ...{ message_ts: "1.1", is_app_unfurl: false, original_message: { text: "x" } },
  },
  {
    ...{ type: "dialog_submission", ...by, callback_id: "x", state: "x", response_url: "x" },
    ...{ submission: { name: "x" }, channel: { id: "C1" }, action_ts: "1.1" },
  },
  { type: "dialog_cancellation", ...by, callback_id: "x", state: "x", response_url: "x" },
  { type: "dialog_suggestion", ...by, callback_id: "x", name: "x", value: "x" },
  {
    ...{ type: "workflow_step_edit", ...by, callback_id: "x", trigger_id: "1.2.abc" },
    ...{ workflow_step: { workflow_id: "1", step_id: "1", inputs: {}, outputs: [] } },
  },
];

const envelope = {
  ...{ token: "legacy", team_id: team, api_app_id: "A1", type: "event_callback" },
  ...{ event_time: 1_700_000_000, is_ext_shared_channel: false, event_context: "4-x" },
  authorizations: [{ enterprise_id: null, team_id: team, user_id: "U1", is_bot: true }],
};
/** Events that Slack documents, asked for or not. */
const told: readonly Json[] = [
  ...[
    { type: "app_mention", user: "U0ANA00001", channel: "C0OUTREACH", ts: "1.1", text: "x" },
    { type: "app_home_opened", user: "U0ANA00001", channel: "D1", tab: "home", view: { id: "V" } },
    { type: "subteam_members_changed", subteam_id: "S1", added_users: ["U1"], removed_users: [] },
    { type: "subteam_updated", subteam: { id: "S1", handle: "x", users: ["U1"] } },
    { type: "tokens_revoked", tokens: { oauth: ["U1"], bot: [] } },
    { type: "function_executed", function: { id: "Fn1", callback_id: "x" }, inputs: {} },
    { type: "workflow_step_execute", callback_id: "x", workflow_step: { inputs: {} } },
    { type: "message", channel: "C0OUTREACH", user: "U1", text: "x", ts: "1.1", thread_ts: "1.0" },
  ].map((event, index) => ({ ...envelope, event_id: `Ev${index}`, event })),
  { type: "app_rate_limited", token: "legacy", team_id: team, minute_rate_limited: 1_700_000_000 },
  { type: "url_verification", token: "legacy", challenge: "x" },
];

interface Shape {
  name: string;
  body: string;
  contentType?: string;
}

function pathsIn(thing: unknown, above: readonly string[] = []): string[][] {
  if (typeof thing !== "object" || thing === null || above.length >= 5) return [];
  return Object.entries(thing).flatMap(([key, value]) => {
    const path = [...above, key];
    return [path, ...pathsIn(value, path)];
  });
}

function without(base: unknown, path: readonly string[], nothing: unknown): unknown {
  const copy = structuredClone(base) as Json;
  const last = path.at(-1) ?? "";
  const owner = path.slice(0, -1).reduce((one, key) => one[key] as Json, copy);
  if (nothing === undefined) delete owner[last];
  else owner[last] = nothing;
  return copy;
}

/** Every optional part of it, in every way in which nothing can be said. */
function reshaped(base: unknown): { name: string; payload: unknown }[] {
  const { type, event } = base as { type: string; event?: { type: string } };
  const optional = pathsIn(base).filter((path) => !needed.test(path.join(".")));
  return optional.flatMap((path) =>
    Object.entries(nothings).map(([how, nothing]) => ({
      name: `${event?.type ?? type}: ${path.join(".")} ${how}`,
      payload: without(base, path, nothing),
    })),
  );
}

const all: Shape[] = [
  ...[...interactions, ...unasked].flatMap(reshaped).map(({ name, payload }) => ({
    name,
    body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
  })),
  ...[...events, ...told].flatMap(reshaped).map(({ name, payload }) => ({
    name,
    body: JSON.stringify(payload),
    contentType: "application/json",
  })),
  ...commands.slice(0, 1).flatMap((command) =>
    ["token", "team_domain", "channel_name", "user_name", "text", "is_enterprise_install"].flatMap(
      (field) =>
        [undefined, ""].map((value) => ({
          name: `command: ${field} ${value === "" ? "empty" : "absent"}`,
          body: new URLSearchParams(without(command, [field], value) as Json as never).toString(),
        })),
    ),
  ),
];

/** Many buttons are alike. */
const shapes = [...new Map(all.map((shape) => [shape.name, shape])).values()];

let bot: ABot;
beforeAll(async () => {
  bot = await startABot();
});
afterAll(() => bot.close());

describe("A5: a payload of a kind that Slack documents, with any optional part of it missing", () => {
  it("is never refused, whichever way it is missing", async () => {
    const wrong: string[] = [];
    let next = 0;
    const sender = async () => {
      while (next < shapes.length) {
        const { name, ...request } = shapes[next++] as Shape;
        const { status } = await bot.slack.send(request);
        if (status !== 200) wrong.push(`${name}: ${status}`);
      }
    };
    await Promise.all(Array.from({ length: 16 }, sender));
    figures(`reshaped: ${shapes.length} payloads of every kind, ${wrong.length} refused`);
    expect(shapes.length).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
    expect((await fetch(new URL("/readyz", bot.url))).status).toBe(200);
  }, 60_000);
});
