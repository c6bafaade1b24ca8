import { z } from "zod";
import { longestCommand } from "../domain/words.ts";
import { absentIfEmpty, ornament } from "./shapes.ts";

/**
 * What we pick of Slack's requests. Anything not named here is dropped before it is stored;
 * above all `view.state`, which may hold a key someone has just typed.
 * Shapes: https://docs.slack.dev/interactivity/handling-user-interaction
 */
const id = z.string().max(64);
const longId = z.string().max(255);
const flag = absentIfEmpty(z.union([z.boolean(), z.enum(["true", "false", ""])]));
const metadata = absentIfEmpty(z.string().max(3000)).transform((value) => value ?? "");
const address = z.string().max(500);

/** Who did it and where their app is installed, in every interaction. */
const scene = {
  team: ornament(z.object({ id, enterprise_id: absentIfEmpty(id) })),
  enterprise: ornament(z.object({ id })),
  is_enterprise_install: flag,
  user: z.object({ id, team_id: absentIfEmpty(id) }),
};

/** A view as far as we need it. Over a shared channel it alone says whose app it belongs to. */
const view = {
  id,
  callback_id: longId,
  private_metadata: metadata,
  hash: absentIfEmpty(longId),
  app_installed_team_id: absentIfEmpty(id),
};

export const commandPayload = z.object({
  team_id: id,
  enterprise_id: absentIfEmpty(id),
  is_enterprise_install: flag,
  channel_id: id,
  user_id: id,
  command: id,
  // Cut where it is too long for the command, so that this can be answered in words.
  text: z
    .string()
    .default("")
    .transform((text) => text.slice(0, longestCommand + 1)),
  trigger_id: longId,
  response_url: address,
});

const action = z.object({
  type: id,
  action_id: longId,
  block_id: longId,
  value: absentIfEmpty(z.string().max(2000)),
  selected_option: ornament(z.object({ value: z.string().max(150) })),
});

const ts = z.string().max(32);
export const clickPayload = z.object({
  type: z.literal("block_actions"),
  ...scene,
  container: absentIfEmpty(
    z.object({
      type: absentIfEmpty(id),
      message_ts: absentIfEmpty(ts),
      channel_id: absentIfEmpty(id),
      view_id: absentIfEmpty(id),
      is_ephemeral: absentIfEmpty(z.boolean()),
    }),
  ),
  channel: ornament(z.object({ id })),
  message: absentIfEmpty(
    z.object({
      ts: absentIfEmpty(ts).transform((value) => value ?? ""),
      bot_id: absentIfEmpty(id),
      app_id: absentIfEmpty(id),
      team: absentIfEmpty(id),
    }),
  ),
  view: absentIfEmpty(z.object(view)),
  actions: z.array(action).min(1).max(25),
  trigger_id: absentIfEmpty(longId),
  response_url: absentIfEmpty(address),
});

/** What somebody has put into a form, by block and field; a form without fields says so in several ways. */
const fieldState = absentIfEmpty(z.looseObject({ type: z.string() }));
const fields = absentIfEmpty(z.record(z.string(), fieldState)).transform((all) => all ?? {});
const values = absentIfEmpty(z.record(z.string(), fields)).transform((all) => all ?? {});
const state = absentIfEmpty(z.object({ values })).transform((all) => all ?? { values: {} });

const submissionPayload = z.object({
  type: z.literal("view_submission"),
  ...scene,
  view: z.object({ ...view, state }),
});

const suggestionPayload = z.object({
  type: z.literal("block_suggestion"),
  ...scene,
  action_id: longId,
  block_id: longId,
  value: absentIfEmpty(z.string().max(300)).transform((value) => value ?? ""),
  view: absentIfEmpty(z.object(view)),
});

export const interactionPayload = z.discriminatedUnion("type", [
  clickPayload,
  submissionPayload,
  suggestionPayload,
]);

/** Whatever Slack may send besides, now or one day. */
export const anyPayload = z.object({ type: z.string().min(1) });

/** Every event, as far as all of them are alike. One about a whole organisation names no workspace. */
export const eventPayload = z.object({
  type: z.literal("event_callback"),
  team_id: absentIfEmpty(id),
  enterprise_id: absentIfEmpty(id),
  /** For whose install it is told, the first of them. */
  authorizations: ornament(
    z.array(z.object({ enterprise_id: absentIfEmpty(id), is_enterprise_install: flag })),
  ),
  event_id: id,
  event: z.looseObject({ type: id }),
});

/** Somebody took the app out, also out of one workspace of an organisation, or its tokens ended: https://docs.slack.dev/reference/events/app_uninstalled */
export const partingPayload = eventPayload.extend({
  event_time: z.int().nonnegative(),
  event: z.discriminatedUnion("type", [
    z.object({ type: z.literal("app_uninstalled") }),
    z.object({
      type: z.literal("tokens_revoked"),
      tokens: z.object({ bot: absentIfEmpty(z.array(id).max(1000)) }),
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
    thread_ts: absentIfEmpty(z.string().max(32)),
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
