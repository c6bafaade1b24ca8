import type { Message } from "../cards/message.ts";
import type { SlackWeb } from "../web.ts";

/** Posts a message, in a thread if one is named, and gives its place. */
export async function postTo(
  web: SlackWeb,
  workspace: string,
  channel: string,
  message: Message,
  threadTs?: string,
): Promise<{ channel: string; ts: string }> {
  const client = await web.client(workspace);
  const answer = await client.chat.postMessage({
    channel,
    ...message,
    ...(threadTs ? { thread_ts: threadTs } : {}),
    unfurl_links: false,
    unfurl_media: false,
  });
  return { channel: answer.channel ?? channel, ts: answer.ts ?? "" };
}
