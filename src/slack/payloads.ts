import { z } from "zod";
import { absentIfNull } from "./shapes.ts";

/**
 * What we pick of Slack's requests. Anything not named here is dropped before it is stored;
 * above all `view.state`, which may hold a key someone has just typed.
 * Shapes: https://docs.slack.dev/interactivity/handling-user-interaction
 */
const id = z.string().max(64);
const longId = z.string().max(255);
const flag = absentIfNull(z.union([z.boolean(), z.enum(["true", "false"])]));
const metadata = z
  .string()
  .max(3000)
  .nullish()
  .transform((value) => value ?? "");
const address = z.string().max(500);

/** Who did it and where their app is installed, in every interaction. */
const scene = {
  team: z.object({ id, enterprise_id: id.nullish() }).nullable(),
  enterprise: z.object({ id }).nullish(),
  is_enterprise_install: flag,
  user: z.object({ id, team_id: id.nullish() }),
};

/** A view as far as we need it. Over a shared channel it alone says whose app it belongs to. */
const view = {
  id,
  callback_id: longId,
  private_metadata: metadata,
  hash: longId.nullish(),
  app_installed_team_id: id.nullish(),
};

export const commandPayload = z.object({
  team_id: id,
  enterprise_id: id.nullish(),
  is_enterprise_install: flag,
  channel_id: id,
  user_id: id,
  command: id,
  text: z.string().max(8000).default(""),
  trigger_id: longId,
  response_url: address,
});

const action = z.object({
  type: id,
  action_id: longId,
  block_id: longId,
  value: absentIfNull(z.string().max(2000)),
  selected_option: z.object({ value: z.string().max(150) }).nullish(),
});

const ts = z.string().max(32);
export const clickPayload = z.object({
  type: z.literal("block_actions"),
  ...scene,
  container: z
    .object({
      type: id,
      message_ts: absentIfNull(ts),
      channel_id: absentIfNull(id),
      view_id: absentIfNull(id),
      is_ephemeral: absentIfNull(z.boolean()),
    })
    .nullish()
    .transform((value) => value ?? undefined),
  channel: z.object({ id }).nullish(),
  message: z
    .object({ ts, bot_id: absentIfNull(id), app_id: absentIfNull(id), team: id.nullish() })
    .nullish()
    .transform((value) => value ?? undefined),
  view: absentIfNull(z.object(view)),
  actions: z.array(action).min(1).max(25),
  trigger_id: absentIfNull(longId),
  response_url: absentIfNull(address),
});

const fieldState = z.looseObject({ type: z.string() });
const submissionPayload = z.object({
  type: z.literal("view_submission"),
  ...scene,
  view: z.object({
    ...view,
    state: z.object({ values: z.record(z.string(), z.record(z.string(), fieldState)) }),
  }),
});

const suggestionPayload = z.object({
  type: z.literal("block_suggestion"),
  ...scene,
  action_id: longId,
  block_id: longId,
  value: z
    .string()
    .max(300)
    .nullish()
    .transform((value) => value ?? ""),
  view: absentIfNull(z.object(view)),
});

export const interactionPayload = z.discriminatedUnion("type", [
  clickPayload,
  submissionPayload,
  suggestionPayload,
  z.object({ type: z.literal("view_closed") }),
]);

/** Every event, as far as all of them are alike. One about a whole organisation names no workspace. */
export const eventPayload = z.object({
  type: z.literal("event_callback"),
  team_id: id.nullish(),
  event_id: id,
  event: z.looseObject({ type: id }),
});

/** Somebody took the app out, also out of one workspace of an organisation, or its tokens ended: https://docs.slack.dev/reference/events/app_uninstalled */
export const partingPayload = eventPayload.extend({
  enterprise_id: id.nullish(),
  event_time: z.int().nonnegative(),
  event: z.discriminatedUnion("type", [
    z.object({ type: z.literal("app_uninstalled") }),
    z.object({
      type: z.literal("tokens_revoked"),
      tokens: z.object({ bot: z.array(id).max(1000).nullish() }),
    }),
    // https://docs.slack.dev/reference/events/team_access_revoked
    z.object({ type: z.literal("team_access_revoked"), team_ids: z.array(id).max(1000) }),
  ]),
});

/** A channel is read by people of another organisation from now on: https://docs.slack.dev/reference/events/channel_shared */
export const sharingPayload = eventPayload.extend({
  team_id: id,
  event: z.object({ type: z.literal("channel_shared"), channel: id }),
});

/** Somebody called us in a channel; what they wrote is not picked: https://docs.slack.dev/reference/events/app_mention */
export const mentionPayload = eventPayload.extend({
  team_id: id,
  event: z.object({
    type: z.literal("app_mention"),
    user: id,
    channel: id,
    thread_ts: absentIfNull(z.string().max(32)),
  }),
});

/** A user group has other members, or was switched off: https://docs.slack.dev/reference/events/subteam_members_changed */
export const groupPayload = eventPayload.extend({
  team_id: id,
  event: z.discriminatedUnion("type", [
    z.object({ type: z.literal("subteam_members_changed"), subteam_id: id }),
    z.object({ type: z.literal("subteam_updated"), subteam: z.object({ id }) }),
  ]),
});

export const challengePayload = z.object({
  type: z.literal("url_verification"),
  challenge: z.string().max(500),
});
