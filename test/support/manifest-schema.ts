import { z } from "zod";

/**
 * Slack's manifest, version 2, as far as an app like this one can use it: custom functions, workflows,
 * datastores, assistants and unfurling are left out, so that a manifest which names them fails.
 * The limits are those of https://github.com/slackapi/manifest-schema (schemas/manifest.schema.2.0.0.json).
 */
const text = (longest: number, shortest = 1) => z.string().min(shortest).max(longest);
const url = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^https?:\/\//);
const flag = z.boolean().optional();

function distinct<Item extends z.ZodType>(item: Item, most: number, least = 0) {
  return z
    .array(item)
    .min(least)
    .max(most)
    .refine((items) => new Set(items).size === items.length, "repeats an entry");
}

const metadata = z.strictObject({
  schema_version: z.int().optional(),
  min_version: z.int().optional(),
  major_version: z.int().optional(),
  minor_version: z.int().optional(),
});

const displayInformation = z.strictObject({
  name: text(35),
  description: text(140).optional(),
  long_description: text(4000, 175).optional(),
  background_color: z
    .string()
    .regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/)
    .optional(),
});

const slashCommand = z.strictObject({
  command: text(32, 2).startsWith("/"),
  url: url(3000).optional(),
  description: text(2000),
  usage_hint: text(1000).optional(),
  should_escape: flag,
});

const shortcut = z.strictObject({
  name: text(24),
  type: z.enum(["message", "global"]),
  callback_id: text(255),
  description: text(150),
});

const features = z.strictObject({
  app_home: z
    .strictObject({
      home_tab_enabled: flag,
      messages_tab_enabled: flag,
      messages_tab_read_only_enabled: flag,
    })
    .optional(),
  bot_user: z.strictObject({ display_name: text(80), always_online: flag }).optional(),
  shortcuts: z.array(shortcut).min(1).max(10).optional(),
  slash_commands: z.array(slashCommand).min(1).max(50).optional(),
});

const scopes = z.array(text(50)).max(255).optional();

const oauthConfig = z.strictObject({
  redirect_urls: distinct(z.string().max(2500), 1000).optional(),
  scopes: z
    .strictObject({ user: scopes, bot: scopes, user_optional: scopes, bot_optional: scopes })
    .optional(),
  token_management_enabled: flag,
  pkce_enabled: flag,
});

const events = distinct(text(50), 100).optional();

const settings = z.strictObject({
  allowed_ip_address_ranges: distinct(z.union([z.ipv4(), z.cidrv4()]), 50, 1).optional(),
  event_subscriptions: z
    .strictObject({
      request_url: url(3500).optional(),
      user_events: events,
      bot_events: events,
      metadata_subscriptions: z
        .array(z.strictObject({ app_id: z.string(), event_type: text(50) }))
        .min(1)
        .max(20)
        .optional(),
    })
    .optional(),
  incoming_webhooks: z.strictObject({ incoming_webhooks_enabled: flag }).optional(),
  interactivity: z
    .strictObject({
      is_enabled: z.boolean(),
      request_url: url(3500).optional(),
      message_menu_options_url: url(3500).optional(),
    })
    .optional(),
  org_deploy_enabled: flag,
  socket_mode_enabled: flag,
  is_hosted: flag,
  token_rotation_enabled: flag,
});

export const manifestSchema = z.strictObject({
  $schema: z.url().optional(),
  _metadata: metadata.optional(),
  display_information: displayInformation,
  features: features.optional(),
  oauth_config: oauthConfig.optional(),
  settings: settings.optional(),
});
