import { and, asc, eq, inArray } from "drizzle-orm";
import type { CampaignRef } from "../domain/campaign.ts";
import type { Q } from "./handle.ts";

/** A campaign that we paused and have not resumed or cancelled since. */
export interface Paused extends CampaignRef {
  changeId: string;
  by: string;
  since: Date;
  reason?: string;
  until?: Date;
}

/** What stands paused by our own doing in a workspace, the longest first. */
export async function pausedBy(q: Q, workspace: string): Promise<Paused[]> {
  const { changes, targets } = q.t;
  const rows = await q
    .select({ change: changes, target: targets })
    .from(targets)
    .innerJoin(
      changes,
      and(eq(changes.workspace, targets.workspace), eq(changes.id, targets.changeId)),
    )
    .where(and(eq(targets.workspace, workspace), inArray(targets.state, ["done", "already"])))
    .orderBy(asc(targets.checkedAt), asc(changes.askedAt));
  const paused = new Map<string, Paused>();
  for (const { change, target } of rows) {
    const campaign = JSON.stringify([target.connectionId, target.campaignId]);
    const over = target.watch === "changed" || target.watch === "ended";
    if (change.action !== "pause" || over) paused.delete(campaign);
    else if (target.watch === "overtaken") continue;
    else if (target.state === "done") {
      paused.delete(campaign);
      paused.set(campaign, {
        connectionId: target.connectionId,
        connection: target.connection,
        vendor: target.vendor,
        campaign: { id: target.campaignId, name: target.campaignName },
        changeId: change.id,
        by: change.askedBy,
        since: target.checkedAt ?? change.askedAt,
        ...(change.reason !== null && { reason: change.reason }),
        ...(change.until !== null && { until: change.until }),
      });
    } else extend(paused, campaign, change);
  }
  return [...paused.values()];
}

/** A pause that follows the one it stands paused by has put its end off; who paused it, when and why stays. */
function extend(
  paused: Map<string, Paused>,
  campaign: string,
  { id, follows, until }: { id: string; follows: string | null; until: Date | null },
): void {
  const standing = paused.get(campaign);
  if (standing && until && standing.changeId === follows)
    paused.set(campaign, { ...standing, changeId: id, until });
}
