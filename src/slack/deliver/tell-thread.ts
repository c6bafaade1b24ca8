import type { Change } from "../../domain/change.ts";
import type { Payload } from "../../queue/kinds.ts";
import { loadChange } from "../../store/changes.ts";
import { calledDirectlyNotice } from "../cards/called-directly.ts";
import type { Message } from "../cards/message.ts";
import { pauseStaysNotice } from "../cards/pause-end.ts";
import { notReversedNotice } from "../cards/ratify-words.ts";
import { sayInThread, type Voice } from "./in-thread.ts";

const notices = {
  pause_stays: pauseStaysNotice,
  not_reversed: notReversedNotice,
} satisfies Record<string, (change: Change, sentence: string) => Message>;

/** Says in a card's thread what a plan has come to. */
export async function tellThread(
  voice: Voice,
  workspace: string,
  {
    changeId,
    about,
    sentence,
  }: { changeId: string; about: keyof typeof notices; sentence: string },
): Promise<void> {
  const change = await voice.world.store.read((q) => loadChange(q, workspace, changeId));
  if (change) await sayInThread(voice, change, notices[about](change, sentence));
}

/** Tells whoever asked whom their change was put before, while it waits for them. */
export async function tellCalled(
  voice: Voice,
  workspace: string,
  { changeId, people, unsure = false }: Payload<"tell_called">,
): Promise<void> {
  const change = await voice.world.store.read((q) => loadChange(q, workspace, changeId));
  if (change?.state !== "waiting") return;
  const names = await voice.names.of(workspace, people);
  await sayInThread(voice, change, calledDirectlyNotice(people, names, unsure));
}
