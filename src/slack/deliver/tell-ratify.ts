import type { Change } from "../../domain/change.ts";
import { isOwed } from "../../domain/ratify.ts";
import type { Outcome } from "../../queue/handlers.ts";
import { loadChange } from "../../store/changes.ts";
import { postsOf } from "../../store/posts.ts";
import { namedIn } from "../cards/approval-words.ts";
import { leftOutNotice } from "../cards/left-out.ts";
import type { Message } from "../cards/message.ts";
import { actedFirstNotice, unansweredNotice } from "../cards/ratify-words.ts";
import { asSlackAllows } from "./as-slack-allows.ts";
import { sayInThread, type Voice } from "./in-thread.ts";

/** How long a line waits for the card in whose thread it belongs, and how long between two looks. */
const cardWithinMs = 15 * 60_000;
const lookAgainMs = 1_000;

/**
 * Calls those who are to know of what acted first: at its start, though not where people of other organisations read,
 * and when nobody has answered for it.
 */
export async function tellRatify(
  voice: Voice,
  workspace: string,
  { changeId, moment }: { changeId: string; moment: "start" | "end" },
): Promise<Outcome> {
  const { store } = voice.world;
  const change = await store.read((q) => loadChange(q, workspace, changeId));
  if (!change || (moment === "start" && !isOwed(change))) return { kind: "done" };
  if (moment === "end") return inThreadOf(voice, change, unansweredNotice(change));
  if (await voice.channels.isExternal(workspace, change.channel)) return { kind: "done" };
  const names = await voice.names.of(workspace, namedIn(change));
  return inThreadOf(voice, change, actedFirstNotice(change, names));
}

/** Says in the thread of an emergency stop what it did not reach. */
export async function tellLeftOut(
  voice: Voice,
  workspace: string,
  changeId: string,
): Promise<Outcome> {
  const { store } = voice.world;
  const change = await store.read((q) => loadChange(q, workspace, changeId));
  if (!change?.scope) return { kind: "done" };
  return inThreadOf(voice, change, leftOutNotice(change.scope));
}

/** A thread begins with its card, which may still be on its way. */
export async function inThreadOf(voice: Voice, change: Change, notice: Message): Promise<Outcome> {
  const { world } = voice;
  const posts = await world.store.read((q) => postsOf(q, change.workspace, change.id));
  const now = world.now().getTime();
  if (posts.length === 0 && now < change.askedAt.getTime() + cardWithinMs)
    return { kind: "again", at: new Date(now + lookAgainMs) };
  return asSlackAllows(world, () => sayInThread(voice, change, notice));
}
