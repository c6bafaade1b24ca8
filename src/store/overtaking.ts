import { and, eq, gt, gte, ne, or, type SQL } from "drizzle-orm";
import type { CampaignRef } from "../domain/campaign.ts";
import type { Change } from "../domain/change.ts";
import type { Q } from "./handle.ts";
import { inTurn, lineOfAsking, type Turn, turnOf } from "./in-turn.ts";
import { kinOf, targetsOf } from "./same-account.ts";
import { storyKey } from "./stories.ts";

/** A campaign of one change, named as that change names it, and another change of it, through whichever connection. */
export interface Other
  extends Pick<CampaignRef, "connectionId" | "campaign">,
    Pick<Change, "id" | "action" | "state"> {
  turn: Turn;
  follows?: string;
  until?: Date;
}

/** A bound for the values of one statement. */
const mostAtOnce = 500;

/** What was asked for the campaigns of a change after it, the oldest first. */
export async function askedAfter(q: Q, change: Change): Promise<Other[]> {
  const own = await turnOf(q, change);
  const { place } = own;
  const later =
    place === null ? gte(q.t.changes.askedAt, change.askedAt) : gt(q.t.audit.seq, place);
  const rows = await othersOf(q, change, later);
  return rows.filter(({ turn }) => inTurn(turn, own) > 0).sort(byTurn);
}

function byTurn(a: Other, b: Other): number {
  return inTurn(a.turn, b.turn);
}

/**
 * Of each campaign the change before this one, if it came to something: since that moment, or with an end that is to
 * come. An end that is to come is shown on its card until then, however many others have come since.
 */
export async function doneBefore(q: Q, change: Change, since: Date): Promise<string[]> {
  const { endedAt, until } = q.t.changes;
  const rows = await othersOf(q, change, or(gte(endedAt, since), gt(until, change.askedAt)));
  const own = await turnOf(q, change);
  const before = rows.filter(({ turn }) => inTurn(turn, own) < 0).sort(byTurn);
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
  const { audit, changes, targets } = q.t;
  const account = ours.find((one) => one.connectionId === connectionId)?.account;
  const kin = await kinOf(q, workspace, { connectionId, account });
  const rows = await q
    .select({
      change: changes,
      campaign: { id: targets.campaignId, name: targets.campaignName },
      place: audit.seq,
    })
    .from(targets)
    .innerJoin(
      changes,
      and(eq(changes.workspace, targets.workspace), eq(changes.id, targets.changeId)),
    )
    .leftJoin(audit, lineOfAsking(q))
    .where(and(targetsOf(q, workspace, kin, campaigns), ne(targets.changeId, id), when));
  return rows.map(
    ({ change: { id, action, state, askedAt, follows, until }, campaign, place }) => ({
      ...{ connectionId, campaign, id, action, state, turn: { id, askedAt, place } },
      ...(follows !== null && { follows }),
      ...(until !== null && { until }),
    }),
  );
}
