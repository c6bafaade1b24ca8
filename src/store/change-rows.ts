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

export function openKey(workspace: string, connectionId: string, campaignId: string): string {
  return JSON.stringify([workspace, connectionId, campaignId]);
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
    openKey: isOpen ? openKey(change.workspace, target.connectionId, campaign.id) : null,
    before: target.before ?? null,
    after: target.after ?? null,
    sentence: target.sentence ?? null,
    checkedAt: target.checkedAt ?? null,
    firstAttemptAt: target.firstAttemptAt ?? null,
    lastAttempt: target.lastAttempt ?? null,
    ...reachRow(reach),
    sinceWord: since?.word ?? null,
    sinceAt: since?.at ?? null,
    begunAt: target.begunAt ?? null,
    watch: target.watch ?? null,
    digest: target.digest ?? null,
  };
}

export function belongs(part: { workspace: string; changeId: string }, row: ChangeRow): boolean {
  return part.workspace === row.workspace && part.changeId === row.id;
}

export function changeOf(row: ChangeRow): Omit<Change, "targets" | "votes"> {
  const { reason, until, expiresAt, decidedAt, endedAt, follows, askedIn, ...more } = row;
  const { ratifyBy, ratified, ratifiedBy, ratifiedAt, notReversed, ...others } = more;
  const { stop, askedAs, escalatedAt, ...rest } = others;
  return {
    ...rest,
    ...filled({ reason, until, expiresAt, decidedAt, endedAt, follows, askedIn }),
    ...filled({ askedAs, escalatedAt, ratifyBy }),
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
  const { begunAt, watch, digest } = row;
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
    ...filled({ begunAt, watch, digest }),
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
