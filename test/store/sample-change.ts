import { randomUUID } from "node:crypto";
import type { Change, Target } from "../../src/domain/change.ts";
import type { Step } from "../../src/store/commit.ts";

export const noon = new Date("2026-11-22T12:00:00.000Z");

export function later(ms: number, than: Date = noon): Date {
  return new Date(than.getTime() + ms);
}

export function aTarget(parts: Partial<Target> = {}): Target {
  return {
    id: `tgt_${randomUUID()}`,
    connectionId: "con_1",
    connection: "burki",
    connectionVersion: 1,
    vendor: "burki",
    campaign: { id: "42", name: "Spring launch" },
    state: "queued",
    attempts: 0,
    reads: 0,
    stumbles: 0,
    ...parts,
  };
}

/** A change that waits for one approval, as it stands before it is stored. */
export function aChange(parts: Partial<Change> = {}): Change {
  return {
    id: `chg_${randomUUID()}`,
    workspace: "T1",
    action: "pause",
    state: "waiting",
    askedBy: "U1",
    askedAt: noon,
    channel: "C1",
    verdict: {
      kind: "approve",
      rule: "two pairs of eyes",
      steps: [{ from: ["admins"], count: 1, self: false }],
      expiresAfterMs: 3_600_000,
    },
    policyVersion: 0,
    targets: [aTarget()],
    votes: [],
    version: 1,
    ...parts,
  };
}

/** The step that puts a new change on record. */
export function asked(change: Change): Step {
  return {
    workspace: change.workspace,
    at: noon,
    actor: change.askedBy,
    change: { after: change },
    audit: [{ event: "asked", subject: change.id, detail: { action: change.action } }],
  };
}

/** The step that moves a change, with its line. */
export function moved(before: Change, parts: Partial<Change>, actor = "U2"): Step {
  return {
    workspace: before.workspace,
    at: noon,
    actor,
    change: { before, after: { ...before, ...parts } },
    audit: [{ event: "change.moved", subject: before.id }],
  };
}
