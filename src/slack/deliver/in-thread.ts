import type { Change } from "../../domain/change.ts";
import { postsOf } from "../../store/posts.ts";
import type { World } from "../../world.ts";
import type { Message } from "../cards/message.ts";
import type { Channels } from "../channels.ts";
import { type SlackWeb, slackErrorOf } from "../web.ts";
import { postTo } from "./post.ts";

/** What speaking in a workspace takes. */
export interface Voice {
  world: World;
  web: SlackWeb;
  channels: Channels;
}

/**
 * Says something in the thread of a change's card, or to the asker alone where people of other organisations read
 * the thread; nothing where the card is gone or its channel closed.
 */
export async function sayInThread(
  { world, web, channels }: Voice,
  { workspace, id, askedBy }: Pick<Change, "workspace" | "id" | "askedBy">,
  message: Message,
): Promise<void> {
  const posts = await world.store.read((q) => postsOf(q, workspace, id));
  const card = posts.find(({ gone }) => !gone);
  if (!card) return;
  const external = await channels.isExternal(workspace, card.channel);
  try {
    if (external) await postTo(web, workspace, askedBy, message);
    else await postTo(web, workspace, card.channel, message, card.ts);
  } catch (error) {
    if (slackErrorOf(error) === undefined) throw error;
  }
}
