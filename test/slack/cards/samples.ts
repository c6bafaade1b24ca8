import type { VendorName } from "../../../src/domain/campaign.ts";
import type { Change, Target, TargetState, Vote } from "../../../src/domain/change.ts";

export const noon = new Date("2026-11-22T12:00:00Z");

export function minutesLater(minutes: number): Date {
  return new Date(noon.getTime() + minutes * 60_000);
}

export function aTarget(over: Partial<Target> = {}): Target {
  return {
    id: "chg_7Q2.1",
    connectionId: "con_1",
    connection: "burki",
    vendor: "burki",
    campaign: { id: "42", name: "Spring launch" },
    state: "queued",
    before: "RUNNING",
    attempts: 0,
    reads: 0,
    stumbles: 0,
    connectionVersion: 1,
    ...over,
  };
}

/** A target as the vendor call left it. */
export function anOutcome(state: TargetState, over: Partial<Target> = {}): Target {
  return aTarget({ state, after: "PAUSED", checkedAt: minutesLater(4), attempts: 1, ...over });
}

export function targetAt(place: number, vendor: VendorName, over: Partial<Target> = {}): Target {
  const campaign = { id: String(40 + place), name: `Wave ${place}` };
  return aTarget({ id: `chg_7Q2.${place}`, connection: vendor, vendor, campaign, ...over });
}

export function aVote(by: string, over: Partial<Vote> = {}): Vote {
  return { by, kind: "approve", at: minutesLater(2), steps: [0], ...over };
}

export function aChange(over: Partial<Change> = {}): Change {
  return {
    id: "chg_7Q2",
    workspace: "T1",
    action: "pause",
    state: "waiting",
    reason: "wrong price in step 2",
    askedBy: "U0ANA",
    askedAt: noon,
    channel: "C0SALES",
    verdict: {
      kind: "approve",
      rule: "two pairs of eyes",
      steps: [{ from: ["S0MARKETING"], count: 2, self: false }],
      expiresAfterMs: 14_400_000,
    },
    policyVersion: 1,
    expiresAt: minutesLater(240),
    targets: [aTarget()],
    votes: [],
    version: 1,
    ...over,
  };
}
