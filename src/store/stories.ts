import { and, eq, type SQL } from "drizzle-orm";
import type { CampaignRef } from "../domain/campaign.ts";
import type { Wished } from "../domain/plan.ts";
import type { Q } from "./handle.ts";
import { inTurn, lineOfAsking, type Turn } from "./in-turn.ts";
import { filled } from "./rows.ts";
import { kinOf, targetsOf } from "./same-account.ts";
import type { Schema } from "./schema.ts";

type Ref = Pick<CampaignRef, "connectionId" | "campaign"> & { account?: string };

interface WishRow {
  wished: Wished;
  turn: Turn;
  target: Schema["targets"]["$inferSelect"];
}

/** A bound for the values of one statement. */
const mostAtOnce = 500;

/** One campaign of one connection. */
export function storyKey({ connectionId, campaign }: Ref): string {
  return JSON.stringify([connectionId, campaign.id]);
}

/** Everything that was ever asked for each of these campaigns, through whichever connection, the oldest first. */
export async function storiesOf(
  q: Q,
  workspace: string,
  refs: readonly Ref[],
): Promise<ReadonlyMap<string, readonly Wished[]>> {
  const stories = new Map<string, Wished[]>();
  for (const connectionId of new Set(refs.map((one) => one.connectionId))) {
    const mine = refs.filter((one) => one.connectionId === connectionId);
    const ids = [...new Set(mine.map(({ campaign }) => campaign.id))];
    const account = mine.find((one) => one.account !== undefined)?.account;
    const kin = await kinOf(q, workspace, { connectionId, account });
    for (let from = 0; from < ids.length; from += mostAtOnce) {
      const theirs = targetsOf(q, workspace, kin, ids.slice(from, from + mostAtOnce));
      const rows = await wishesWhere(q, workspace, theirs);
      const keyOf = ({ target }: WishRow) => JSON.stringify([connectionId, target.campaignId]);
      for (const [key, story] of storiesIn(rows, keyOf)) stories.set(key, story);
    }
  }
  return stories;
}

/** Every wish of a workspace, or some of them. */
export async function wishesWhere(q: Q, workspace: string, where?: SQL): Promise<WishRow[]> {
  const { audit, changes, targets } = q.t;
  const rows = await q
    .select({ change: changes, target: targets, place: audit.seq })
    .from(targets)
    .innerJoin(
      changes,
      and(eq(changes.workspace, targets.workspace), eq(changes.id, targets.changeId)),
    )
    .leftJoin(audit, lineOfAsking(q))
    .where(and(eq(targets.workspace, workspace), where));
  return rows.map(({ change, target, place }) => {
    const { id, action, state, askedBy, askedAt, reason, until, follows } = change;
    const { watch, attempts, checkedAt, after, noted, vendor } = target;
    const wished: Wished = {
      ...{ id, action, state, askedBy, askedAt },
      ...filled({ reason, until, follows }),
      target: {
        ...{ state: target.state, attempts, vendor },
        ...filled({ watch, checkedAt, after, noted }),
      },
    };
    return { wished, target, turn: { id, askedAt, place } };
  });
}

/** The oldest first. */
export function storiesIn(
  rows: readonly WishRow[],
  keyOf: (row: WishRow) => string,
): Map<string, Wished[]> {
  const stories = new Map<string, Wished[]>();
  for (const row of rows.toSorted((a, b) => inTurn(a.turn, b.turn))) {
    const story = stories.get(keyOf(row));
    if (story) story.push(row.wished);
    else stories.set(keyOf(row), [row.wished]);
  }
  return stories;
}

export function refOfRow({ target }: WishRow): CampaignRef {
  const { connectionId, connection, vendor, campaignId: id, campaignName: name } = target;
  return { connectionId, connection, vendor, campaign: { id, name } };
}
