import type { VendorName } from "./campaign.ts";

/** Who must agree: people (U…), user groups (S…), `admins` or `members`. */
export interface ApprovalStep {
  from: readonly string[];
  /** How many different people. */
  count: number;
  /** May the asker be one of them? */
  self: boolean;
}

/** What the policy says of a wish; `rule` is the name of the rule that decided. */
export type Verdict =
  | { kind: "allow"; rule: string }
  | { kind: "deny"; rule: string; sentence: string }
  | { kind: "approve"; rule: string; steps: readonly ApprovalStep[]; expiresAfterMs: number };

/** `stop` is the emergency stop. */
export const policyActions = ["pause", "resume", "cancel", "stop"] as const;
export type PolicyAction = (typeof policyActions)[number];

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
}

export type Then =
  | "allow"
  | "deny"
  | {
      approve: { from: readonly string[]; count?: number; self?: boolean };
      /** A duration such as `4h`; 8 hours when left out. */
      expires?: string;
    };

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

/** What holds where nobody has written a policy. */
export const builtInPolicy: Policy = {
  version: 1,
  rules: [
    rule("any full member may pause", { action: ["pause"], requester: ["members"] }, "allow"),
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
