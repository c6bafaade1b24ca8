import type { Outcome } from "../../queue/handlers.ts";
import type { World } from "../../world.ts";
import { endedTokenMs, isEnded, isPassing, slackErrorOf, waitAskedFor } from "../troubles.ts";

/** Being called too often is no failure: the work comes back when Slack wants to be asked again. */
export async function asSlackAllows(
  world: Pick<World, "now">,
  work: () => Promise<void>,
): Promise<Outcome> {
  try {
    await work();
    return { kind: "done" };
  } catch (error) {
    const wait = waitAskedFor(error);
    if (wait === undefined) throw error;
    return { kind: "again", at: new Date(world.now().getTime() + wait) };
  }
}

/**
 * For what must arrive however long Slack is away. A trouble that passes is waited out, half a minute at a time at
 * most; where our token has ended the work rests for ten, for somebody may install us again.
 */
export async function untilSlackTakesIt(
  world: Pick<World, "now" | "random" | "log">,
  job: { id: number; kind: string; workspace: string; createdAt: Date },
  work: () => Promise<void>,
): Promise<Outcome> {
  try {
    return await asSlackAllows(world, work);
  } catch (error) {
    if (!isPassing(error) && !isEnded(error)) throw error;
    const { id, kind, workspace } = job;
    const reason = slackErrorOf(error) ?? "no answer";
    world.log.warn("Slack does not take a message; it is kept", {
      job: id,
      kind,
      workspace,
      reason,
    });
    const now = world.now().getTime();
    const age = now - job.createdAt.getTime();
    return {
      kind: "again",
      at: new Date(now + (isEnded(error) ? endedTokenMs : pause(world, age))),
    };
  }
}

/** Longer the longer it has been tried, so that a stumble costs half a second and a day away costs Slack little. */
function pause({ random }: Pick<World, "random">, ageMs: number): number {
  return Math.min(Math.max(ageMs, 500), 30_000) * (0.5 + random() / 2);
}
