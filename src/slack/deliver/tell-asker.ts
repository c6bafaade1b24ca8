import { isEnded } from "../../domain/settle.ts";
import { loadChange } from "../../store/changes.ts";
import { changedNotice, endNotice } from "../cards/change-card.ts";
import { pauseStaysNotice } from "../cards/pause-end.ts";
import { sayInThread, type Voice } from "./in-thread.ts";

/** Quick work in front of the asker's eyes needs no call; the card has just shown it. */
const worthACallMs = 15_000;

/**
 * At the end of a change: one line in the card's thread that calls the asker by name. Where the card may not tell
 * the whole story, the asker is always told it, directly.
 */
export async function tellAsker(voice: Voice, workspace: string, changeId: string): Promise<void> {
  const { store } = voice.world;
  const change = await store.read((q) => loadChange(q, workspace, changeId));
  if (!change || !isEnded(change.state) || !change.endedAt) return;
  const quick = change.endedAt.getTime() - change.askedAt.getTime() < worthACallMs;
  const seen = change.state === "done" && change.verdict.kind === "allow" && quick;
  if (seen && !(await voice.channels.isExternal(workspace, change.channel))) return;
  await sayInThread(voice, change, endNotice(change));
}

/** Loudly, for it may be calling or sending again: what was asked for did not stay so. */
export async function tellChanged(
  voice: Voice,
  workspace: string,
  changeId: string,
  targetId: string,
): Promise<void> {
  const { store } = voice.world;
  const change = await store.read((q) => loadChange(q, workspace, changeId));
  const target = change?.targets.find(({ id }) => id === targetId);
  if (change && target) await sayInThread(voice, change, changedNotice(change, target));
}

/** Whoever planned the end of a pause counts on it: why it did not come, in words. */
export async function tellNotEnded(
  voice: Voice,
  workspace: string,
  changeId: string,
  sentences: readonly string[],
): Promise<void> {
  const { store } = voice.world;
  const change = await store.read((q) => loadChange(q, workspace, changeId));
  if (change) await sayInThread(voice, change, pauseStaysNotice(change, sentences.join(" ")));
}
