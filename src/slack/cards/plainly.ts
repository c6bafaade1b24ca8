import type { Message } from "./message.ts";
import { clipMrkdwn } from "./text.ts";

const mostText = 2_000;
const rest =
  "This message cannot be shown in full. Type /campaign status or /campaign history for the rest.";

/** The same in words alone, for when Slack does not take its blocks. */
export function plainly({ text }: Pick<Message, "text">): Pick<Message, "text"> {
  return { text: `${clipMrkdwn(text, mostText)}\n${rest}` };
}
