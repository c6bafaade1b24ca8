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
