import type { Message } from "../cards/message.ts";
import { plainly } from "../cards/plainly.ts";
import type { Turn } from "../pace.ts";
import { isOurs } from "../troubles.ts";
import type { SlackWeb } from "../web.ts";

/** A message as it is, or in words alone. */
type Content = Message | Pick<Message, "text">;

/** Posts a message at once, in a thread if one is named, and gives its place. */
export async function postTo(
  web: SlackWeb,
  workspace: string,
  channel: string,
  message: Message,
  threadTs?: string,
): Promise<{ channel: string; ts: string }> {
  const client = await web.client(workspace);
  const post = (content: Content) =>
    client.chat.postMessage({
      channel,
      ...content,
      ...(threadTs ? { thread_ts: threadTs } : {}),
      unfurl_links: false,
      unfurl_media: false,
    });
  const answer = await orPlainly(message, post);
  return { channel: answer.channel ?? channel, ts: answer.ts ?? "" };
}

/** A message that Slack does not take for what is in it is sent once more, in plain words. */
export async function orPlainly<Answer>(
  message: Message,
  send: (content: Content) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send(message);
  } catch (error) {
    if (!isOurs(error)) throw error;
    return send(plainly(message));
  }
}

/** Where something is to be said, for whom it waits in line and how important it is. */
export interface PostPlace extends Pick<Turn, "workspace" | "who" | "importance"> {
  channel: string;
  threadTs?: string;
}

export function turnFor({ workspace, channel, who, importance }: PostPlace): Turn {
  return { workspace, method: "chat.postMessage", place: channel, who, importance };
}

/** Posts when it is its turn; throws `HeldBack` until then. */
export async function postInTurn(
  web: SlackWeb,
  place: PostPlace,
  message: Message,
): Promise<{ channel: string; ts: string }> {
  const { workspace, channel, threadTs } = place;
  return web.inTurn(turnFor(place), () => postTo(web, workspace, channel, message, threadTs));
}
