import { showJob } from "../../flows/change-jobs.ts";
import { loadChange } from "../../store/changes.ts";
import { enqueue } from "../../store/jobs.ts";
import { postAt, rememberPost } from "../../store/posts.ts";
import type { World } from "../../world.ts";

/** The message of a change's own card. */
export interface CardPlace {
  workspace: string;
  changeId: string;
  channel: string;
  ts: string;
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
    });
    const job = {
      ...showJob({ workspace, changeId }, change.version),
      key: `adopt:${workspace}:${channel}:${ts}`,
    };
    await enqueue(q, job, world.now());
  });
  world.wake();
}
