import type { Block } from "../../sandbox/slack/types.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const option = (text: string, value = text) => ({ text: plain(text), value });

/** A change that waits for somebody, as the bot would draw it. */
export const waitingCard: Block[] = [
  { type: "header", block_id: "head", text: plain("Resume “Spring launch” at Burki?") },
  {
    type: "section",
    block_id: "facts",
    fields: [
      mrkdwn("*Asked by*\n<@U0ANA00001>"),
      mrkdwn("*Why*\nPrices are right again &amp; checked"),
      mrkdwn("*Scope*\n1 campaign, 175 of 500 contacts left"),
      mrkdwn("*Needs*\n0 of 1 from <!subteam^S0MARKETNG>, not <@U0ANA00001>"),
      mrkdwn("*Expires*\n<!date^1795186860^{date_short_pretty} at {time}|17:41>"),
    ],
  },
  {
    type: "actions",
    block_id: "decide",
    elements: [
      {
        type: "button",
        action_id: "approve",
        text: plain("Approve"),
        style: "primary",
        value: "chg_1",
      },
      {
        type: "button",
        action_id: "deny",
        text: plain("Deny"),
        value: "chg_1",
        confirm: {
          title: plain("Deny this resume?"),
          text: mrkdwn("“Spring launch” stays *paused*. Ana is told."),
          confirm: plain("Deny"),
          deny: plain("Go back"),
          style: "danger",
        },
      },
      {
        type: "overflow",
        action_id: "more",
        options: [option("Details", "details"), option("Withdraw", "withdraw")],
      },
    ],
  },
  { type: "context", block_id: "foot", elements: [mrkdwn("⏳ Waiting · chg_7Q2M · `burki:42`")] },
];

export const doneCard: Block[] = [
  { type: "header", block_id: "head", text: plain("Paused “Reactivation Q4” at Burki") },
  {
    type: "section",
    block_id: "facts",
    fields: [mrkdwn("*Asked by*\n<@U0ANA00001>"), mrkdwn("*Why*\nwrong price")],
  },
  {
    type: "section",
    block_id: "target",
    text: mrkdwn("*Reactivation Q4* `burki:43`\nBurki now reports *paused*, it was *running*."),
    accessory: { type: "button", action_id: "undo", text: plain("Undo"), value: "chg_2" },
  },
  { type: "divider" },
  {
    type: "context",
    block_id: "foot",
    elements: [mrkdwn("✅ Done · chg_4XKD · checked at 10:41")],
  },
];

/** One of every field the page can draw. */
export const everyField: Block[] = [
  {
    type: "section",
    block_id: "intro",
    text: mrkdwn("This asks for a change. *Nothing* happens before the policy allows it."),
  },
  {
    type: "input",
    block_id: "action",
    label: plain("What should happen"),
    element: {
      type: "radio_buttons",
      action_id: "action",
      initial_option: option("Pause", "pause"),
      options: [option("Pause", "pause"), option("Resume", "resume"), option("Cancel", "cancel")],
    },
  },
  {
    type: "input",
    block_id: "campaigns",
    label: plain("Campaigns"),
    hint: plain("Type part of a name."),
    element: {
      type: "multi_external_select",
      action_id: "campaigns",
      min_query_length: 1,
      placeholder: plain("Find campaigns"),
    },
  },
  {
    type: "input",
    block_id: "reason",
    label: plain("Reason"),
    optional: true,
    element: { type: "plain_text_input", action_id: "reason", multiline: true, max_length: 300 },
  },
  {
    type: "input",
    block_id: "duration",
    label: plain("For how long"),
    element: {
      type: "static_select",
      action_id: "duration",
      placeholder: plain("Until resumed"),
      options: [option("2 hours", "2h"), option("1 day", "1d")],
    },
  },
  {
    type: "input",
    block_id: "time",
    label: plain("At"),
    element: { type: "timepicker", action_id: "time", initial_time: "09:00" },
  },
  {
    type: "input",
    block_id: "day",
    label: plain("From"),
    element: { type: "datepicker", action_id: "day", initial_date: "2026-11-20" },
  },
  {
    type: "input",
    block_id: "where",
    label: plain("Post to"),
    element: {
      type: "conversations_select",
      action_id: "where",
      default_to_current_conversation: true,
    },
  },
  {
    type: "input",
    block_id: "who",
    label: plain("Tell"),
    element: { type: "users_select", action_id: "who", initial_user: "U0BEN00002" },
  },
  {
    type: "input",
    block_id: "ticks",
    label: plain("Also"),
    optional: true,
    element: {
      type: "checkboxes",
      action_id: "ticks",
      options: [
        option("Tell me when done", "tell"),
        {
          ...option("Skip weekends", "skip"),
          description: plain("Saturday and Sunday in your zone"),
        },
      ],
    },
  },
  { type: "context", block_id: "note", elements: [mrkdwn("Asked as <@U0ANA00001>")] },
];
