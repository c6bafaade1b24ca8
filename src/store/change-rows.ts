import {
  type Change,
  openStates,
  openTargetStates,
  type Target,
  type Vote,
} from "../domain/change.ts";
import { filled } from "./rows.ts";
import type { Schema } from "./schema.ts";

export type ChangeRow = Schema["changes"]["$inferSelect"];
type TargetRow = Schema["targets"]["$inferSelect"];
type VoteRow = Schema["votes"]["$inferSelect"];

/** `owner`: the connection, or the account behind it. */
function openKey(workspace: string, owner: string, campaignId: string): string {
  return JSON.stringify([workspace, owner, campaignId]);
}

function isOneOf<T extends string>(value: string, list: readonly T[]): value is T {
  return (list as readonly string[]).includes(value);
}

/** While it is, it alone holds its campaigns. */
export function isOpenChange({ state }: Change): boolean {
  return isOneOf(state, openStates);
}

export function changeRow({ targets, votes, ratified, ...change }: Change): ChangeRow {
  return {
    ...change,
    stop: change.stop ?? null,
    scope: change.scope ?? null,
    askedAs: change.askedAs ?? null,
    escalatedAt: change.escalatedAt ?? null,
    ratifyBy: change.ratifyBy ?? null,
    ratified: ratified?.kind ?? null,
    ratifiedBy: ratified?.by ?? null,
    ratifiedAt: ratified?.at ?? null,
    notReversed: ratified?.nothing ?? null,
    reason: change.reason ?? null,
    until: change.until ?? null,
    expiresAt: change.expiresAt ?? null,
    decidedAt: change.decidedAt ?? null,
    endedAt: change.endedAt ?? null,
    follows: change.follows ?? null,
    askedIn: change.askedIn ?? null,
  };
}

export function targetRow(change: Change, target: Target, position: number): TargetRow {
  const { campaign, reach, since, ...rest } = target;
  const isOpen = isOpenChange(change) && isOneOf(target.state, openTargetStates);
  return {
    ...rest,
    workspace: change.workspace,
    changeId: change.id,
    position,
    campaignId: campaign.id,
    campaignName: campaign.name,
    account: target.account ?? null,
    mark: target.mark ?? null,
    unread: target.unread ?? false,
    calledNow: target.calledNow ?? null,
    openKey: isOpen ? openKey(change.workspace, target.connectionId, campaign.id) : null,
    openAccountKey:
      isOpen && target.account !== undefined
        ? openKey(change.workspace, target.account, campaign.id)
        : null,
    before: target.before ?? null,
    after: target.after ?? null,
    noted: target.noted ?? null,
    sentence: target.sentence ?? null,
    checkedAt: target.checkedAt ?? null,
    firstAttemptAt: target.firstAttemptAt ?? null,
    lastAttempt: target.lastAttempt ?? null,
    ...reachRow(reach),
    sinceWord: since?.word ?? null,
    sinceAt: since?.at ?? null,
    begunAt: target.begunAt ?? null,
    watch: target.watch ?? null,
    watchSince: target.watchSince ?? null,
    watchUntil: target.watchUntil ?? null,
    watchFor: target.watchFor ?? null,
    overtaken: target.overtaken ?? null,
    note: target.note ?? null,
    digest: target.digest ?? null,
  };
}

export function belongs(part: { workspace: string; changeId: string }, row: ChangeRow): boolean {
  return part.workspace === row.workspace && part.changeId === row.id;
}

export function changeOf(row: ChangeRow): Omit<Change, "targets" | "votes"> {
  const { reason, until, expiresAt, decidedAt, endedAt, follows, askedIn, ...more } = row;
  const { ratifyBy, ratified, ratifiedBy, ratifiedAt, notReversed, ...others } = more;
  const { stop, scope, askedAs, escalatedAt, ...rest } = others;
  return {
    ...rest,
    ...filled({ reason, until, expiresAt, decidedAt, endedAt, follows, askedIn }),
    ...filled({ scope, askedAs, escalatedAt, ratifyBy }),
    ...(stop && { stop }),
    ...(ratified && {
      ratified: {
        kind: ratified,
        at: ratifiedAt ?? row.askedAt,
        ...filled({ by: ratifiedBy, nothing: notReversed }),
      },
    }),
  };
}

export function targetOf(row: TargetRow): Target {
  const { before, after, sentence, checkedAt, firstAttemptAt, lastAttempt } = row;
  const { begunAt, watch, digest, account, mark, unread, calledNow, noted } = row;
  const { watchSince, watchUntil, watchFor, overtaken, note } = row;
  return {
    id: row.id,
    connectionId: row.connectionId,
    connection: row.connection,
    connectionVersion: row.connectionVersion,
    vendor: row.vendor,
    campaign: { id: row.campaignId, name: row.campaignName },
    state: row.state,
    attempts: row.attempts,
    reads: row.reads,
    stumbles: row.stumbles,
    ...filled({ before, after, sentence, checkedAt, firstAttemptAt, lastAttempt }),
    ...filled({ begunAt, watch, digest, account, mark, calledNow, noted }),
    // Rows of before this was kept have the id in place of a name that was not read.
    ...((unread ?? row.campaignName === row.campaignId) && { unread: true }),
    ...filled({ watchSince, watchUntil, watchFor, overtaken, note }),
    ...(row.reach && row.reachAt && { reach: { ...row.reach, at: row.reachAt } }),
    ...(row.sinceWord !== null &&
      row.sinceAt && { since: { word: row.sinceWord, at: row.sinceAt } }),
  };
}

export function voteOf(row: VoteRow): Vote {
  const { reason, instead } = row;
  const { person: by, kind, at, steps } = row;
  return { by, kind, at, steps, ...filled({ reason, instead }) };
}

function reachRow(reach: Target["reach"]): Pick<TargetRow, "reach" | "reachAt"> {
  if (!reach) return { reach: null, reachAt: null };
  const { at, ...counts } = reach;
  return { reach: counts, reachAt: at };
}
