import { z } from "zod";

/**
 * What we pick of Slack's requests. Anything not named here is dropped before it is stored;
 * above all `view.state`, which may hold a key someone has just typed.
 * Shapes: https://docs.slack.dev/interactivity/handling-user-interaction
 */
const id = z.string().max(64);
const team = z.object({ id, enterprise_id: id.nullish() });
const user = z.object({ id, team_id: id.nullish() });
const flag = z.union([z.boolean(), z.enum(["true", "false"])]).optional();

export const commandPayload = z.object({
  team_id: id,
  enterprise_id: id.optional(),
  is_enterprise_install: flag,
  channel_id: id,
  user_id: id,
  command: z.string().max(64),
  text: z.string().max(8000).default(""),
  trigger_id: z.string().max(255),
  response_url: z.string().max(500),
});

const option = z.object({ value: z.string().max(150) });
const action = z.object({
  type: z.string().max(64),
  action_id: z.string().max(255),
  block_id: z.string().max(255),
  value: z.string().max(2000).optional(),
  selected_option: option.nullish(),
});

export const clickPayload = z.object({
  type: z.literal("block_actions"),
  team: team.nullable(),
  enterprise: z.object({ id }).nullish(),
  is_enterprise_install: flag,
  user,
  container: z
    .object({
      type: z.string().max(64),
      message_ts: z.string().max(32).optional(),
      channel_id: id.optional(),
      view_id: id.optional(),
      is_ephemeral: z.boolean().optional(),
    })
    .optional(),
  channel: z.object({ id }).nullish(),
  message: z
    .object({ ts: z.string().max(32), bot_id: id.optional(), app_id: id.optional() })
    .optional(),
  view: z
    .object({
      id,
      callback_id: z.string().max(255),
      private_metadata: z.string().max(3000).default(""),
      hash: z.string().max(255).optional(),
      app_installed_team_id: id.nullish(),
    })
    .optional(),
  actions: z.array(action).min(1).max(25),
  trigger_id: z.string().max(255).optional(),
  response_url: z.string().max(500).optional(),
});

const stateValue = z.looseObject({ type: z.string() });
export const submissionPayload = z.object({
  type: z.literal("view_submission"),
  team: team.nullable(),
  enterprise: z.object({ id }).nullish(),
  is_enterprise_install: flag,
  user,
  view: z.object({
    id,
    callback_id: z.string().max(255),
    private_metadata: z.string().max(3000).default(""),
    hash: z.string().max(255).optional(),
    app_installed_team_id: id.nullish(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), stateValue)) }),
  }),
});

export const suggestionPayload = z.object({
  type: z.literal("block_suggestion"),
  team: team.nullable(),
  enterprise: z.object({ id }).nullish(),
  is_enterprise_install: flag,
  user,
  action_id: z.string().max(255),
  block_id: z.string().max(255),
  value: z.string().max(300).default(""),
  view: z
    .object({ id, callback_id: z.string(), private_metadata: z.string().default("") })
    .optional(),
});

export const eventPayload = z.object({
  type: z.literal("event_callback"),
  team_id: id,
  event_id: z.string().max(64),
  event: z.looseObject({ type: z.string().max(64) }),
});

export const challengePayload = z.object({
  type: z.literal("url_verification"),
  challenge: z.string().max(500),
});

const interaction = z.discriminatedUnion("type", [
  clickPayload,
  submissionPayload,
  suggestionPayload,
  z.object({ type: z.literal("view_closed") }),
]);

/** A Slack request by what must happen to it before it is answered. */
export type SlackRequest =
  /** May change something: stored first, answered, then worked. */
  | { kind: "keep"; workspace: string; body: Record<string, unknown>; urgent: true }
  /** Wants an answer with a body, so it is worked first. */
  | { kind: "answer"; workspace: string; body: Record<string, unknown> }
  | { kind: "challenge"; challenge: string }
  | { kind: "nothing" }
  | { kind: "unreadable" };

export function readSlackRequest(contentType: string, rawBody: string): SlackRequest {
  if (contentType.startsWith("application/json")) return readEvent(parseJson(rawBody));
  const form = readForm(rawBody);
  if (form === undefined) return { kind: "unreadable" };
  return form["payload"] === undefined
    ? readCommand(form)
    : readInteraction(parseJson(form["payload"]));
}

function readEvent(json: unknown): SlackRequest {
  const challenge = challengePayload.safeParse(json);
  if (challenge.success) return { kind: "challenge", challenge: challenge.data.challenge };
  return eventPayload.safeParse(json).success ? { kind: "nothing" } : { kind: "unreadable" };
}

function readCommand(form: Record<string, string>): SlackRequest {
  const parsed = commandPayload.safeParse(form);
  if (!parsed.success) return { kind: "unreadable" };
  return { kind: "keep", workspace: parsed.data.team_id, body: parsed.data, urgent: true };
}

function readInteraction(json: unknown): SlackRequest {
  const parsed = interaction.safeParse(json);
  if (!parsed.success) return { kind: "unreadable" };
  const body = parsed.data;
  if (body.type === "view_closed") return { kind: "nothing" };
  const view = "view" in body ? body.view : undefined;
  const installedIn =
    view && "app_installed_team_id" in view
      ? z.string().safeParse(view.app_installed_team_id).data
      : undefined;
  const workspace = installedIn ?? body.team?.id;
  if (!workspace) return { kind: "unreadable" };
  return body.type === "block_actions"
    ? { kind: "keep", workspace, body, urgent: true }
    : { kind: "answer", workspace, body };
}

/** A field given twice is refused: it could mean one workspace to us and another to Slack. */
function readForm(rawBody: string): Record<string, string> | undefined {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(rawBody)) {
    if (name in fields) return undefined;
    fields[name] = value;
  }
  return { ...fields };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
