import { jobKinds } from "../queue/kinds.ts";
import { endUnknown, overdueOfOtherKinds } from "../store/relay.ts";
import type { World } from "../world.ts";
import { giveUpUnread } from "./give-up-target.ts";

/** A newer program beside this one would have taken it long before. */
const nobodysAfterMs = 60 * 60_000;

/** Lets go what jobs hold that no program here knows: they are never run, and nobody else comes for them. */
export async function giveUpUnknownJobs(world: World): Promise<void> {
  const before = new Date(world.now().getTime() - nobodysAfterMs);
  const overdue = await world.store.read((q) => overdueOfOtherKinds(q, jobKinds, before));
  for (const job of overdue) {
    await giveUpUnread(world, job);
    await world.store.write((q) => endUnknown(q, job.id, world.now()));
    world.log.error("a job of no known kind was given up", { job: job.id, kind: job.kind });
  }
}
