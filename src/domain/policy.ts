import type { VendorName } from "./campaign.ts";

/** Who must agree: people (U…), user groups (S…), `admins` or `members`. */
export interface ApprovalStep {
  from: readonly string[];
  /** How many different people. */
  count: number;
  /** May the asker be one of them? */
  self: boolean;
  /** Steps of one chain are taken in order, chains beside each other; a chain of its own if left out. */
  chain?: number;
  /** Whose earlier votes count for it, where a policy of later has added it. */
  already?: readonly string[];
}

/** What the clock does when nobody has decided: nothing runs, others may decide too, or (a pause only) it goes ahead. */
export type OnTimeout = "expire" | "allow" | { escalate: readonly string[] };

/** What the policy says of a wish; `rule` is the name of the rule that decided. */
export type Verdict = Allowing | Denying | Approving | Ratifying;
interface Allowing {
  kind: "allow";
  rule: string;
  /** An earlier change's rule has given its leave: only a deny still stands in the way. */
  leave?: true;
}
export interface Denying {
  kind: "deny";
  rule: string;
  sentence: string;
  /** It hung on what could not be read: the name of a campaign, or who is in a user group. */
  unsaid?: "name" | "group";
}
export interface Approving {
  kind: "approve";
  rule: string;
  steps: readonly ApprovalStep[];
  expiresAfterMs: number;
  /** Who is called by name; nobody if left out. */
  notify?: readonly string[];
  /** When they are called again, from the moment it was asked. */
  remindAfterMs?: readonly number[];
  /** `expire` if left out. */
  onTimeout?: OnTimeout;
}
/** It acts at once; somebody has to answer for it afterwards. */
export interface Ratifying {
  kind: "ratify";
  rule: string;
  from: readonly string[];
  withinMs: number;
  /** What becomes of it when nobody has said anything by then. */
  otherwise: "keep" | "revert";
  notify?: readonly string[];
}

/** `stop` is the emergency stop. */
export const policyActions = ["pause", "resume", "cancel", "stop"] as const;
export type PolicyAction = (typeof policyActions)[number];

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** Times of a week, by the clocks of a zone: from `from` to before `to`, `24:00` being the end of the day. */
export interface Hours {
  /** IANA name. */
  zone: string;
  /** Every day if left out. */
  days?: readonly (typeof weekdays)[number][];
  from: string;
  /** Earlier than `from`: over midnight, into the day after. */
  to: string;
}

/** Every key given must match; a list matches any of its members. */
export interface When {
  action?: readonly PolicyAction[];
  /** By name. */
  connection?: readonly string[];
  vendor?: readonly VendorName[];
  /** Name or id, with `*` and `?`. */
  campaign?: readonly string[];
  /** People (U…), user groups (S…), `admins`, `members` or `guests`. */
  requester?: readonly string[];
  /** How many campaigns at once. */
  targets?: { min?: number; max?: number };
  hours?: Hours;
}

export interface StepRule {
  from: readonly string[];
  count?: number;
  self?: boolean;
}

export interface ApproveThen {
  /** One step, or a list of steps taken in order. */
  approve: StepRule | readonly StepRule[];
  /** Who is pinged; nobody if left out. */
  notify?: readonly string[];
  /** A duration such as `4h`; 8 hours when left out. */
  expires?: string;
  /** Durations from the moment it was asked. */
  remind?: readonly string[];
  on_timeout?: OnTimeout;
}

export interface RatifyThen {
  ratify: {
    from: readonly string[];
    /** A duration; 12 hours when left out. */
    within?: string;
    /** `keep` when left out. */
    otherwise?: "keep" | "revert";
  };
  notify?: readonly string[];
}

export type Then = "allow" | "deny" | ApproveThen | RatifyThen;

export interface Rule {
  name: string;
  when: When;
  then: Then;
}

/** A workspace's policy, in the shape of its file. */
export interface Policy {
  version: 1;
  /** Where cards go; left out: where the command was typed. */
  channel?: string;
  /** Admins besides Slack's own. */
  admins?: readonly string[];
  /** The first match decides; a matching deny anywhere wins. */
  rules: readonly Rule[];
}

/** A rule in one line. */
export function rule(name: string, when: When, then: Then): Rule {
  return { name, when, then };
}

/** The steps that a rule asks for, as a list. */
export function stepsOf({ approve }: ApproveThen): readonly StepRule[] {
  return Array.isArray(approve) ? approve : [approve as StepRule];
}

/** Everybody whom a rule calls to decide or to be told: people, groups, `admins`, `members`. */
export function deciders(then: Then): readonly string[] {
  if (typeof then === "string") return [];
  const notify = then.notify ?? [];
  if ("ratify" in then) return [...then.ratify.from, ...notify];
  const timeout = then.on_timeout;
  const escalate = typeof timeout === "object" ? timeout.escalate : [];
  return [...stepsOf(then).flatMap(({ from }) => from), ...escalate, ...notify];
}

/** What holds where nobody has written a policy. */
export const builtInPolicy: Policy = {
  version: 1,
  rules: [
    rule(
      "any full member may pause",
      { action: ["pause", "stop"], requester: ["members"] },
      "allow",
    ),
    rule(
      "admins may resume and cancel",
      { action: ["resume", "cancel"], requester: ["admins"] },
      "allow",
    ),
    rule(
      "anyone else's resume or cancel needs one admin",
      { action: ["resume", "cancel"], requester: ["members"] },
      { approve: { from: ["admins"], count: 1, self: false }, expires: "8h" },
    ),
  ],
};
