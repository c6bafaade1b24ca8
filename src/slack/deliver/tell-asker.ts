import { isEnded } from "../../domain/settle.ts";
import { loadChange } from "../../store/changes.ts";
import type { World } from "../../world.ts";
import { endNotice } from "../cards/change-card.ts";
import type { SlackWeb } from "../web.ts";
import { sayInThread } from "./in-thread.ts";

/** Quick work in front of the asker's eyes needs no call; the card has just shown it. */
const worthACallMs = 15_000;

/** At the end of a change: one line in the card's thread that calls the asker by name. */
export async function tellAsker(
  world: World,
  web: SlackWeb,
  workspace: string,
  changeId: string,
): Promise<void> {
  const change = await world.store.read((q) => loadChange(q, workspace, changeId));
  if (!change || !isEnded(change.state) || !change.endedAt) return;
  const quick = change.endedAt.getTime() - change.askedAt.getTime() < worthACallMs;
  if (change.state === "done" && change.verdict.kind === "allow" && quick) return;
  await sayInThread(world, web, change, endNotice(change));
}
