import type { CampaignRef } from "../domain/campaign.ts";
import { isEnded } from "../domain/settle.ts";
import { listChanges, openChangeFor } from "../store/changes.ts";
import { enqueueAll } from "../store/jobs.ts";
import type { World } from "../world.ts";
import { soughtJob } from "./change-jobs.ts";

const mostSought = 10;
const lookBack = 200;

/** Sees to it that the open changes among these have a card that can be seen. */
export async function seekCards(
  { store, now, wake }: Pick<World, "store" | "now" | "wake">,
  workspace: string,
  changes: readonly { id: string; state: Parameters<typeof isEnded>[0] }[],
): Promise<void> {
  const open = changes.filter(({ state }) => !isEnded(state)).slice(0, mostSought);
  if (open.length === 0) return;
  const jobs = open.map(({ id: changeId }) => soughtJob({ workspace, changeId }, now()));
  if ((await store.write((q) => enqueueAll(q, jobs, now()))) > 0) wake();
}

/** The same for whatever is open about these campaigns; about any of them where none are named. */
export async function seekCardsOf(
  world: Pick<World, "store" | "now" | "wake">,
  workspace: string,
  refs?: readonly Pick<CampaignRef, "connectionId" | "campaign">[],
): Promise<void> {
  const found = await world.store.read(async (q) => {
    if (!refs) return listChanges(q, { workspace, limit: lookBack });
    const open = [];
    for (const { connectionId, campaign } of refs.slice(0, lookBack))
      open.push(await openChangeFor(q, workspace, connectionId, campaign.id));
    return open.filter((one) => one !== undefined);
  });
  const byId = new Map(found.map((change) => [change.id, change]));
  await seekCards(world, workspace, [...byId.values()]);
}
