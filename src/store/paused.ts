import { ne } from "drizzle-orm";
import type { CampaignRef } from "../domain/campaign.ts";
import { holdOn, type Wished } from "../domain/plan.ts";
import type { Q } from "./handle.ts";
import { accountNames } from "./same-account.ts";
import { refOfRow, storiesIn, wishesWhere } from "./stories.ts";

/** A campaign that we paused and have not resumed or cancelled since. */
export interface Paused extends CampaignRef {
  /** The latest and longest wish to hold it, and whose it is. */
  changeId: string;
  by: string;
  since: Date;
  reason?: string;
  until?: Date;
}

/** What stands paused by our own doing in a workspace, the longest first. */
export async function pausedBy(q: Q, workspace: string): Promise<Paused[]> {
  const rows = await wishesWhere(q, workspace, ne(q.t.targets.state, "queued"));
  const nameOf = await accountNames(
    q,
    workspace,
    rows.map(({ target }) => target),
  );
  const keyOf = ({ target }: (typeof rows)[number]) =>
    JSON.stringify([nameOf(target.connectionId), target.campaignId]);
  const places = new Map(rows.map((row) => [keyOf(row), refOfRow(row)]));
  return [...storiesIn(rows, keyOf)]
    .flatMap(([key, story]) => {
      const hold = holdOn(story);
      const place = places.get(key);
      if (!hold || !place) return [];
      const { root, holder } = hold;
      // Whoever put an end off has not paused it: who did, when and why stays.
      const who = follows(holder, root, story) ? root : holder;
      const { askedBy: by, reason } = who;
      const since = who.target.checkedAt ?? who.askedAt;
      const paused: Paused = {
        ...{ ...place, changeId: holder.id, by, since },
        ...(reason !== undefined && { reason }),
        ...(holder.until && { until: holder.until }),
      };
      return [paused];
    })
    .sort((a, b) => a.since.getTime() - b.since.getTime());
}

function follows(one: Wished, first: Wished, story: readonly Wished[]): boolean {
  if (one.id === first.id) return true;
  const before = story.find(({ id }) => id === one.follows);
  return before !== undefined && before !== one && follows(before, first, story);
}
