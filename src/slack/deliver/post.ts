import type { Message } from "../cards/message.ts";
import type { Turn } from "../pace.ts";
import type { SlackWeb } from "../web.ts";

/** Posts a message at once, in a thread if one is named, and gives its place. */
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

/** Where something is to be said, for whom it waits in line and how important it is. */
export interface PostPlace extends Pick<Turn, "workspace" | "who" | "importance"> {
  channel: string;
  threadTs?: string;
}

/** Posts when it is its turn; throws `HeldBack` until then. */
export async function postInTurn(
  web: SlackWeb,
  { workspace, channel, threadTs, who, importance }: PostPlace,
  message: Message,
): Promise<{ channel: string; ts: string }> {
  web.turn({ workspace, method: "chat.postMessage", place: channel, who, importance });
  return postTo(web, workspace, channel, message, threadTs);
}
