export type Kind = "read" | "change" | "token";

interface Scope {
  /** Gone after so many hits; without it, stays. */
  times?: number;
  /** Default `all`, which is reads and changes; Talkdesk's token calls are only hit by `token`. */
  on?: "read" | "change" | "all" | "token";
  /** Share of the calls hit, 0..1; default 1. */
  share?: number;
}

export type FaultStatus = 400 | 401 | 402 | 403 | 404 | 409 | 422 | 429 | 500 | 503;

/** One thing that goes wrong with the calls in its scope. */
export type SingleFault = Scope &
  (
    | { kind: "slow"; ms: number }
    | { kind: "hang" }
    | { kind: "reset_before" }
    | { kind: "reset_after" }
    | { kind: "hang_after" }
    /** Never answers, and acts only when `ms` have passed. */
    | { kind: "late"; ms: number }
    /**
     * A 500 is an HTML page unless `html` is false; every other one is in the vendor's own envelope.
     * `retryAfter` is what the header says, e.g. "30". Nothing is done, unless `acts`.
     */
    | { kind: "status"; status: FaultStatus; retryAfter?: string; html?: boolean; acts?: boolean }
    /** Acts, and answers 200 with no body. */
    | { kind: "empty" }
    /** Does nothing, and answers 200 with a sign-in page. */
    | { kind: "html" }
    /** Answers a changing call as if it had acted. */
    | { kind: "wrong_state" }
    /** Acts, and takes it back of its own accord when `ms` have passed, unless it was changed meanwhile. */
    | { kind: "undoes"; ms: number }
    /** Reads show a status word that nobody knows. */
    | { kind: "unknown_word"; word?: string }
    /** Does nothing, and sends the caller elsewhere with a 307. */
    | { kind: "redirect"; to?: string }
    /** Acts, and answers with 2 MB of valid JSON. */
    | { kind: "huge" }
    /** Acts, and answers one byte at a time, every `ms` (200). */
    | { kind: "drip"; ms?: number }
  );

/** Acts as it should, and from then on answers every read with a 503. */
type BlindFault = Scope & { kind: "blind_after" };

/** Several at once: each call in the scope meets one of them at most, by their shares, which make up 1 or less. */
type MixedFault = Scope & { kind: "mix"; of: readonly (SingleFault & { share: number })[] };

export type Fault = SingleFault | BlindFault | MixedFault;

export interface Faults {
  set(fault: Fault | null): void;
  current(): Fault | null;
  /** The fault that this call meets, used up by it. */
  take(kind: Kind): SingleFault | null;
}

export function openFaults(random: () => number, changed: () => void): Faults {
  let fault: Fault | null = null;
  let blind = false;
  return {
    set(next) {
      fault = next === null ? null : { ...next };
      blind = false;
      changed();
    },
    current: () => (fault === null ? null : { ...fault }),
    take(kind) {
      const met = fault;
      if (met === null || !hits(met, kind)) return null;
      if (met.share !== undefined && random() >= met.share) return null;
      if (met.kind === "blind_after") {
        if (kind === "change") blind = true;
        return blind && kind === "read" ? { kind: "status", status: 503 } : null;
      }
      const single = met.kind === "mix" ? oneOf(met, kind, random()) : met;
      if (single === null) return null;
      if (met.times !== undefined) fault = met.times > 1 ? { ...met, times: met.times - 1 } : null;
      return single;
    },
  };
}

/** Where a part does not hit this kind of call, its share of them is spared. */
function oneOf({ of }: MixedFault, kind: Kind, drawn: number): SingleFault | null {
  let upTo = 0;
  for (const part of of) {
    upTo += part.share;
    if (drawn < upTo) return hits(part, kind) ? part : null;
  }
  return null;
}

function hits(fault: Fault, kind: Kind): boolean {
  const on = fault.on ?? "all";
  if (on === "all" ? kind === "token" : on !== kind) return false;
  if (fault.kind === "wrong_state" || fault.kind === "undoes") return kind === "change";
  return fault.kind !== "unknown_word" || kind === "read";
}
