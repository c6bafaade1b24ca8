import type { Change } from "../../domain/change.ts";
import { loadChange } from "../../store/changes.ts";
import { markGone, markShown, type Post, postsOf, rememberPost } from "../../store/posts.ts";
import type { World } from "../../world.ts";
import { changeCard } from "../cards/change-card.ts";
import type { Message } from "../cards/message.ts";
import { redactedCard } from "../cards/redacted-card.ts";
import type { Channels } from "../channels.ts";
import { type SlackWeb, slackErrorOf } from "../web.ts";
import { cautionsOf } from "./cautions.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { postTo } from "./post.ts";

/** Errors after which a message will never be there again. */
const goneErrors = new Set([
  "message_not_found",
  "channel_not_found",
  "is_archived",
  "is_inactive",
  "cant_update_message",
  "edit_window_closed",
  "not_in_channel",
]);

/** What it takes to show one change. */
interface Show {
  world: World;
  web: SlackWeb;
  channels: Channels;
  change: Change;
  /** Draw it also where this version of it is shown already: who reads there has changed. */
  anew: boolean;
}

/**
 * Draws a change as it is now on every post of it, or posts it where no post is left. A crash
 * between the post and its memory leaves one spare card, which still works and is adopted when pressed.
 */
export function createShowChange(world: World, web: SlackWeb, channels: Channels) {
  const inTurn = oneAtATime();
  return (workspace: string, changeId: string, { anew = false } = {}): Promise<void> =>
    inTurn(`${workspace}/${changeId}`, async () => {
      const change = await world.store.read((q) => loadChange(q, workspace, changeId));
      if (!change) return;
      const show = { world, web, channels, change, anew };
      const posts = await world.store.read((q) => postsOf(q, workspace, changeId));
      let living = 0;
      for (const one of posts.filter(({ gone }) => !gone)) {
        if (await redraw(show, one)) living += 1;
      }
      if (living === 0 && !anew) await post(show);
    });
}

/** Names and reasons stay among the people of the workspace. */
async function cardFor({ world, channels, change }: Show, channel: string): Promise<Message> {
  const external = await channels.isExternal(change.workspace, channel);
  return external
    ? redactedCard(change)
    : changeCard(change, { cautions: cautionsOf(world, change) });
}

async function post(show: Show): Promise<void> {
  const { channel, ts } = await postSomewhere(show);
  const { world, change } = show;
  const { workspace, id: changeId, version: shownVersion } = change;
  const known = { workspace, id: world.newId("pst"), changeId, channel, ts, shownVersion };
  await world.store.write((q) => rememberPost(q, known));
}

/** Where it belongs; if that channel is closed to us, to the asker alone, for silence is worse. */
async function postSomewhere(show: Show) {
  const { web, change } = show;
  const to = async (channel: string) =>
    postTo(web, change.workspace, channel, await cardFor(show, channel));
  try {
    return await to(change.channel);
  } catch (error) {
    if (!isGone(error)) throw error;
    return to(change.askedBy);
  }
}

/** False if the message is not there any more. */
async function redraw(show: Show, { id, channel, ts, shownVersion }: Post): Promise<boolean> {
  const { world, web, change, anew } = show;
  if (shownVersion >= change.version && !anew) return true;
  const { workspace, version } = change;
  const card = await cardFor(show, channel);
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
