import type { Change, Target } from "../domain/change.ts";
import type { Jump } from "../queue/clock-watch.ts";
import { kindsThatOnlyWait } from "../queue/kinds.ts";
import { changesAhead, relayJobs } from "../store/relay.ts";
import type { World } from "../world.ts";
import { type ChangeKey, moveChange } from "./move-change.ts";

/** No lease is longer than this; whoever lives makes it last longer in time. */
const leaseMs = 15_000;

/**
 * After the clock has jumped. Forward there is nothing to lay anew: what is due is due, and limits count by the clock
 * that people read. Put back, everything that was laid while it was ahead is laid as far back, so that nothing waits as
 * long as the clock was wrong, and no limit lasts longer for it. Moments that people were told of stay what they are.
 */
export async function putRight(world: World, { byMs }: Jump): Promise<void> {
  world.log.warn("the clock has jumped", { ms: byMs });
  if (byMs < 0) {
    const back = { now: world.now(), byMs: -byMs, kinds: kindsThatOnlyWait, leaseMs };
    await relayJobs(world.store, back);
    const ahead = await world.store.read((q) => changesAhead(q, back.now));
    for (const key of ahead) await relayChange(world, key, back);
  }
  world.wake();
}

/** What it counts its time by lay in the future: that moment was as far back by the right clock. */
async function relayChange(
  world: World,
  key: ChangeKey,
  { now, byMs }: { now: Date; byMs: number },
): Promise<void> {
  const back = (at: Date | undefined) => (at && at > now ? new Date(at.getTime() - byMs) : at);
  await moveChange(world, key, "fermata", (change) => {
    const { decidedAt, targets } = change;
    const decided = back(decidedAt);
    const after: Change = {
      ...change,
      ...(decided && { decidedAt: decided }),
      targets: targets.map((target): Target => {
        const [begunAt, firstAttemptAt] = [back(target.begunAt), back(target.firstAttemptAt)];
        return {
          ...target,
          ...(begunAt && { begunAt }),
          ...(firstAttemptAt && { firstAttemptAt }),
        };
      }),
    };
    return {
      result: undefined,
      after,
      audit: [{ event: "clock_put_right", subject: key.changeId, detail: { ms: byMs } }],
    };
  });
}
