import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change, ChangeState, TargetState } from "../../src/domain/change.ts";
import {
  begunTooLate,
  decidedBy,
  expired,
  isUntouched,
  superseded,
  voted,
  withdrawn,
  withTarget,
} from "../../src/domain/change-steps.ts";
import { rule } from "../../src/domain/policy.ts";
import { progress } from "../../src/domain/progress.ts";
import { review } from "../../src/domain/review.ts";
import { isEnded, isTargetOpen, mayMove } from "../../src/domain/settle.ts";
import { timedOut } from "../../src/domain/time-out.ts";
import { withdraw } from "../../src/domain/withdraw.ts";
import {
  aChange,
  ana,
  aPerson,
  aPolicy,
  aTarget,
  ben,
  chi,
  minutesAfter,
  needs,
} from "./builders.ts";

const dee = aPerson({ id: "U_DEE", admin: true });
const approvers = [ben, chi, dee];
const from = approvers.map(({ id }) => id);
const policy = aPolicy(rule("one of three", {}, { approve: { from } }));
const targetIds = ["chg_1.1", "chg_1.2"];

/** What may happen to a change, in any order and at any time. */
type Event =
  | { kind: "vote"; by: number; vote: "approve" | "deny" }
  | { kind: "withdraw" }
  | { kind: "clock" }
  | { kind: "lapse"; to: "superseded" | "expired" }
  | { kind: "call"; target: number }
  | {
      kind: "outcome";
      target: number;
      state: Extract<TargetState, "done" | "failed" | "unknown" | "refused">;
    };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("vote" as const),
      by: fc.nat({ max: 3 }),
      vote: fc.constantFrom("approve" as const, "approve" as const, "deny" as const),
    }),
  },
  fc.constant({ kind: "withdraw" as const }),
  fc.constant({ kind: "clock" as const }),
  fc.record({
    kind: fc.constant("lapse" as const),
    to: fc.constantFrom("superseded" as const, "expired" as const),
  }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("call" as const), target: fc.nat({ max: 1 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("outcome" as const),
      target: fc.nat({ max: 1 }),
      state: fc.constantFrom(
        "done" as const,
        "failed" as const,
        "unknown" as const,
        "refused" as const,
      ),
    }),
  },
);
/** Minutes that pass before it, and whether whoever decides still holds the change as it was a step ago. */
const happening = fc.record({
  event,
  minutes: fc.nat({ max: 6 }),
  stale: fc.boolean(),
  dies: fc.boolean(),
});

const stories = fc.array(happening, { minLength: 5, maxLength: 40 });

/** What the flows make of an event: the change as it shall be, or nothing. */
function decide(change: Change, what: Event, now: Date): Change | undefined {
  switch (what.kind) {
    case "vote": {
      const by = [...approvers, ana][what.by] ?? ana;
      const result = review(change, { by, kind: what.vote, asker: ana }, now, policy);
      if (result.kind === "decided") return decidedBy(change, result.state, result.vote);
      if (result.kind === "expired") return expired(change, now);
      return result.kind === "counted" ? voted(change, result.vote) : undefined;
    }
    case "withdraw": {
      const { kind } = withdraw(change, ana, now);
      if (kind === "expired") return expired(change, now);
      return kind === "withdrawn" ? withdrawn(change, now) : undefined;
    }
    case "clock":
      return timedOut(change, now).kind === "expired" ? expired(change, now) : undefined;
    case "lapse": {
      if (change.state !== "approved" || !isUntouched(change)) return undefined;
      return (what.to === "superseded" ? superseded : begunTooLate)(
        change,
        "Nothing was sent.",
        now,
      );
    }
    case "call":
      return onTarget(
        change,
        what.target,
        (attempts) => ({ state: "trying", attempts: attempts + 1 }),
        now,
      );
    case "outcome":
      return onTarget(
        change,
        what.target,
        (attempts) => (attempts > 0 ? { state: what.state } : undefined),
        now,
      );
  }
}

function onTarget(
  change: Change,
  place: number,
  patchOf: (attempts: number) => { state: TargetState; attempts?: number } | undefined,
  now: Date,
): Change | undefined {
  const target = change.targets[place];
  if (!target || !isTargetOpen(target.state)) return undefined;
  if (change.state !== "approved" && change.state !== "running") return undefined;
  const patch = patchOf(target.attempts);
  return patch && withTarget(change, target.id, patch, now);
}

function asked(count: number): Change {
  const targets = targetIds.map((id) => aTarget({ id }));
  return aChange({ verdict: needs({ from, count }), targets, expiresAt: minutesAfter(15) });
}

describe("a change, whatever happens to it in whatever order", () => {
  it("makes no move that is not allowed, decides once, and never leaves an end", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(1, 2), stories, (count, story) => {
        let kept = asked(count);
        let before = kept;
        let now = kept.askedAt;
        for (const { event: what, minutes, stale, dies } of story) {
          now = new Date(now.getTime() + minutes * 60_000);
          const from_ = stale ? before : kept;
          let next = decide(from_, what, now);
          // Whoever decided by an old version is refused by compare-and-set, and decides again.
          if (next && from_.version !== kept.version) next = decide(kept, what, now);
          // Whoever dies before the commit has done nothing; the job decides afresh.
          if (dies) next = decide(kept, what, now);
          if (!next) continue;
          check(kept, next, now);
          seen.add(`${kept.state} → ${next.state}`);
          before = kept;
          kept = { ...next, version: kept.version + 1 };
        }
      }),
      { seed: 20261125, numRuns: 500 },
    );
    // The stories are worth something only if they get everywhere.
    for (const way of [
      "waiting → approved",
      "waiting → denied",
      "waiting → expired",
      "waiting → withdrawn",
      "approved → denied",
      "approved → superseded",
      "approved → expired",
      "approved → running",
      "running → done",
      "running → partly",
      "running → failed",
    ])
      expect([...seen]).toContain(way);
  });
});

function check(from_: Change, to: Change, now: Date): void {
  if (from_.state !== to.state) expect(mayMove(from_.state, to.state)).toBe(true);
  if (isEnded(from_.state)) expect(to.state).toBe(from_.state);
  if (to.state === "approved" && from_.state === "waiting") {
    expect(progress(to).every(({ have, need }) => have >= need)).toBe(true);
    const { verdict, votes } = to;
    const need = verdict.kind === "approve" ? verdict.steps[0]?.count : 0;
    expect(votes.filter(({ kind }) => kind === "approve").length).toBe(need);
    expect(now < (to.expiresAt ?? now)).toBe(true);
  }
  const carriedOut: ChangeState[] = ["running", "done", "partly", "failed", "needs_attention"];
  if (carriedOut.includes(to.state)) {
    expect(to.votes.every(({ kind }) => kind === "approve")).toBe(true);
    expect(to.decidedAt).toBeDefined();
  }
  const stopped: ChangeState[] = ["denied", "expired", "withdrawn", "superseded"];
  if (stopped.includes(to.state)) expect(isUntouched(to)).toBe(true);
  expect(to.votes.length).toBe(new Set(to.votes.map(({ by }) => by)).size);
  expect(isEnded(to.state)).toBe(to.endedAt !== undefined);
}
