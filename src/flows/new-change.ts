import type { Action } from "../domain/campaign.ts";
import type { Change, Target } from "../domain/change.ts";
import type { Verdict } from "../domain/policy.ts";
import { shorten } from "../domain/shorten.ts";
import { decideBy } from "../domain/time-out.ts";
import { digestOf } from "./agreed.ts";
import type { FoundTarget } from "./find-wished.ts";
import { longestNote } from "./standing-note.ts";
import type { Submission } from "./submit-change.ts";

/** Everything that is decided about a wish before it is put on record. */
interface Decided {
  id: string;
  at: Date;
  targets: readonly FoundTarget[];
  verdict: Exclude<Verdict, { kind: "deny" }>;
  policyVersion: number;
  channel: string;
}

/** The change as it is put on record: approved at once where the policy allows it, else waiting. */
export function newChange(submission: Submission, decided: Decided): Change {
  const { id, at, targets, verdict, policyVersion, channel } = decided;
  const { workspace, action, by, reason, until, follows, stop, scope } = submission;
  const asked = {
    id,
    workspace,
    action,
    askedBy: by.id,
    askedAs: {
      kind: by.kind,
      admin: by.admin,
      groups: by.groups,
      ...(by.notIn && { notIn: by.notIn }),
    },
    askedAt: at,
    channel,
    verdict,
    policyVersion,
    targets: targets.map((target, index) => newTarget(id, action, target, index)),
    votes: [],
    version: 1,
    ...(reason !== undefined && { reason }),
    ...(until && { until }),
    ...(stop && { stop }),
    ...(scope && { scope }),
    ...(follows !== undefined && { follows }),
    ...(channel !== submission.channel && { askedIn: submission.channel }),
  };
  if (verdict.kind === "allow") return { ...asked, state: "approved", decidedAt: at };
  if (verdict.kind === "ratify") {
    const ratifyBy = new Date(at.getTime() + verdict.withinMs);
    return { ...asked, state: "approved", decidedAt: at, ratifyBy };
  }
  return {
    ...asked,
    state: "waiting",
    expiresAt: decideBy({ ...(until && { until }) }, verdict, at),
  };
}

/** `index` is its place in the change. */
export function newTarget(
  changeId: string,
  action: Action,
  { seen, connectionVersion, baseUrl, ...ref }: FoundTarget,
  index: number,
): Target {
  const { vendor, connectionId, campaign } = ref;
  const place = { vendor, connectionId, version: connectionVersion, baseUrl };
  return {
    ...ref,
    id: `${changeId}.${index + 1}`,
    state: "queued",
    attempts: 0,
    reads: 0,
    stumbles: 0,
    connectionVersion,
    digest: digestOf({ ...place, action, campaignId: campaign.id }),
    ...(seen && { before: seen.word }),
    ...(seen?.note !== undefined && { note: shorten(seen.note, longestNote) }),
  };
}
