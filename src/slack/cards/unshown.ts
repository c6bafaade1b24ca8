import type { Change } from "../../domain/change.ts";
import { type Message, says } from "./message.ts";
import { code, mrkdwn } from "./text.ts";
import { channel, titleOf } from "./words.ts";

/** Directly, when a card or a line of news could not be put where it belongs. */
export function unshownAnswer(change: Change, what: "card" | "news"): Message {
  const title = titleOf(change);
  const home = channel(change.channel);
  const first =
    what === "card"
      ? mrkdwn`⚠️ ${title}: Slack does not take its card in ${home}, or not as it is now.`
      : mrkdwn`⚠️ ${title}: Slack did not take the news of it.`;
  return says(
    mrkdwn`${first} What an older card shows may be over. ${code("/campaign history")} says how it stands.`,
  );
}
