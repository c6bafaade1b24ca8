import type { Fault } from "../vendors/faults.ts";

/** The moods a visitor can put a vendor in, by the name the page's switch has for them. */
export const vendorFaults = {
  fine: null,
  slow: { kind: "slow", ms: 4000 },
  hangs: { kind: "hang" },
  "acts-then-hangs": { kind: "hang_after", on: "change" },
  "resets-after-acting": { kind: "reset_after", on: "change" },
  "503": { kind: "status", status: 503 },
  "401": { kind: "status", status: 401 },
  "429": { kind: "status", status: 429, retryAfter: "20" },
  "undoes-it": { kind: "undoes", ms: 10_000 },
  "unreadable-after-acting": { kind: "blind_after" },
  "says-yes": { kind: "wrong_state" },
  "unknown-word": { kind: "unknown_word" },
} as const satisfies Record<string, Fault | null>;

export type FaultName = keyof typeof vendorFaults;

export const faultNames = Object.keys(vendorFaults) as FaultName[];

/** What the switch shows for a fault, also for one that somebody else set. */
export function faultNameOf(fault: Fault | null): string {
  if (!fault) return "fine";
  const alike = faultNames.find((name) => {
    const one: Fault | null = vendorFaults[name];
    if (one?.kind !== fault.kind) return false;
    return one.kind !== "status" || fault.kind !== "status" || one.status === fault.status;
  });
  return alike ?? fault.kind;
}
