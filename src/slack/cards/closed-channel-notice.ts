import { type Message, says } from "./message.ts";
import { code, type Mrkdwn, mrkdwn } from "./text.ts";
import { channel } from "./words.ts";

/** To whoever installed us, once: a channel that cards belong to does not take them. `reason` is Slack's own word. */
export function closedChannelNotice(id: string, reason: string): Message {
  const { why, remedy } = explained(reason);
  return says(
    mrkdwn`Fermata cannot post in ${channel(id)}: ${why}. Nothing is lost: its cards go to where they were asked for, or else to the person who asked. ${remedy}`,
  );
}

function explained(reason: string): { why: Mrkdwn; remedy: Mrkdwn } {
  const another = mrkdwn`name another channel in the policy`;
  if (reason === "is_archived" || reason === "is_inactive")
    return {
      why: mrkdwn`it is archived`,
      remedy: mrkdwn`Please unarchive it, or ${another}.`,
    };
  if (reason.startsWith("restricted_action"))
    return {
      why: mrkdwn`only some people may post there`,
      remedy: mrkdwn`Please let Fermata post there, or ${another}.`,
    };
  return {
    why: mrkdwn`it is not in that channel, or the channel is gone`,
    remedy: mrkdwn`Please invite it there with ${code("/invite @Fermata")}, or ${another}.`,
  };
}
