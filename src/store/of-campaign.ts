import { and, desc, eq, isNull } from "drizzle-orm";
import type { Change, Target } from "../domain/change.ts";
import type { Newer } from "../domain/watch.ts";
import type { Q } from "./handle.ts";
import { inTurn, lineOfAsking, type Turn, turnOf } from "./in-turn.ts";
import { filled } from "./rows.ts";
import { kinOf, targetsOf } from "./same-account.ts";

/** A campaign in one of the changes that were asked for it. */
interface Story extends Newer {
  targetId: string;
  turn: Turn;
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
  const own = await turnOf(q, change);
  return (await storiesOf(q, change.workspace, of)).filter(({ turn }) => inTurn(turn, own) > 0);
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
  const own = await turnOf(q, change);
  const earlier = (await storiesOf(q, change.workspace, of)).filter(
    (one) =>
      inTurn(one.turn, own) < 0 &&
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
  return moved && (moved.endedAt ?? moved.turn.askedAt);
}

/** The newest of a campaign, through whichever connection to its account, the oldest of them first. */
async function storiesOf(q: Q, workspace: string, of: Of): Promise<Story[]> {
  const { audit, changes, targets } = q.t;
  const kin = await kinOf(q, workspace, of);
  const rows = await q
    .select({ change: changes, target: targets, place: audit.seq })
    .from(targets)
    .innerJoin(
      changes,
      and(eq(changes.workspace, targets.workspace), eq(changes.id, targets.changeId)),
    )
    .leftJoin(audit, lineOfAsking(q))
    .where(targetsOf(q, workspace, kin, [of.campaign.id]))
    .orderBy(desc(isNull(audit.seq)), desc(audit.seq), desc(changes.askedAt), desc(changes.id))
    .limit(mostAtOnce);
  return rows.reverse().map(({ change, target, place }) => ({
    change: change.id,
    by: change.askedBy,
    action: change.action,
    turn: { id: change.id, askedAt: change.askedAt, place },
    targetId: target.id,
    state: target.state,
    attempts: target.attempts,
    ...filled({ endedAt: change.endedAt, watch: target.watch, lastAttempt: target.lastAttempt }),
  }));
}
