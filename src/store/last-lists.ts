import { and, desc, eq, inArray } from "drizzle-orm";
import type { Action } from "../domain/campaign.ts";
import type { Q } from "./handle.ts";
import type { ListedCampaign } from "./schema.ts";

/** What a connection's list showed when it was last read; what was over is left out. */
export interface LastList {
  workspace: string;
  connectionId: string;
  readAt: Date;
  campaigns: readonly ListedCampaign[];
}

/** In place of the list before, as long as there is such a connection. */
export async function keepLastList(q: Q, list: LastList): Promise<void> {
  const { lastLists, connections } = q.t;
  const { workspace, connectionId, readAt, campaigns } = list;
  const here = await q
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.workspace, workspace), eq(connections.id, connectionId)));
  if (here.length === 0) return;
  await q
    .insert(lastLists)
    .values(list)
    .onConflictDoUpdate({
      target: [lastLists.workspace, lastLists.connectionId],
      set: { readAt, campaigns },
    });
}

export async function lastListOf(
  q: Q,
  workspace: string,
  connectionId: string,
): Promise<LastList | undefined> {
  const { lastLists } = q.t;
  const [row] = await q
    .select()
    .from(lastLists)
    .where(and(eq(lastLists.workspace, workspace), eq(lastLists.connectionId, connectionId)));
  return row;
}

export async function forgetLastList(q: Q, workspace: string, connectionId: string): Promise<void> {
  const { lastLists } = q.t;
  await q
    .delete(lastLists)
    .where(and(eq(lastLists.workspace, workspace), eq(lastLists.connectionId, connectionId)));
}

/** What we ourselves last brought about at a connection, newest first. */
interface OwnDeed {
  campaign: { id: string; name: string };
  action: Action;
  at: Date;
}

const mostDeeds = 2_000;

export async function ownDeeds(q: Q, workspace: string, connectionId: string): Promise<OwnDeed[]> {
  const { targets, changes } = q.t;
  const rows = await q
    .select({
      id: targets.campaignId,
      name: targets.campaignName,
      action: changes.action,
      checkedAt: targets.checkedAt,
      askedAt: changes.askedAt,
    })
    .from(targets)
    .innerJoin(
      changes,
      and(eq(changes.workspace, targets.workspace), eq(changes.id, targets.changeId)),
    )
    .where(
      and(
        eq(targets.workspace, workspace),
        eq(targets.connectionId, connectionId),
        inArray(targets.state, ["done", "already"]),
      ),
    )
    .orderBy(desc(changes.askedAt))
    .limit(mostDeeds);
  return rows
    .map(({ id, name, action, checkedAt, askedAt }) => ({
      campaign: { id, name },
      action,
      at: checkedAt ?? askedAt,
    }))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime());
}
