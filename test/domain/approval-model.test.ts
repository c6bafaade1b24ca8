import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import { rule } from "../../src/domain/policy.ts";
import { ratify } from "../../src/domain/ratify.ts";
import { type Review, review } from "../../src/domain/review.ts";
import { timedOut } from "../../src/domain/time-out.ts";
import { play, type Rules, real } from "./approval-play.ts";
import { stories } from "./approval-stories.ts";
import { aPolicy } from "./builders.ts";

const seed = 20261125;

describe("a change, whoever votes, is away, edits the policy or lets time pass", () => {
  it("runs with exactly what the policies ask for, and never without", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(stories, (story) => play(story, real, seen)),
      { seed, numRuns: 1500 },
    );
    // The stories are worth something only if they get everywhere.
    expect([...seen].toSorted()).toEqual([
      "allowed",
      "approved",
      "approved after it was escalated",
      "approved under several policies",
      "approved → denied",
      "counted instead of another",
      "escalated",
      "expired",
      "ratified",
      "reversed",
      "waiting → denied",
    ]);
  });

  const open = aPolicy(rule("anything", {}, "allow"));
  /** What is wrong with the rules, and which claims that may break, whatever story finds it. */
  const broken: [string, Partial<Rules>, RegExp][] = [
    [
      "hears only the policy of the question",
      { review: (change, press, now) => review(change, press, now, open) },
      /runs with everybody|denied now/,
    ],
    [
      "lets the asker approve",
      {
        review: (change, press, now, policy) =>
          review({ ...change, askedBy: "U_NOBODY" }, press, now, policy),
      },
      /has a say|does not deny/,
    ],
    [
      "is content with the first vote",
      {
        review: (...all) => {
          const result = review(...all);
          if (result.kind !== "counted") return result;
          return { kind: "decided", state: "approved", vote: result.vote };
        },
      },
      /runs with everybody/,
    ],
    [
      "forgets what was added",
      {
        review: (...all) => {
          const { asks: _, ...result } = review(...all) as Extract<Review, { vote: unknown }>;
          return result;
        },
      },
      /runs with everybody/,
    ],
    [
      "does not say for whom somebody spoke",
      {
        review: (...all) => {
          const result = review(...all);
          if (!("vote" in result)) return result;
          const { instead: _, ...vote } = result.vote;
          return { ...result, vote };
        },
      },
      /has a say/,
    ],
    [
      "lets one person vote again",
      {
        review: (change, ...rest) => {
          const result = review({ ...change, votes: [] }, ...rest);
          return result.kind === "decided" ? result : review(change, ...rest);
        },
      },
      /votes twice/,
    ],
    [
      "lets silence start anything",
      {
        timedOut: (change, now) => {
          const late = timedOut(change, now);
          if (late.kind !== "expired") return late;
          return { ...late, kind: "allowed", after: { ...change, state: "approved" } as Change };
        },
      },
      /silence may start/,
    ],
    [
      "lets the asker answer for themselves",
      {
        ratify: (change, ...rest) => ratify({ ...change, askedBy: "U_NOBODY" }, ...rest),
      },
      /whoever answers/,
    ],
  ];

  it.each(broken)("would be found out if it %s", (_what, part, broke) => {
    const rules = { ...real, ...part };
    const found = fc.check(
      fc.property(stories, (story) => play(story, rules)),
      { seed, numRuns: 20_000, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
    expect(String(found.errorInstance)).toMatch(broke);
  });
});
