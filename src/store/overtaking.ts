import { and, eq, gt, gte, inArray, ne, or, type SQL } from "drizzle-orm";
import type { CampaignRef } from "../domain/campaign.ts";
import type { Change } from "../domain/change.ts";
import type { Q } from "./handle.ts";
import { kinOf, targetsOf } from "./same-account.ts";
import { inOrder, storyKey } from "./stories.ts";

/** A campaign of one change, named as that change names it, and another change of it, through whichever connection. */
export interface Other
  extends Pick<CampaignRef, "connectionId" | "campaign">,
    Pick<Change, "id" | "action" | "state" | "askedAt"> {
  follows?: string;
  until?: Date;
}

/** A bound for the values of one statement. */
const mostAtOnce = 500;

/** What was asked for the campaigns of a change after it, the oldest first. */
export async function askedAfter(q: Q, change: Change): Promise<Other[]> {
  const { audit } = q.t;
  const isAsked = and(eq(audit.workspace, change.workspace), eq(audit.event, "asked"));
  const [own] = await q
    .select({ seq: audit.seq })
    .from(audit)
    .where(and(isAsked, eq(audit.subject, change.id)));
  // The record knows the order also where the clock was put back in between.
  if (own) {
    const later = q
      .select({ id: audit.subject })
      .from(audit)
      .where(and(isAsked, gt(audit.seq, own.seq)));
    return (await othersOf(q, change, inArray(q.t.changes.id, later))).sort(inOrder);
  }
  const rows = await othersOf(q, change, gte(q.t.changes.askedAt, change.askedAt));
  return rows.filter((row) => inOrder(row, change) > 0).sort(inOrder);
}

/**
 * Of each campaign the change before this one, if it came to something: since that moment, or with an end that is to
 * come. An end that is to come is shown on its card until then, however many others have come since.
 */
export async function doneBefore(q: Q, change: Change, since: Date): Promise<string[]> {
  const { endedAt, until } = q.t.changes;
  const rows = await othersOf(q, change, or(gte(endedAt, since), gt(until, change.askedAt)));
  const before = rows.filter((row) => inOrder(row, change) < 0).sort(inOrder);
  const newest = new Map(before.map((row) => [storyKey(row), row]));
  const shown = before.filter(
    (row) => newest.get(storyKey(row)) === row || (row.until && row.until > change.askedAt),
  );
  const done = shown.filter(({ state }) => state === "done" || state === "partly");
  return [...new Set(done.map(({ id }) => id))];
}

async function othersOf(q: Q, change: Change, when: SQL | undefined): Promise<Other[]> {
  const found: Other[] = [];
  for (const connectionId of new Set(change.targets.map((one) => one.connectionId))) {
    const mine = change.targets.filter((one) => one.connectionId === connectionId);
    const ids = mine.map(({ campaign }) => campaign.id);
    for (let from = 0; from < ids.length; from += mostAtOnce) {
      const some = ids.slice(from, from + mostAtOnce);
      found.push(...(await changesOf(q, change, connectionId, some, when)));
    }
  }
  return found;
}

async function changesOf(
  q: Q,
  { workspace, id, targets: ours }: Change,
  connectionId: string,
  campaigns: readonly string[],
  when: SQL | undefined,
): Promise<Other[]> {
  const { changes, targets } = q.t;
  const account = ours.find((one) => one.connectionId === connectionId)?.account;
  const kin = await kinOf(q, workspace, { connectionId, account });
  const rows = await q
    .select({ change: changes, campaign: { id: targets.campaignId, name: targets.campaignName } })
    .from(targets)
    .innerJoin(
      changes,
      and(eq(changes.workspace, targets.workspace), eq(changes.id, targets.changeId)),
    )
    .where(and(targetsOf(q, workspace, kin, campaigns), ne(targets.changeId, id), when));
  return rows.map(({ change: { id, action, state, askedAt, follows, until }, campaign }) => ({
    ...{ connectionId, campaign, id, action, state, askedAt },
    ...(follows !== null && { follows }),
    ...(until !== null && { until }),
  }));
}
