import type { Change } from "../../domain/change.ts";
import { isOwed } from "../../domain/ratify.ts";
import { loadChange } from "../../store/changes.ts";
import { postsOf } from "../../store/posts.ts";
import { namedIn } from "../cards/approval-words.ts";
import { leftOutNotice } from "../cards/left-out.ts";
import type { Message } from "../cards/message.ts";
import { actedFirstNotice, unansweredNotice } from "../cards/ratify-words.ts";
import { HeldBack } from "../troubles.ts";
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
): Promise<void> {
  const { store } = voice.world;
  const change = await store.read((q) => loadChange(q, workspace, changeId));
  if (!change || (moment === "start" && !isOwed(change))) return;
  if (moment === "end") return inThreadOf(voice, change, unansweredNotice(change));
  if (await voice.channels.isExternal(workspace, change.channel)) return;
  const names = await voice.names.of(workspace, namedIn(change));
  return inThreadOf(voice, change, actedFirstNotice(change, names));
}

/** Says in the thread of an emergency stop what it did not reach. */
export async function tellLeftOut(
  voice: Voice,
  workspace: string,
  changeId: string,
): Promise<void> {
  const { store } = voice.world;
  const change = await store.read((q) => loadChange(q, workspace, changeId));
  if (change?.scope) await inThreadOf(voice, change, leftOutNotice(change.scope));
}

/** A thread begins with its card, which may still be on its way. */
export async function inThreadOf(voice: Voice, change: Change, notice: Message): Promise<void> {
  const { world } = voice;
  const posts = await world.store.read((q) => postsOf(q, change.workspace, change.id));
  const age = world.now().getTime() - change.askedAt.getTime();
  if (posts.length === 0 && age < cardWithinMs) throw new HeldBack(lookAgainMs);
  await sayInThread(voice, change, notice);
}
