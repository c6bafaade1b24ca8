import { isEnded } from "../../domain/settle.ts";
import { showJob } from "../../flows/change-jobs.ts";
import { idFrom } from "../../flows/ids.ts";
import { loadChange } from "../../store/changes.ts";
import { isOpen } from "../../store/jobs.ts";
import { markGone, markShown, type Post, postsOf } from "../../store/posts.ts";
import type { World } from "../../world.ts";
import { comesBack, isClosed, isGone } from "../troubles.ts";
import { askDirectly } from "./ask-directly.ts";
import { cardFor, postCard, type Show } from "./card-places.ts";
import { noteClosed } from "./closed-channel.ts";
import { postCopies } from "./copies.ts";
import type { Voice } from "./in-thread.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { orPlainly } from "./post.ts";
import { createPostMemory } from "./post-memory.ts";

interface How {
  /** Draw it also where its newest version is shown already: who reads there has changed. */
  anew?: boolean;
  /** Somebody looks for it: see whether it is still there, and post it where none is left. */
  sought?: boolean;
  /** The best place has failed for so long that the next best one is taken. */
  nextBest?: boolean;
  /** The key of the job that asks. */
  key?: string | undefined;
}

/**
 * Draws a change as it is now on every post of it, or posts it where no post is left. A crash
 * between the post and its memory leaves one spare card, which still works and is adopted when pressed.
 */
export function createShowChange(voice: Voice) {
  const { world } = voice;
  const inTurn = oneAtATime();
  const memory = createPostMemory(world);
  return (workspace: string, changeId: string, how: How = {}): Promise<void> =>
    inTurn(`${workspace}/${changeId}`, async () => {
      const { anew = false, sought = false, nextBest = false, key } = how;
      const change = await world.store.read((q) => loadChange(q, workspace, changeId));
      if (!change || (sought && isEnded(change.state))) return;
      try {
        await show({ ...voice, memory, change, anew, sought, nextBest });
      } catch (error) {
        const newest = showJob({ workspace, changeId }, change.version).key ?? "";
        const another =
          !anew && !sought && key !== newest && (await givesWay(world, newest, error));
        if (!another) throw error;
      }
    });
}

/** Whoever would have to wait leaves it to the newest version's own job: so the edits of a busy change become one. */
async function givesWay({ store }: World, newest: string, error: unknown): Promise<boolean> {
  return comesBack(error) && store.read((q) => isOpen(q, newest));
}

async function show(all: Show): Promise<void> {
  const { world, memory, change } = all;
  await memory.catchUp(change.workspace, change.id);
  const posts = await world.store.read((q) => postsOf(q, change.workspace, change.id));
  const living = await redrawAll(
    all,
    posts.filter(({ gone }) => !gone),
  );
  if (all.anew) return;
  if (living === 0) await post(all, posts);
  await postCopies(all, posts);
  await askDirectly(all);
}

/** How many of them are there still, copies aside. One that meets trouble keeps none of the others from being drawn. */
async function redrawAll(all: Show, posts: readonly Post[]): Promise<number> {
  let living = 0;
  const troubles: unknown[] = [];
  for (const one of posts) {
    try {
      if ((await redraw(all, one)) && !one.copy) living += 1;
    } catch (error) {
      troubles.push(error);
    }
  }
  if (troubles.length > 0) throw troubles[0];
  return living;
}

async function post(all: Show, posts: readonly Post[]): Promise<void> {
  const { world, memory, change } = all;
  const place = await postCard(all);
  if (!place) return;
  const { workspace, id: changeId, version: shownVersion } = change;
  const { to, ...where } = place;
  // Whoever got the card itself directly needs no copy of it.
  const theirs = idFrom("pst", changeId, to);
  const free = /^[UW]/.test(to) && posts.every((one) => one.id !== theirs);
  const id = free ? theirs : world.newId("pst");
  await memory.keep({ workspace, id, changeId, ...where, shownVersion });
}

/** False if the message is not there any more. */
async function redraw(all: Show, { id, channel, ts, shownVersion, copy }: Post): Promise<boolean> {
  const { world, web, change, anew, sought } = all;
  if (shownVersion >= change.version && !anew && !sought) return true;
  const { workspace, version } = change;
  const asking = { who: change.id, importance: "card" } as const;
  const turn = { workspace, method: "chat.update", place: `${channel}/${ts}`, ...asking } as const;
  web.untilRested(turn);
  const card = await cardFor(all, channel, copy ?? false);
  try {
    await web.inTurn(turn, async () => {
      const client = await web.client(workspace);
      await orPlainly(card, (words) => client.chat.update({ channel, ts, ...words }));
    });
  } catch (error) {
    if (!isGone(error) && !isClosed(error)) throw error;
    if (isClosed(error)) await noteClosed(world, { workspace, channel }, error);
    await world.store.write((q) => markGone(q, workspace, id));
    return false;
  }
  await world.store.write((q) => markShown(q, workspace, id, version));
  return true;
}
