/**
 * What an error of Slack's Web API means to us.
 * `place`: a place or a right we do not have; somebody has to be told another way. `passing`: Slack's own trouble.
 * `ended`: our token is good for nothing here any more. `gone`: what we speak of is not there, or not ours.
 * `ours`: we sent what Slack does not take; sending it again changes nothing.
 */
export type ErrorClass = "place" | "passing" | "ended" | "gone" | "ours";

type Table = Partial<Record<ErrorClass, readonly string[]>>;

/** Documented for every method. https://docs.slack.dev/reference/methods */
const everywhere: Table = {
  place: [
    "access_denied",
    "accesslimited",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "two_factor_setup_required",
  ],
  passing: [
    "fatal_error",
    "internal_error",
    "rate_limited",
    "ratelimited",
    "request_timeout",
    "rollup_error",
    "service_unavailable",
    "team_added_to_org",
  ],
  ended: [
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "org_login_required",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
  ],
  ours: [
    "deprecated_endpoint",
    "invalid_arg_name",
    "invalid_arguments",
    "invalid_array_arg",
    "invalid_charset",
    "invalid_form_data",
    "invalid_json",
    "invalid_post_type",
    "json_not_object",
    "method_deprecated",
    "missing_argument",
    "missing_post_type",
    "unknown_method",
  ],
};

/** What is wrong with a message's own words and blocks. */
const content = [
  "as_user_not_supported",
  "attachment_payload_limit_exceeded",
  "invalid_attachments",
  "invalid_blocks",
  "invalid_blocks_format",
  "invalid_metadata_format",
  "invalid_metadata_schema",
  "markdown_text_conflict",
  "metadata_must_be_sent_from_app",
  "metadata_too_large",
  "msg_blocks_too_long",
  "msg_too_long",
  "no_text",
  "too_many_attachments",
  "too_many_contact_cards",
];

/** What an administrator does not let anybody share. */
const shared = [
  "slack_connect_blocked_file_type",
  "slack_connect_canvas_sharing_blocked",
  "slack_connect_clip_sharing_blocked",
  "slack_connect_file_link_sharing_blocked",
  "slack_connect_file_upload_sharing_blocked",
  "slack_connect_lists_sharing_blocked",
];

const restricted = [
  "restricted_action",
  "restricted_action_non_threadable_channel",
  "restricted_action_read_only_channel",
  "restricted_action_thread_locked",
  "restricted_action_thread_only_channel",
];

const lateTrigger = [
  "exchanged_trigger_id",
  "expired_trigger_id",
  "invalid_trigger",
  "invalid_trigger_id",
  "trigger_exchanged",
  "trigger_expired",
];

const views: Table = {
  gone: ["not_found", ...lateTrigger],
  place: ["user_not_found"],
  ours: ["duplicate_external_id", "push_limit_reached", "view_too_large"],
};

const groups: Table = {
  gone: ["no_such_subteam"],
  place: ["plan_upgrade_required", "paid_teams_only"],
  ours: ["invalid_cursor", "invalid_limit", "missing_required_argument"],
};

const byMethod = {
  "chat.postMessage": {
    place: [
      ...restricted,
      ...shared,
      "agent_prompt_display_not_allowed",
      "app_access_restricted",
      "cannot_dm_bot",
      "channel_is_frozen",
      "channel_not_found",
      "is_archived",
      "is_inactive",
      "messages_tab_disabled",
      "not_in_channel",
      "posting_to_general_channel_denied",
      "send_on_behalf_not_allowed",
      "team_not_found",
      "user_disabled",
      "user_not_found",
    ],
    passing: ["message_limit_exceeded", "external_channel_migrating"],
    gone: ["cannot_reply_to_message", "thread_not_found"],
    ours: [
      ...content,
      "draft_already_deleted",
      "draft_already_sent",
      "draft_has_conflict",
      "draft_not_found",
      "duplicate_channel_not_found",
      "duplicate_message_not_found",
      "missing_file_data",
    ],
  },
  "chat.update": {
    place: [
      ...shared,
      "channel_is_frozen",
      "channel_not_found",
      "is_archived",
      "is_inactive",
      "not_in_channel",
      "posting_to_channel_denied",
      "team_not_found",
    ],
    passing: [
      "external_channel_migrating",
      "message_limit_exceeded",
      "streaming_state_conflict",
      "update_failed",
    ],
    gone: ["cant_update_message", "edit_window_closed", "message_not_found"],
    ours: [
      ...content,
      "block_mismatch",
      "blocked_file_type",
      "cant_broadcast_message",
      "file_deleted",
      "file_is_deleted",
      "file_not_found",
      "file_share_limit_reached",
      "max_file_sharing_exceeded",
      "no_dual_broadcast_content_update",
      "unable_to_share_files",
    ],
  },
  "chat.postEphemeral": {
    place: [
      ...restricted,
      ...shared,
      "cannot_dm_bot",
      "channel_not_found",
      "is_archived",
      "messages_tab_disabled",
      "not_in_channel",
      "team_not_found",
      "user_disabled",
      "user_not_found",
      "user_not_in_channel",
    ],
    passing: ["external_channel_migrating", "message_limit_exceeded"],
    gone: ["cannot_reply_to_message", "thread_not_found"],
    ours: content,
  },
  "views.open": views,
  "views.push": views,
  "views.update": { ...views, gone: [...lateTrigger, "hash_conflict", "not_found"] },
  "users.info": {
    gone: ["user_not_found", "user_not_visible", "users_not_found"],
    ours: ["missing_required_argument"],
  },
  "users.list": {
    place: ["limit_required"],
    ours: ["invalid_cursor", "invalid_limit", "missing_required_argument"],
  },
  "usergroups.list": groups,
  "usergroups.users.list": groups,
  "conversations.info": {
    place: ["channel_not_found", "method_not_supported_for_channel_type", "team_not_found"],
    ours: ["missing_required_argument"],
  },
  "conversations.members": {
    place: [
      "channel_not_found",
      "fetch_members_failed",
      "method_not_supported_for_channel_type",
      "team_not_found",
    ],
    ours: ["invalid_cursor", "invalid_limit", "missing_required_argument"],
  },
  "auth.test": {},
  "oauth.v2.access": {
    gone: ["bad_redirect_uri", "code_already_used", "invalid_code", "invalid_refresh_token"],
    place: ["cannot_install_an_org_installed_app", "oauth_authorization_url_mismatch"],
    ours: [
      "bad_client_secret",
      "invalid_client_id",
      "invalid_grant_type",
      "invalid_scope",
      "no_scopes",
      "preview_feature_not_available",
      "unknown_app",
    ],
  },
} satisfies Record<string, Table>;

/** Every method of the Web API that we call. */
export type Method = keyof typeof byMethod;
export const methodsUsed = Object.keys(byMethod) as Method[];

const classes = new Map(methodsUsed.map((method) => [method as string, turned(method)]));

function turned(method: Method): Map<string, ErrorClass> {
  const tables: Table[] = [everywhere, byMethod[method]];
  return new Map(
    tables.flatMap((table) =>
      Object.entries(table).flatMap(([name, reasons]) =>
        reasons.map((reason) => [reason, name as ErrorClass] as const),
      ),
    ),
  );
}

/** Undefined for a word that no method's table knows. Where the method is not known, the first one that has it says. */
export function classOf(reason: string, method?: string): ErrorClass | undefined {
  const own = method === undefined ? undefined : classes.get(method)?.get(reason);
  if (own) return own;
  for (const table of classes.values()) if (table.has(reason)) return table.get(reason);
  return undefined;
}
