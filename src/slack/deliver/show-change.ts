import type { Change } from "../../domain/change.ts";
import { loadChange } from "../../store/changes.ts";
import { markGone, markShown, type Post, postsOf, rememberPost } from "../../store/posts.ts";
import type { World } from "../../world.ts";
import { changeCard } from "../cards/change-card.ts";
import type { Message } from "../cards/message.ts";
import { type SlackWeb, slackErrorOf } from "../web.ts";

/** What showing needs to know of a vendor: what is true of every success. */
type Cautions = (change: Change) => Readonly<Record<string, string>>;

/** Errors after which a message will never be there again. */
const goneErrors = new Set([
  "message_not_found",
  "channel_not_found",
  "is_archived",
  "cant_update_message",
  "not_in_channel",
]);

/**
 * Draws a change as it is now on every post of it, or posts it. A crash between the post and its
 * memory leaves one spare card, which still works and is adopted when pressed.
 */
export function createShowChange(world: World, web: SlackWeb) {
  const inTurn = oneAtATime();
  return (workspace: string, changeId: string): Promise<void> =>
    inTurn(`${workspace}/${changeId}`, async () => {
      const change = await world.store.read((q) => loadChange(q, workspace, changeId));
      if (!change) return;
      const card = changeCard(change, { cautions: cautionsOf(world, change) });
      const posts = await world.store.read((q) => postsOf(q, workspace, changeId));
      const living = posts.filter(({ gone }) => !gone);
      if (living.length === 0) return post(world, web, change, card);
      for (const one of living) await redraw(world, web, change, card, one);
    });
}

async function post(world: World, web: SlackWeb, change: Change, card: Message): Promise<void> {
  const posted = await postSomewhere(web, change, card);
  await world.store.write((q) =>
    rememberPost(q, {
      workspace: change.workspace,
      id: world.newId("pst"),
      changeId: change.id,
      channel: posted.channel,
      ts: posted.ts,
      shownVersion: change.version,
    }),
  );
}

/** Where it belongs; if that channel is closed to us, to the asker alone, for silence is worse. */
async function postSomewhere(web: SlackWeb, change: Change, card: Message) {
  try {
    return await postTo(web, change.workspace, change.channel, card);
  } catch (error) {
    if (!goneErrors.has(slackErrorOf(error) ?? "")) throw error;
    return postTo(web, change.workspace, change.askedBy, card);
  }
}

export async function postTo(
  web: SlackWeb,
  workspace: string,
  channel: string,
  message: Message,
  threadTs?: string,
) {
  const answer = await web.client(workspace).chat.postMessage({
    channel,
    ...message,
    ...(threadTs ? { thread_ts: threadTs } : {}),
    unfurl_links: false,
    unfurl_media: false,
  });
  return { channel: answer.channel ?? channel, ts: answer.ts ?? "" };
}

async function redraw(
  world: World,
  web: SlackWeb,
  change: Change,
  card: Message,
  post: Post,
): Promise<void> {
  if (post.shownVersion >= change.version) return;
  try {
    await web.client(change.workspace).chat.update({ channel: post.channel, ts: post.ts, ...card });
    await world.store.write((q) => markShown(q, change.workspace, post.id, change.version));
  } catch (error) {
    if (!goneErrors.has(slackErrorOf(error) ?? "")) throw error;
    await world.store.write((q) => markGone(q, change.workspace, post.id));
  }
}

/** Sentences that hold for every success at a vendor, by target. */
const cautionsOf = (world: World, change: Change): ReturnType<Cautions> => {
  const entries = change.targets.flatMap((target) => {
    const capability = world.vendors[target.vendor].capabilities[change.action];
    return "caution" in capability && capability.caution
      ? [[target.id, capability.caution] as const]
      : [];
  });
  return Object.fromEntries(entries);
};

/** Work on one key waits for its turn; work on different keys does not. */
function oneAtATime() {
  const tails = new Map<string, Promise<void>>();
  return (key: string, work: () => Promise<void>): Promise<void> => {
    const mine = (tails.get(key) ?? Promise.resolve()).then(work);
    const tail = mine
      .catch(() => {})
      .finally(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    tails.set(key, tail);
    return mine;
  };
}
