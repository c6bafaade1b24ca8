import { and, desc, eq } from "drizzle-orm";
import type { Change, Target } from "../domain/change.ts";
import type { Newer } from "../domain/watch.ts";
import type { Q } from "./handle.ts";
import { filled } from "./rows.ts";
import { kinOf, targetsOf } from "./same-account.ts";

/** A campaign in one of the changes that were asked for it. */
interface Story extends Newer {
  targetId: string;
  askedAt: Date;
  endedAt?: Date;
  watch?: Target["watch"];
}

type Of = Pick<Target, "connectionId" | "campaign" | "account">;

/** More than this is asked for one campaign within a watch by nobody. */
const mostAtOnce = 50;

/** What was asked for a campaign after this change, the oldest first. */
export async function askedSince(
  q: Q,
  change: Pick<Change, "workspace" | "id" | "askedAt">,
  of: Of,
): Promise<Newer[]> {
  return (await storiesOf(q, change.workspace, of)).filter((one) => isAfter(one, change));
}

/**
 * Earlier successes whose campaign a change that did something else takes over: those that are still watched, and those
 * that ended since.
 */
export async function takenOverBy(
  q: Q,
  change: Pick<Change, "workspace" | "id" | "askedAt" | "action">,
  of: Of,
  since: Date,
): Promise<{ changeId: string; targetId: string }[]> {
  const earlier = (await storiesOf(q, change.workspace, of)).filter(
    (one) =>
      one.change !== change.id &&
      !isAfter(one, change) &&
      one.action !== change.action &&
      (one.state === "done" || one.state === "already") &&
      (one.watch === "watching" || one.watch === "settled" || one.watch === undefined) &&
      (one.watch === "watching" || (one.endedAt !== undefined && one.endedAt >= since)),
  );
  return earlier.map(({ change: changeId, targetId }) => ({ changeId, targetId }));
}

/** When a change of ours last moved a campaign; undefined if none has. */
export async function lastMovedAt(q: Q, workspace: string, of: Of): Promise<Date | undefined> {
  const moved = (await storiesOf(q, workspace, of)).findLast(({ state }) => state === "done");
  return moved && (moved.endedAt ?? moved.askedAt);
}

/** The newest of a campaign, through whichever connection to its account, the oldest of them first. */
async function storiesOf(q: Q, workspace: string, of: Of): Promise<Story[]> {
  const { changes, targets } = q.t;
  const kin = await kinOf(q, workspace, of);
  const rows = await q
    .select({ change: changes, target: targets })
    .from(targets)
    .innerJoin(
      changes,
      and(eq(changes.workspace, targets.workspace), eq(changes.id, targets.changeId)),
    )
    .where(targetsOf(q, workspace, kin, [of.campaign.id]))
    .orderBy(desc(changes.askedAt), desc(changes.id))
    .limit(mostAtOnce);
  return rows.reverse().map(({ change, target }) => ({
    change: change.id,
    by: change.askedBy,
    action: change.action,
    askedAt: change.askedAt,
    targetId: target.id,
    state: target.state,
    attempts: target.attempts,
    ...filled({ endedAt: change.endedAt, watch: target.watch, lastAttempt: target.lastAttempt }),
  }));
}

/** A campaign has one open change at a time, so the order of asking is the order of doing. */
function isAfter(
  { change, askedAt }: Pick<Story, "change" | "askedAt">,
  than: Pick<Change, "id" | "askedAt">,
): boolean {
  const later = askedAt.getTime() - than.askedAt.getTime();
  return later > 0 || (later === 0 && change > than.id);
}
