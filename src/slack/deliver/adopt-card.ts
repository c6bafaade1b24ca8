import { showJob } from "../../flows/change-jobs.ts";
import { loadChange } from "../../store/changes.ts";
import { digestFor } from "../../store/digests.ts";
import type { Q } from "../../store/handle.ts";
import { enqueue } from "../../store/jobs.ts";
import { postAt, postsOf, rememberPost } from "../../store/posts.ts";
import type { World } from "../../world.ts";

/** The message of a change's own card. */
export interface CardPlace {
  workspace: string;
  changeId: string;
  channel: string;
  ts: string;
}

/** What a pressed button's message is to the change: `unknown` where there is no such change in the workspace. */
export type Standing = "card" | "digest" | "elsewhere" | "unknown";

/**
 * A change's own card stands where a post of it is on record, or in the channel where the change belongs, for a
 * card that we did not live to remember. A digest stands where the workspace's digest goes. Both may stand in a
 * direct message, which only we and one person see.
 */
export async function standingOf(
  world: Pick<World, "store">,
  place: CardPlace & { blockId: string },
): Promise<Standing> {
  const { workspace, changeId, channel, ts, blockId } = place;
  return world.store.read(async (q) => {
    const change = await loadChange(q, workspace, changeId);
    if (!change) return "unknown";
    const known = await postAt(q, workspace, channel, ts);
    if (known) return known.changeId === changeId ? "card" : "elsewhere";
    const posts = await postsOf(q, workspace, changeId);
    const channels = [change.channel, ...posts.map((post) => post.channel)];
    const digest = await digestFor(q, workspace);
    const direct = channel.startsWith("D");
    if (blockId.startsWith(`${changeId}:`))
      return direct || channels.includes(channel) ? "card" : "elsewhere";
    if (!blockId.startsWith(`digest:${changeId}:`)) return "elsewhere";
    return direct || digest?.channel === channel ? "digest" : "elsewhere";
  });
}

/** Whether a card of the change belongs into that channel or stands there. */
export async function standsIn(
  q: Q,
  { workspace, changeId, channel }: Omit<CardPlace, "ts">,
): Promise<boolean> {
  const change = await loadChange(q, workspace, changeId);
  const posts = await postsOf(q, workspace, changeId);
  const digest = await digestFor(q, workspace);
  const places = [change?.channel, digest?.channel, ...posts.map((post) => post.channel)];
  return change !== undefined && (channel.startsWith("D") || places.includes(channel));
}

/**
 * A card we posted but did not live to remember is remembered when somebody presses it, and drawn
 * as the change is now.
 */
export async function adoptCard(world: World, place: CardPlace): Promise<void> {
  const { workspace, changeId, channel, ts } = place;
  const known = await world.store.read((q) => postAt(q, workspace, channel, ts));
  const change = known
    ? undefined
    : await world.store.read((q) => loadChange(q, workspace, changeId));
  if (!change) return;
  await world.store.write(async (q) => {
    await rememberPost(q, {
      workspace,
      id: world.newId("pst"),
      changeId,
      channel,
      ts,
      shownVersion: 0,
      copy: channel.startsWith("D"),
    });
    const job = {
      ...showJob({ workspace, changeId }, change.version),
      key: `adopt:${workspace}:${channel}:${ts}`,
    };
    await enqueue(q, job, world.now());
  });
  world.wake();
}
