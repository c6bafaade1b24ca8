/** Who someone is to us, looked up fresh at Slack whenever they decide something. */
export type PersonKind = "member" | "guest" | "bot" | "deactivated" | "stranger";

export interface Person {
  /** Canonical id: the same for one person across a Grid. */
  id: string;
  kind: PersonKind;
  /** Slack's own owner or admin, or named as admin by the operator or the policy. */
  admin: boolean;
  /** Slack user groups, as far as the policy at hand names them. */
  groups: readonly string[];
  /** IANA zone of their Slack profile. */
  zone: string;
}
