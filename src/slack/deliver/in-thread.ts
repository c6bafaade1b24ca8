import type { Change } from "../../domain/change.ts";
import { showJob } from "../../flows/change-jobs.ts";
import { isOpen } from "../../store/jobs.ts";
import { postsOf } from "../../store/posts.ts";
import type { World } from "../../world.ts";
import type { Admins } from "../admins.ts";
import type { Message } from "../cards/message.ts";
import type { Channels } from "../channels.ts";
import type { NameBook } from "../names.ts";
import type { People } from "../people.ts";
import { HeldBack, isClosed, isGone, isOurs, isUnknown } from "../troubles.ts";
import type { SlackWeb } from "../web.ts";
import { keeperOf } from "./keeper.ts";
import { type PostPlace, postInTurn, turnFor } from "./post.ts";

/** What speaking in a workspace takes. */
export interface Voice {
  world: World;
  web: SlackWeb;
  people: Pick<People, "know" | "members">;
  channels: Channels;
  names: NameBook;
  admins: Admins;
  /** The best place has failed for so long that the next best one is taken. */
  nextBest?: boolean;
}

type Told = Pick<Change, "workspace" | "id" | "askedBy" | "version">;

/** A card that is on its way is worth waiting for. */
const cardWaitMs = 1_000;

/**
 * Says something in the thread of a change's card; to the asker alone where people of other organisations read the
 * thread, where its channel is closed to us and where no card is left; to whoever installed us where the asker cannot
 * be reached either.
 */
export async function sayInThread(voice: Voice, change: Told, message: Message): Promise<void> {
  const { world, channels } = voice;
  const { workspace, id, askedBy } = change;
  const place = { workspace, who: `news of ${id}`, importance: "news" } as const;
  const posts = await world.store.read((q) => postsOf(q, workspace, id));
  const card = posts.find(({ gone, copy }) => !gone && !copy);
  if (!card && (await isOnItsWay(world, change))) throw new HeldBack(cardWaitMs);
  if (card) {
    const thread = { ...place, channel: card.channel, threadTs: card.ts };
    const inThread = async () =>
      !(await channels.isExternal(workspace, card.channel)) &&
      (await isSaid(voice, thread, message));
    if (await orNextBest(voice, inThread)) return;
  }
  if (await isSaid(voice, { ...place, channel: askedBy }, message)) return;
  const keeper = await keeperOf(voice, workspace);
  // After the last of them there is no next best.
  const last = { ...voice, nextBest: false };
  if (keeper !== undefined && keeper !== askedBy)
    if (await isSaid(last, { ...place, channel: keeper }, message)) return;
  world.log.error("an asker could not be told of an end", { workspace, change: id });
}

async function isOnItsWay(
  { store }: World,
  { workspace, id: changeId, version }: Told,
): Promise<boolean> {
  const { key = "" } = showJob({ workspace, changeId }, version);
  return store.read((q) => isOpen(q, key));
}

/** False if the place is closed to us, the thread gone, or our words not taken even when they are plain. */
async function isSaid(voice: Voice, place: PostPlace, message: Message): Promise<boolean> {
  return orNextBest(voice, async () => {
    voice.web.untilRested(turnFor(place));
    await postInTurn(voice.web, place, message);
    return true;
  });
}

async function orNextBest(
  { nextBest = false }: Voice,
  say: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await say();
  } catch (error) {
    const never = isClosed(error) || isGone(error) || isOurs(error);
    if (never || (nextBest && isUnknown(error))) return false;
    throw error;
  }
}
