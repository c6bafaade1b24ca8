import type { Payload } from "../../queue/kinds.ts";
import { loadChange } from "../../store/changes.ts";
import { lostNotice } from "../cards/lost-words.ts";
import type { Voice } from "./in-thread.ts";
import { inThreadOf } from "./tell-ratify.ts";

/** Says in the thread of a change that follows another which of the other's campaigns it leaves out. */
export async function tellLost(
  voice: Voice,
  workspace: string,
  { changeId, lost }: Payload<"tell_lost">,
): Promise<void> {
  const { store } = voice.world;
  const change = await store.read((q) => loadChange(q, workspace, changeId));
  if (change) await inThreadOf(voice, change, lostNotice(lost));
}
