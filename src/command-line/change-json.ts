import type { Change } from "../domain/change.ts";
import type { Attempt } from "../store/attempts.ts";
import type { ChainedLine } from "../store/audit.ts";

/** A change as programs see it; the keys are always there. */
export function changeAsJson(change: Change) {
  const { id, workspace, action, state, reason, askedBy, askedAt, targets, votes } = change;
  return {
    id,
    workspace,
    action,
    state,
    reason: reason ?? null,
    askedBy,
    askedAt: askedAt.toISOString(),
    targets: targets.map((target) => ({
      connection: target.connection,
      vendor: target.vendor,
      campaign: { id: target.campaign.id, name: target.campaign.name },
      state: target.state,
    })),
    votes: votes.map((vote) => ({
      by: vote.by,
      kind: vote.kind,
      at: vote.at.toISOString(),
      reason: vote.reason ?? null,
    })),
  };
}

export function attemptAsJson(change: Change, attempt: Attempt) {
  const target = change.targets.find(({ id }) => id === attempt.targetId);
  return {
    connection: target?.connection ?? null,
    campaign: target ? { id: target.campaign.id, name: target.campaign.name } : null,
    number: attempt.number,
    action: attempt.action,
    startedAt: attempt.startedAt.toISOString(),
    endedAt: attempt.endedAt?.toISOString() ?? null,
    result: attempt.result ?? null,
    detail: attempt.detail ?? null,
  };
}

export function auditAsJson(line: ChainedLine) {
  const { workspace, seq, at, actor, event, subject, detail, previousHash, hash } = line;
  return {
    workspace,
    seq,
    at: at.toISOString(),
    actor,
    event,
    subject,
    detail: parsed(detail),
    previousHash,
    hash,
  };
}

/** A line that somebody has tampered with is shown as it is. */
function parsed(detail: string): unknown {
  try {
    return JSON.parse(detail);
  } catch {
    return detail;
  }
}
