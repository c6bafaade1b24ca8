import type { Campaign, CampaignRef } from "../../src/domain/campaign.ts";
import type { Change, Target, Vote } from "../../src/domain/change.ts";
import type { Person } from "../../src/domain/person.ts";
import type { Policy, Rule } from "../../src/domain/policy.ts";

export const monday = new Date("2027-01-04T12:00:00Z");

export function minutesAfter(minutes: number, from = monday): Date {
  return new Date(from.getTime() + minutes * 60_000);
}

export function aPerson(facts: Partial<Person> = {}): Person {
  return { id: "U_ANA", kind: "member", admin: false, groups: [], zone: "Europe/Berlin", ...facts };
}

export const ana = aPerson();
export const ben = aPerson({ id: "U_BEN" });
export const chi = aPerson({ id: "U_CHI" });
export const anAdmin = aPerson({ id: "U_ADA", admin: true });

export function aCampaign(facts: Partial<Campaign> = {}): Campaign {
  return { id: "42", name: "Spring launch", phase: "running", word: "running", ...facts };
}

export function aRef(facts: Partial<CampaignRef> = {}): CampaignRef {
  return {
    connectionId: "con_1",
    connection: "burki",
    vendor: "burki",
    campaign: { id: "42", name: "Spring launch" },
    ...facts,
  };
}

export function aTarget(facts: Partial<Target> = {}): Target {
  return {
    ...aRef(),
    id: "tgt_1",
    state: "queued",
    attempts: 0,
    reads: 0,
    stumbles: 0,
    connectionVersion: 1,
    ...facts,
  };
}

/** Ana wants to resume; one of Ben and Chi has to agree within an hour. */
export function aChange(facts: Partial<Change> = {}): Change {
  return {
    id: "chg_1",
    workspace: "T1",
    action: "resume",
    state: "waiting",
    askedBy: ana.id,
    askedAt: monday,
    channel: "C1",
    verdict: needs({ from: [ben.id, chi.id] }),
    policyVersion: 1,
    expiresAt: minutesAfter(60),
    targets: [aTarget()],
    votes: [],
    version: 1,
    ...facts,
  };
}

export function needs(
  ...steps: { from: string[]; count?: number; self?: boolean }[]
): Change["verdict"] {
  return {
    kind: "approve",
    rule: "two pairs of eyes",
    steps: steps.map(({ from, count = 1, self = false }) => ({ from, count, self })),
    expiresAfterMs: 3_600_000,
  };
}

export function aVote(facts: Partial<Vote> = {}): Vote {
  return { by: ben.id, kind: "approve", at: minutesAfter(1), steps: [0], ...facts };
}

export function aPolicy(...rules: Rule[]): Policy {
  return { version: 1, rules };
}
