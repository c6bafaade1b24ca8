import { describe, expect, it } from "vitest";
import type { Change, Target } from "../../../src/domain/change.ts";
import { looksAlike } from "../../../src/domain/looks-alike.ts";
import { changeCard } from "../../../src/slack/cards/change-card.ts";
import { aChange, aTarget, aVote, minutesLater } from "./samples.ts";

const running = (target: Partial<Target>, more: Partial<Change> = {}) =>
  aChange({ state: "running", targets: [aTarget({ state: "trying", ...target })], ...more });
const before = running({ attempts: 1 });

describe("a step of which people see nothing", () => {
  it.each<[string, Partial<Target>]>([
    ["one more read", { reads: 3 }],
    ["one more try without news", { stumbles: 2 }],
    ["the moment it was begun", { begunAt: minutesLater(1) }],
    ["what is known of the last call", { lastAttempt: "accepted" }],
    ["when the first call left", { firstAttemptAt: minutesLater(1) }],
    ["a second call", { attempts: 2 }],
    ["what was agreed to", { digest: "another" }],
    ["since when nothing could undo it", { watchSince: minutesLater(1) }],
  ])("is %s, and both cards are the same", (_what, patch) => {
    const after = { ...running({ attempts: 1, ...patch }), version: before.version + 1 };
    expect(looksAlike(before, after)).toBe(true);
    expect(changeCard(after, {})).toEqual(changeCard(before, {}));
  });
});

describe("a step that people see", () => {
  it.each<[string, Change]>([
    ["the first call", running({ attempts: 0 })],
    ["an end", running({ attempts: 1, state: "done" })],
    ["another word of the platform", running({ attempts: 1, after: "PAUSED" })],
    ["a sentence", running({ attempts: 1, sentence: "It did not stay paused." })],
    ["a vote", running({ attempts: 1 }, { votes: [aVote("U0BEN")] })],
    ["another state", running({ attempts: 1 }, { state: "done" })],
    ["one campaign less", running({ attempts: 1 }, { targets: [] })],
  ])("is %s", (_what, after) => {
    expect(looksAlike(before, after)).toBe(false);
    expect(looksAlike(after, before)).toBe(false);
  });

  it("is news of the last call only where its card says it", () => {
    const unknown = { attempts: 1, state: "unknown" } as const;
    const [unclear, accepted] = (["unclear", "accepted"] as const).map((lastAttempt) =>
      running({ ...unknown, lastAttempt }),
    ) as [Change, Change];
    expect(looksAlike(unclear, accepted)).toBe(false);
    expect(changeCard(unclear, {})).not.toEqual(changeCard(accepted, {}));
  });
});
