import type { Action, CampaignRef, Progress } from "./campaign.ts";
import type { Identity } from "./identity.ts";
import type { Person } from "./person.ts";
import type { Verdict } from "./policy.ts";
import type { StopScope } from "./stop-scope.ts";

/** What someone typed or pressed, with its campaigns found and its times worked out. */
export interface Wish {
  action: Action;
  targets: readonly CampaignRef[];
  reason?: string;
  /** When a pause ends by its own words; resuming is then asked for like any other resume. */
  until?: Date;
}

export const openStates = ["waiting", "approved", "running"] as const;
export const endStates = [
  "done",
  "partly",
  "failed",
  "needs_attention",
  "denied",
  "expired",
  "withdrawn",
  "superseded",
] as const;
export type ChangeState = (typeof openStates)[number] | (typeof endStates)[number];

export const openTargetStates = ["queued", "trying", "unknown"] as const;
export const endTargetStates = ["done", "already", "refused", "failed", "needs_attention"] as const;
export type TargetState = (typeof openTargetStates)[number] | (typeof endTargetStates)[number];

export interface Vote {
  by: string;
  kind: "approve" | "deny";
  reason?: string;
  at: Date;
  /** Which approval steps it counted for when it was given (places in `verdict.steps`). */
  steps: readonly number[];
  /** Who was away and had named this person. */
  instead?: string;
}

/** What became of an action that was answered for afterwards. */
export interface Ratified {
  kind: "ratified" | "reversed" | "kept" | "reverted";
  /** Nobody where the time was over. */
  by?: string;
  at: Date;
  /** Why taking it back led to nothing. */
  nothing?: string;
}

/** How much is at stake, as the platform told it; what it does not tell is missing. */
export interface Reach extends Progress {
  at: Date;
}

/** What a platform showed when a campaign was looked at again before the decision. */
interface Since {
  word: string;
  at: Date;
}

/**
 * `watching`: it may still be undone. `settled`: what could undo it is over, and it was read to be so still. `changed`: it
 * did not stay so. `unconfirmed`: it could not be read until that was over. `overtaken`: a newer change of ours did the
 * opposite. `ended`: the campaign is over by itself, so nothing goes out any more.
 */
export type Watch = "watching" | "settled" | "changed" | "unconfirmed" | "overtaken" | "ended";

export interface Overtaken {
  change: string;
  action: Action;
  by: string;
}

/** `refused` was sent and turned away; `unsent` never left this machine. */
export type LastAttempt = "open" | "accepted" | "refused" | "unclear" | "unsent";

/** One campaign in a change, with its own outcome. */
export interface Target extends Identity {
  id: string;
  state: TargetState;
  /** Contacts and calls at stake, read after it was asked. */
  reach?: Reach;
  /** Set where it changed after the question. */
  since?: Since;
  /** The vendor's status word when we first read it, and when we last did. */
  before?: string;
  after?: string;
  /** What the vendor said of it beside its word when we last read it for this change. */
  noted?: string;
  /** What happened, in a sentence for people; what did not happen comes first. */
  sentence?: string;
  checkedAt?: Date;
  /** When its campaign was first looked at to carry it out. */
  begunAt?: Date;
  /** Why the platform itself says that it stands as it does, for whoever decides. */
  note?: string;
  /** What is known of a success that the platform may still undo. */
  watch?: Watch;
  /** Since when nothing has been seen that could undo it; with `watchUntil`, the end of watching at the latest. */
  watchSince?: Date;
  watchUntil?: Date;
  /** What the platform is at that could undo it: "its contacts are still loading". */
  watchFor?: string;
  /** The newer change of ours that has taken the campaign over. */
  overtaken?: Overtaken;
  /** Changing calls so far, and when the first one left. */
  attempts: number;
  firstAttemptAt?: Date;
  /** What is known of the last changing call. */
  lastAttempt?: LastAttempt;
  /** Reads since the last changing call that did not show the wanted state. */
  reads: number;
  /** Tries of this target's job that ended without any news, for backing off. */
  stumbles: number;
  /** Of all that was agreed to: another one at execution supersedes the change. */
  digest?: string;
}

/** A wish on record and everything that became of it. */
export interface Change {
  id: string;
  workspace: string;
  action: Action;
  /** The emergency stop: judged as `stop`, done as a pause. */
  stop?: boolean;
  /** Only of an emergency stop: its campaigns are added as each connection is read. */
  scope?: StopScope;
  state: ChangeState;
  reason?: string;
  until?: Date;
  askedBy: string;
  /** What the asker was to the policy then; missing in records from before that was kept. */
  askedAs?: Pick<Person, "kind" | "admin" | "groups" | "notIn">;
  askedAt: Date;
  /** Channel in which it was asked, and where its card goes. */
  channel: string;
  /** Where it was typed, if its card goes somewhere else. */
  askedIn?: string;
  verdict: Verdict;
  policyVersion: number;
  /** Only while waiting: the moment after which nobody may decide any more. */
  expiresAt?: Date;
  /** When others were called because nobody had decided. */
  escalatedAt?: Date;
  /** Only of what acts first: until when somebody has to answer for it, and what came of that. */
  ratifyBy?: Date;
  ratified?: Ratified;
  decidedAt?: Date;
  endedAt?: Date;
  /** The change this one follows: try again, undo, extend, the planned end of a pause. */
  follows?: string;
  targets: readonly Target[];
  votes: readonly Vote[];
  /** Rises by one with every move; what compare-and-set compares. */
  version: number;
}
