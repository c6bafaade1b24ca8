import type { Outcome, RunningJob } from "../../queue/handlers.ts";
import { type JobKind, running } from "../../queue/kinds.ts";
import type { World } from "../../world.ts";
import {
  endedTokenMs,
  isEnded,
  isUnknown,
  slackErrorOf,
  troubleOf,
  waitAskedFor,
} from "../troubles.ts";

/** So long does a word of Slack's that we do not know count as one that passes. */
const unknown = { forMs: 45 * 60_000, tries: 20 };
/** After so long of such words the next best place is as good as it gets. */
const nextBestAfterMs = 10 * 60_000;

type Waiting = Pick<RunningJob, "id" | "kind" | "workspace" | "troubledAt">;

/**
 * For what must arrive however long Slack is away. A trouble that passes is waited out, half a minute at a time at
 * most; where our token has ended the work rests for ten, for somebody may install us again. A word that we do not
 * know is waited out like one that passes, and not for ever; a refusal that nobody has answered ends the work.
 */
export async function untilSlackTakesIt(
  world: Pick<World, "now" | "random" | "log">,
  job: Waiting,
  work: () => Promise<Outcome> | Promise<void>,
): Promise<Outcome> {
  try {
    return (await work()) ?? { kind: "done" };
  } catch (error) {
    const trouble = troubleOf(error);
    const now = world.now().getTime();
    const wait = waitAskedFor(error);
    if (wait !== undefined) return { kind: "held", at: new Date(now + wait) };
    if (trouble === undefined) throw error;
    if (["place", "gone", "ours"].includes(trouble)) return { kind: "over", error };
    const { id, kind, workspace } = job;
    const reason = slackErrorOf(error) ?? "no answer";
    world.log.warn("Slack keeps work waiting", { job: id, kind, workspace, reason });
    const rest = isEnded(error) ? endedTokenMs : pause(world, troubledMs(world, job));
    const waits = { kind: "waits", at: new Date(now + rest), error } as const;
    const forMs = waitsMs(kind);
    return isUnknown(error)
      ? { ...waits, forMs: Math.min(forMs, unknown.forMs), tries: unknown.tries }
      : { ...waits, forMs };
  }
}

/** For how long Slack has kept a job from its work. */
function troubledMs({ now }: Pick<World, "now">, { troubledAt }: Pick<Waiting, "troubledAt">) {
  return troubledAt ? now().getTime() - troubledAt.getTime() : 0;
}

/** Words of Slack's that we do not know have gone on for so long that another place is tried. */
export function takesNextBest(
  world: Pick<World, "now">,
  job: Pick<Waiting, "troubledAt">,
): boolean {
  return troubledMs(world, job) >= nextBestAfterMs;
}

function waitsMs(kind: string): number {
  return running[kind as JobKind].waitsMs;
}

/** Longer the longer it has been tried, so that a stumble costs half a second and a day away costs Slack little. */
function pause({ random }: Pick<World, "random">, ageMs: number): number {
  return Math.min(Math.max(ageMs, 500), 30_000) * (0.5 + random() / 2);
}
