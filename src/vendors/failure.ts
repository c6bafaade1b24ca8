import type { VendorName } from "../domain/campaign.ts";

/**
 * Why a vendor call gave no usable answer.
 * `unclear` is the dangerous one: the call may have acted (timeout, reset, 5xx on a changing call).
 */
export type FailureKind =
  | "unauthorized"
  | "payment"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "refused"
  | "rate_limited"
  | "unavailable"
  | "redirected"
  | "bad_answer"
  | "blocked"
  /** Nothing was sent: we hold calls to this account back for `retryAfterMs`. */
  | "held_back"
  | "unclear";

export interface FailureFacts {
  kind: FailureKind;
  vendor: VendorName;
  status?: number;
  /** The vendor's own error code, kept as a string ("0530008"). */
  code?: string;
  /** The vendor's own words, untrusted; shown to admins only, cut and escaped. */
  vendorText?: string;
  /** How long the vendor asked us to wait, in milliseconds, already capped. */
  retryAfterMs?: number;
  /** A redirect that leads to another path of the same host. */
  sameHost?: true;
  /** A sentence the adapter knows better than the general one (a 401 that means "no telephony"). */
  sentence?: string;
}

/** The one error thrown on purpose: a vendor call that did not give what was asked. Carries no secret. */
export class VendorFailure extends Error {
  override readonly name = "VendorFailure";
  readonly facts: FailureFacts;

  constructor(facts: FailureFacts, options?: ErrorOptions) {
    super(`${facts.vendor}: ${facts.kind}${facts.status ? ` (${facts.status})` : ""}`, options);
    this.facts = facts;
  }
}

/** Worth asking again, after a while. A changing call is only repeated after a read. */
export function isPassing(failure: VendorFailure): boolean {
  return ["rate_limited", "unavailable", "held_back", "unclear"].includes(failure.facts.kind);
}

/** Did the call reach the platform, or may it have? An answer came, or it may have got lost. */
export function mayHaveLeft({ kind, status }: FailureFacts): boolean {
  return kind === "unclear" || status !== undefined;
}
