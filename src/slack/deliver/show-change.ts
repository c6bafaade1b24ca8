import type { Change } from "../../domain/change.ts";
import { loadChange } from "../../store/changes.ts";
import { markGone, markShown, type Post, postsOf, rememberPost } from "../../store/posts.ts";
import type { World } from "../../world.ts";
import { changeCard } from "../cards/change-card.ts";
import type { Message } from "../cards/message.ts";
import { type SlackWeb, slackErrorOf } from "../web.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { postTo } from "./post.ts";

/** Errors after which a message will never be there again. */
const goneErrors = new Set([
  "message_not_found",
  "channel_not_found",
  "is_archived",
  "is_inactive",
  "cant_update_message",
  "not_in_channel",
]);

/**
 * Draws a change as it is now on every post of it, or posts it where no post is left. A crash
 * between the post and its memory leaves one spare card, which still works and is adopted when pressed.
 */
export function createShowChange(world: World, web: SlackWeb) {
  const inTurn = oneAtATime();
  return (workspace: string, changeId: string): Promise<void> =>
    inTurn(`${workspace}/${changeId}`, async () => {
      const change = await world.store.read((q) => loadChange(q, workspace, changeId));
      if (!change) return;
      const card = changeCard(change, { cautions: cautionsOf(world, change) });
      const posts = await world.store.read((q) => postsOf(q, workspace, changeId));
      let living = 0;
      for (const one of posts.filter(({ gone }) => !gone)) {
        if (await redraw(world, web, change, card, one)) living += 1;
      }
      if (living === 0) await post(world, web, change, card);
    });
}

async function post(world: World, web: SlackWeb, change: Change, card: Message): Promise<void> {
  const { channel, ts } = await postSomewhere(web, change, card);
  const { workspace, id: changeId, version: shownVersion } = change;
  const known = { workspace, id: world.newId("pst"), changeId, channel, ts, shownVersion };
  await world.store.write((q) => rememberPost(q, known));
}

/** Where it belongs; if that channel is closed to us, to the asker alone, for silence is worse. */
async function postSomewhere(web: SlackWeb, change: Change, card: Message) {
  try {
    return await postTo(web, change.workspace, change.channel, card);
  } catch (error) {
    if (!isGone(error)) throw error;
    return postTo(web, change.workspace, change.askedBy, card);
  }
}

/** False if the message is not there any more. */
async function redraw(
  world: World,
  web: SlackWeb,
  change: Change,
  card: Message,
  { id, channel, ts, shownVersion }: Post,
): Promise<boolean> {
  if (shownVersion >= change.version) return true;
  const { workspace, version } = change;
  try {
    const client = await web.client(workspace);
    await client.chat.update({ channel, ts, ...card });
  } catch (error) {
    if (!isGone(error)) throw error;
    await world.store.write((q) => markGone(q, workspace, id));
    return false;
  }
  await world.store.write((q) => markShown(q, workspace, id, version));
  return true;
}

function isGone(error: unknown): boolean {
  return goneErrors.has(slackErrorOf(error) ?? "");
}

/** Sentences that hold for every success at a vendor, by target. */
function cautionsOf(world: World, change: Change): Record<string, string> {
  const entries = change.targets.flatMap((target) => {
    const capability = world.vendors[target.vendor].capabilities[change.action];
    const caution = "caution" in capability ? capability.caution : undefined;
    return caution === undefined ? [] : [[target.id, caution] as const];
  });
  return Object.fromEntries(entries);
}
