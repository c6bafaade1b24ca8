const team = { id: "T0FERMATA1", domain: "fermata-demo" };
const user = { id: "U0ANA00001", username: "ana", name: "ana", team_id: "T0FERMATA1" };
const common = {
  team,
  user,
  api_app_id: "A0FERMATA1",
  token: "legacy",
  is_enterprise_install: "false",
};
const response = { trigger_id: "1.2.abc", response_url: "https://hooks.slack.com/actions/T0/1/x" };

function click(action: object, container: object = {}) {
  return {
    type: "block_actions",
    ...common,
    ...response,
    container: {
      type: "message",
      message_ts: "1700000000.000100",
      channel_id: "C0OUTREACH",
      ...container,
    },
    channel: { id: "C0OUTREACH", name: "outreach" },
    message: { ts: "1700000000.000100", bot_id: "B0FERMATA1", app_id: "A0FERMATA1", text: "x" },
    state: { values: {} },
    actions: [{ block_id: "chg_x:1", action_ts: "1700000000.1", ...action }],
  };
}

function sent(callback: string, values: object, metadata = "") {
  return {
    type: "view_submission",
    ...common,
    view: {
      id: "V0000001",
      team_id: team.id,
      type: "modal",
      callback_id: callback,
      private_metadata: metadata,
      hash: "1.abc",
      app_id: "A0FERMATA1",
      bot_id: "B0FERMATA1",
      state: { values },
    },
    response_urls: [],
  };
}

const text = (value: string) => ({ value: { type: "plain_text_input", value } });
const choice = (value: string) => ({
  value: {
    type: "radio_buttons",
    selected_option: { text: { type: "plain_text", text: "x" }, value },
  },
});

/** Interactions as Slack sends them, one of each kind that we listen to. */
export const interactions: readonly object[] = [
  click({ type: "button", action_id: "review_approve", value: "chg_unknown" }),
  click({ type: "button", action_id: "review_deny", value: "chg_unknown" }),
  click({ type: "button", action_id: "change_withdraw", value: "chg_unknown" }),
  click({ type: "button", action_id: "target_check_again", value: "chg_unknown" }),
  click({ type: "button", action_id: "change_try_again", value: "chg_unknown" }),
  click({ type: "button", action_id: "choice_take:1", value: "cho_unknown" }),
  click({
    type: "overflow",
    action_id: "change_details",
    selected_option: { value: "chg_unknown" },
  }),
  click(
    { type: "button", action_id: "connect_open", value: "connect" },
    { type: "view", view_id: "V1" },
  ),
  sent(
    "campaign_modal",
    {
      action: choice("pause"),
      campaigns: {
        campaign_search: {
          type: "multi_external_select",
          selected_options: [{ value: "con_x:42" }],
        },
      },
      length: choice("for 2h"),
      reason: text("because"),
    },
    "C0OUTREACH",
  ),
  sent("deny_reason_modal", { reason: text("no") }, "chg_unknown"),
  sent("connect_vendor_modal", { vendor: choice("burki") }, "C0OUTREACH"),
  sent(
    "connect_modal",
    { name: text("burki"), "field:apiKey": text("canary-key-1234") },
    "burki C0OUTREACH",
  ),
  sent("digest_modal", { on: choice("off") }, "Europe/Berlin"),
  {
    type: "block_suggestion",
    ...common,
    action_id: "campaign_search",
    block_id: "campaigns",
    value: "spring",
    container: { type: "view", view_id: "V1" },
    view: { id: "V1", callback_id: "campaign_modal", private_metadata: "C0OUTREACH" },
  },
  {
    type: "view_closed",
    ...common,
    view: { id: "V1", callback_id: "campaign_modal" },
    is_cleared: false,
  },
  { type: "shortcut", ...common, callback_id: "none", trigger_id: "1.2.abc" },
];

/** Slash commands, field by field. */
export const commands: readonly Readonly<Record<string, string>>[] = [
  "pause burki:42 for 2h because wrong price",
  'status "Spring launch"',
  "",
].map((typed) => ({
  token: "legacy",
  team_id: team.id,
  team_domain: team.domain,
  channel_id: "C0OUTREACH",
  channel_name: "outreach",
  user_id: user.id,
  user_name: "ana",
  command: "/campaign",
  text: typed,
  api_app_id: "A0FERMATA1",
  is_enterprise_install: "false",
  ...response,
}));

/** Events, as JSON. */
export const events: readonly object[] = [
  {
    token: "legacy",
    team_id: team.id,
    api_app_id: "A0FERMATA1",
    type: "event_callback",
    event_id: "Ev0000001",
    event_time: 1_700_000_000,
    authorizations: [{ team_id: team.id, user_id: "U0FERMATA1", is_bot: true }],
    event: { type: "channel_shared", channel: "C0OUTREACH", connected_team_id: "T0OTHER000" },
  },
];
