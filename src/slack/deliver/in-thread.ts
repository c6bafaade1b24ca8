import type { Change } from "../../domain/change.ts";
import { showJob } from "../../flows/change-jobs.ts";
import { isOpen } from "../../store/jobs.ts";
import { postsOf } from "../../store/posts.ts";
import type { World } from "../../world.ts";
import type { Message } from "../cards/message.ts";
import type { Channels } from "../channels.ts";
import type { NameBook } from "../names.ts";
import type { People } from "../people.ts";
import { HeldBack, isClosed, isGone } from "../troubles.ts";
import type { SlackWeb } from "../web.ts";
import { type PostPlace, postInTurn } from "./post.ts";

/** What speaking in a workspace takes. */
export interface Voice {
  world: World;
  web: SlackWeb;
  people: Pick<People, "know">;
  channels: Channels;
  names: NameBook;
}

type Told = Pick<Change, "workspace" | "id" | "askedBy" | "version">;

/** A card that is on its way is worth waiting for. */
const cardWaitMs = 1_000;

/**
 * Says something in the thread of a change's card; to the asker alone where people of other organisations read the
 * thread, where its channel is closed to us and where no card is left.
 */
export async function sayInThread(voice: Voice, change: Told, message: Message): Promise<void> {
  const { world, web, channels } = voice;
  const { workspace, id, askedBy } = change;
  const place = { workspace, who: `news of ${id}`, importance: "news" } as const;
  const posts = await world.store.read((q) => postsOf(q, workspace, id));
  const card = posts.find(({ gone, copy }) => !gone && !copy);
  if (!card && (await isOnItsWay(world, change))) throw new HeldBack(cardWaitMs);
  if (card && !(await channels.isExternal(workspace, card.channel))) {
    const thread = { ...place, channel: card.channel, threadTs: card.ts };
    if (await isSaid(web, thread, message)) return;
  }
  if (await isSaid(web, { ...place, channel: askedBy }, message)) return;
  world.log.warn("an asker could not be told of an end", { workspace, change: id });
}

async function isOnItsWay(
  { store }: World,
  { workspace, id: changeId, version }: Told,
): Promise<boolean> {
  const { key = "" } = showJob({ workspace, changeId }, version);
  return store.read((q) => isOpen(q, key));
}

/** False if the place is closed to us, or the thread gone. */
async function isSaid(web: SlackWeb, place: PostPlace, message: Message): Promise<boolean> {
  try {
    await postInTurn(web, place, message);
    return true;
  } catch (error) {
    if (isClosed(error) || isGone(error)) return false;
    throw error;
  }
}
