import type { Outcome } from "../../queue/handlers.ts";
import type { World } from "../../world.ts";

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

/** Milliseconds, from one second to a minute; undefined if that is not why Slack refused. */
function waitAskedFor(error: unknown): number | undefined {
  const seconds = (error as { retryAfter?: unknown } | null)?.retryAfter;
  return typeof seconds === "number" ? Math.min(Math.max(seconds, 1), 60) * 1000 : undefined;
}
