import { and, asc, desc, eq, gte, inArray, isNotNull, lt, ne, or } from "drizzle-orm";
import type { Change, ChangeState, Vote } from "../domain/change.ts";
import {
  belongs,
  type ChangeRow,
  changeOf,
  changeRow,
  isOpenChange,
  targetOf,
  targetRow,
  voteOf,
} from "./change-rows.ts";
import { CampaignTaken, Conflict } from "./errors.ts";
import type { Q } from "./handle.ts";
import { holding } from "./locking.ts";
import { accountNames, kinOf, targetsOf } from "./same-account.ts";

/** The change as it is now; an unknown id and another workspace's are the same: undefined. */
export async function loadChange(q: Q, workspace: string, id: string): Promise<Change | undefined> {
  const rows = await changeRows(q, workspace, id);
  return (await withParts(q, rows))[0];
}

/** As `loadChange`, and nobody else moves it until this transaction ends. */
export async function lockChange(q: Q, workspace: string, id: string): Promise<Change | undefined> {
  const rows = await holding(q, changeRows(q, workspace, id));
  return (await withParts(q, rows))[0];
}

function changeRows(q: Q, workspace: string, id: string) {
  const { changes } = q.t;
  return q
    .select()
    .from(changes)
    .where(and(eq(changes.workspace, workspace), eq(changes.id, id)));
}

export interface ChangeFilter {
  workspace?: string | undefined;
  state?: ChangeState | undefined;
  /** Asked at this moment or later. */
  since?: Date | undefined;
  id?: string | undefined;
  /** Only what comes after this one in the list. */
  after?: Pick<Change, "askedAt" | "id"> | undefined;
  /** 1,000 if left out. */
  limit?: number | undefined;
}

/** Newest first; without a workspace, of every one: for the operator's own commands. */
export async function listChanges(q: Q, filter: ChangeFilter): Promise<Change[]> {
  const { changes } = q.t;
  const rows = await q
    .select()
    .from(changes)
    .where(
      and(
        filter.workspace === undefined ? undefined : eq(changes.workspace, filter.workspace),
        filter.state === undefined ? undefined : eq(changes.state, filter.state),
        filter.since === undefined ? undefined : gte(changes.askedAt, filter.since),
        filter.id === undefined ? undefined : eq(changes.id, filter.id),
        filter.after && isAfter(q, filter.after),
      ),
    )
    .orderBy(desc(changes.askedAt), desc(changes.id))
    .limit(filter.limit ?? 1000);
  return withParts(q, rows);
}

function isAfter(q: Q, { askedAt, id }: Pick<Change, "askedAt" | "id">) {
  const { changes } = q.t;
  return or(lt(changes.askedAt, askedAt), and(eq(changes.askedAt, askedAt), lt(changes.id, id)));
}

/** What waits for a decision in a workspace, oldest first. */
export async function waitingChanges(q: Q, workspace: string): Promise<Change[]> {
  const { changes } = q.t;
  const rows = await q
    .select()
    .from(changes)
    .where(and(eq(changes.workspace, workspace), eq(changes.state, "waiting")))
    .orderBy(asc(changes.askedAt));
  return withParts(q, rows);
}

/** The one change that holds this campaign, through whichever connection to its account, if there is one. */
export async function openChangeFor(
  q: Q,
  workspace: string,
  connectionId: string,
  campaignId: string,
): Promise<Change | undefined> {
  const { targets } = q.t;
  const kin = await kinOf(q, workspace, { connectionId });
  const [target] = await q
    .select({ changeId: targets.changeId })
    .from(targets)
    .where(and(targetsOf(q, workspace, kin, [campaignId]), isNotNull(targets.openKey)));
  return target && loadChange(q, workspace, target.changeId);
}

/** Every campaign of a workspace that some open change holds, under each connection that leads to it. */
export async function openCampaigns(
  q: Q,
  workspace: string,
): Promise<{ connectionId: string; campaignId: string }[]> {
  const { targets, connections } = q.t;
  const { connectionId, account, campaignId } = targets;
  const open = await q
    .select({ connectionId, account, campaignId })
    .from(targets)
    .where(and(eq(targets.workspace, workspace), isNotNull(targets.openKey)));
  const known = await q
    .select({ id: connections.id })
    .from(connections)
    .where(eq(connections.workspace, workspace));
  const nameOf = await accountNames(q, workspace, open);
  return open.flatMap((one) => {
    const alike = known.filter(({ id }) => nameOf(id) === nameOf(one.connectionId));
    const ids = new Set([one.connectionId, ...alike.map(({ id }) => id)]);
    return [...ids].map((id) => ({ connectionId: id, campaignId: one.campaignId }));
  });
}

/** Every open change of campaigns of these connections. */
export async function openChangesAt(
  q: Q,
  workspace: string,
  connectionIds: readonly string[],
): Promise<Change[]> {
  if (connectionIds.length === 0) return [];
  const { changes, targets } = q.t;
  const theirs = q
    .select({ id: targets.changeId })
    .from(targets)
    .where(
      and(
        eq(targets.workspace, workspace),
        inArray(targets.connectionId, [...connectionIds]),
        isNotNull(targets.openKey),
      ),
    );
  const rows = await q
    .select()
    .from(changes)
    .where(and(eq(changes.workspace, workspace), inArray(changes.id, theirs)))
    .orderBy(asc(changes.askedAt), asc(changes.id));
  return withParts(q, rows);
}

/** A campaign as it was called when something was asked for it last. */
export async function newestTargetOf(
  q: Q,
  workspace: string,
  connectionId: string,
  campaignId: string,
): Promise<{ campaignName: string } | undefined> {
  const { changes, targets } = q.t;
  const [newest] = await q
    .select({ campaignName: targets.campaignName })
    .from(targets)
    .innerJoin(
      changes,
      and(eq(changes.workspace, targets.workspace), eq(changes.id, targets.changeId)),
    )
    .where(
      and(
        eq(targets.workspace, workspace),
        eq(targets.connectionId, connectionId),
        eq(targets.campaignId, campaignId),
      ),
    )
    .orderBy(desc(changes.askedAt), desc(changes.id))
    .limit(1);
  return newest;
}

/** Throws `CampaignTaken` if one of its campaigns has an open change already. */
export async function insertChange(q: Q, change: Change): Promise<void> {
  const { changes } = q.t;
  await q.insert(changes).values(changeRow(change));
  await insertTargets(q, change, 0);
  await insertVotes(q, change, change.votes);
}

/** Those from a place on. */
async function insertTargets(q: Q, change: Change, from: number): Promise<void> {
  const { targets } = q.t;
  const rows = change.targets.map((target, position) => targetRow(change, target, position));
  const taken = [];
  for (const row of rows.slice(from)) {
    const kept = await q
      .insert(targets)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: targets.id });
    if (kept.length === 0)
      taken.push({ connectionId: row.connectionId, campaignId: row.campaignId });
  }
  const more =
    taken.length > 0
      ? taken
      : await heldElsewhere(q, { ...change, targets: change.targets.slice(from) });
  if (more.length > 0) throw new CampaignTaken(more);
}

const mostPerQuery = 500;

/** Open changes from before accounts were kept, or under an earlier key: no unique key tells that they are of the same account. */
async function heldElsewhere(
  q: Q,
  { workspace, id, targets: asked }: Change,
): Promise<{ connectionId: string; campaignId: string }[]> {
  const { targets } = q.t;
  const held = [];
  for (const connectionId of new Set(asked.map((one) => one.connectionId))) {
    const mine = asked.filter((one) => one.connectionId === connectionId);
    const kin = await kinOf(q, workspace, { connectionId, account: mine[0]?.account });
    for (let from = 0; from < mine.length; from += mostPerQuery) {
      const ids = mine.slice(from, from + mostPerQuery).map(({ campaign }) => campaign.id);
      const rows = await q
        .select({ campaignId: targets.campaignId })
        .from(targets)
        .where(
          and(
            targetsOf(q, workspace, kin, ids),
            isNotNull(targets.openKey),
            ne(targets.changeId, id),
          ),
        );
      held.push(...rows.map(({ campaignId }) => ({ connectionId, campaignId })));
    }
  }
  return held;
}

/**
 * Compare-and-set on the version: throws `Conflict` if the change has moved since `before` was loaded, and
 * `CampaignTaken` if a target that is new in it has an open change already.
 */
export async function updateChange(q: Q, before: Change, after: Change): Promise<void> {
  const { changes } = q.t;
  const { workspace, id, ...columns } = changeRow({ ...after, version: before.version + 1 });
  const moved = await q
    .update(changes)
    .set(columns)
    .where(
      and(
        eq(changes.workspace, before.workspace),
        eq(changes.id, before.id),
        eq(changes.version, before.version),
      ),
    )
    .returning({ id: changes.id });
  if (moved.length === 0) throw new Conflict(`change ${id} in ${workspace} has moved`);
  await updateTargets(q, before, after);
  await insertTargets(q, after, before.targets.length);
  const known = new Set(before.votes.map((vote) => vote.by));
  await insertVotes(
    q,
    after,
    after.votes.filter((vote) => !known.has(vote.by)),
  );
}

async function updateTargets(q: Q, before: Change, after: Change): Promise<void> {
  const { targets } = q.t;
  const holdsOn = isOpenChange(before) === isOpenChange(after);
  for (const [position, old] of before.targets.entries()) {
    const target = after.targets[position];
    if (!target) continue;
    if (holdsOn && target === old) continue;
    const row = targetRow(after, target, position);
    if (JSON.stringify(row) === JSON.stringify(targetRow(before, old, position))) continue;
    const { workspace, id, ...columns } = row;
    await q
      .update(targets)
      .set(columns)
      .where(and(eq(targets.workspace, workspace), eq(targets.id, id)));
  }
}

async function insertVotes(q: Q, change: Change, votes: readonly Vote[]): Promise<void> {
  if (votes.length === 0) return;
  await q.insert(q.t.votes).values(
    votes.map((vote) => ({
      workspace: change.workspace,
      changeId: change.id,
      person: vote.by,
      kind: vote.kind,
      reason: vote.reason ?? null,
      at: vote.at,
      steps: vote.steps,
      instead: vote.instead ?? null,
    })),
  );
}

async function withParts(q: Q, rows: readonly ChangeRow[]): Promise<Change[]> {
  if (rows.length === 0) return [];
  const { targets, votes } = q.t;
  const ids = rows.map((row) => row.id);
  // The indexes of the parts begin with the workspace: by the ids alone every row there is would be read.
  const workspaces = [...new Set(rows.map((row) => row.workspace))];
  const targetRows = await q
    .select()
    .from(targets)
    .where(and(inArray(targets.workspace, workspaces), inArray(targets.changeId, ids)))
    .orderBy(asc(targets.position));
  const voteRows = await q
    .select()
    .from(votes)
    .where(and(inArray(votes.workspace, workspaces), inArray(votes.changeId, ids)))
    .orderBy(asc(votes.at), asc(votes.person));
  return rows.map((row) => ({
    ...changeOf(row),
    targets: targetRows.filter((part) => belongs(part, row)).map(targetOf),
    votes: voteRows.filter((part) => belongs(part, row)).map(voteOf),
  }));
}
