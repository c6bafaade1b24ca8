import type { DigestSetting } from "./answers.ts";
import { context, option, plain } from "./blocks.ts";
import { callbackIds } from "./ids.ts";
import {
  chosen,
  input,
  type Modal,
  modal,
  picked,
  type Read,
  type StateValues,
  valueId,
} from "./modal-blocks.ts";
import { mrkdwn } from "./text.ts";

const blocks = { on: "on", channel: "channel", time: "time" };

/** Where and when the daily digest comes, or that it does not. The metadata is the zone. */
export function digestModal(look: {
  channel?: string;
  /** `HH:mm`, local. */
  time: string;
  /** IANA name, from the person's Slack profile. */
  zone: string;
  on: boolean;
}): Modal {
  const on = option("Post it every day", "on");
  const off = option("Do not post it", "off");
  return modal({
    callbackId: callbackIds.digest,
    title: "Daily digest",
    submit: "Save",
    metadata: look.zone,
    blocks: [
      input({
        id: blocks.on,
        label: "The daily digest",
        element: {
          type: "radio_buttons",
          action_id: valueId,
          options: [on, off],
          initial_option: look.on ? on : off,
        },
      }),
      input({
        id: blocks.channel,
        label: "In which channel?",
        hint: "In a private channel, invite the app first.",
        optional: true,
        element: {
          type: "conversations_select",
          action_id: valueId,
          placeholder: plain("Choose a channel", 150),
          filter: { include: ["public", "private"], exclude_bot_users: true },
          ...(look.channel && { initial_conversation: look.channel }),
        },
      }),
      input({
        id: blocks.time,
        label: "At what time?",
        optional: true,
        element: { type: "timepicker", action_id: valueId, initial_time: look.time },
      }),
      context(mrkdwn`Time zone: *${look.zone}*, from your Slack profile.`),
    ],
  });
}

/** `zone` is the view's private metadata. */
export function readDigestModal(values: StateValues, zone: string): Read<DigestSetting> {
  if (chosen(values, blocks.on) === "off") return { ok: true, content: { on: false } };
  const channel = picked(values, blocks.channel, "selected_conversation");
  const time = picked(values, blocks.time, "selected_time");
  const errors = {
    ...(!channel && { [blocks.channel]: "Choose a channel." }),
    ...(!time && { [blocks.time]: "Choose a time." }),
  };
  return channel && time
    ? { ok: true, content: { on: true, channel, time, zone } }
    : { ok: false, errors };
}
