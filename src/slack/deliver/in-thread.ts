import { postsOf } from "../../store/posts.ts";
import type { World } from "../../world.ts";
import type { Message } from "../cards/message.ts";
import { type SlackWeb, slackErrorOf } from "../web.ts";
import { postTo } from "./post.ts";

/** Says something in the thread of a change's card; nothing where the card is gone or its channel closed. */
export async function sayInThread(
  world: World,
  web: SlackWeb,
  { workspace, id }: { workspace: string; id: string },
  message: Message,
): Promise<void> {
  const posts = await world.store.read((q) => postsOf(q, workspace, id));
  const card = posts.find(({ gone }) => !gone);
  if (!card) return;
  try {
    await postTo(web, workspace, card.channel, message, card.ts);
  } catch (error) {
    if (slackErrorOf(error) === undefined) throw error;
  }
}
