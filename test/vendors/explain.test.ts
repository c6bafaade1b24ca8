import { describe, expect, it } from "vitest";
import { actions, vendorNames, vendorTitles } from "../../src/domain/campaign.ts";
import { explain } from "../../src/vendors/explain.ts";
import { type FailureKind, isPassing, VendorFailure } from "../../src/vendors/failure.ts";

const kinds: FailureKind[] = [
  "unauthorized",
  "payment",
  "forbidden",
  "not_found",
  "conflict",
  "refused",
  "rate_limited",
  "unavailable",
  "redirected",
  "bad_answer",
  "blocked",
  "unclear",
];
const cases = kinds.flatMap((kind) => vendorNames.map((vendor) => ({ kind, vendor })));

describe("explain", () => {
  it.each(cases)(
    "D29: says what a $kind of $vendor means and what did not happen, without a word of the vendor's own",
    ({ kind, vendor }) => {
      for (const action of [undefined, ...actions]) {
        for (const status of [undefined, 418]) {
          const facts = {
            kind,
            vendor,
            ...(status ? { status } : {}),
            vendorText: "do <not> show",
          };
          const { sentence, next } = explain(facts, {
            ...(action ? { action, campaignName: "Spring launch" } : {}),
            changing: true,
          });
          expect(sentence).toContain(vendorTitles[vendor]);
          expect(sentence).toMatch(
            kind === "unclear" ? /We do not know yet whether/ : /Nothing was changed\.$/,
          );
          expect(`${sentence} ${next}`).not.toMatch(
            /undefined|null|!|do <not>|[a-z]_[a-z]|\.\.|HTTP/,
          );
          expect(next).toMatch(/^[A-Z].*\.$/);
        }
      }
    },
  );

  it("tells how to reconnect when the key is no longer good", () => {
    expect(
      explain({ kind: "unauthorized", vendor: "talkdesk", status: 401 }, { changing: false }),
    ).toEqual({
      sentence: "Talkdesk does not accept our key any more (401). Nothing was changed.",
      next: "An admin can reconnect it: /campaign connect talkdesk.",
    });
  });

  it("does not claim either way when the outcome is unclear", () => {
    const facts = { kind: "unclear", vendor: "burki" } as const;
    expect(
      explain(facts, { action: "cancel", campaignName: "Spring launch", changing: true }),
    ).toEqual({
      sentence:
        "Burki did not give a whole answer in time. We do not know yet whether “Spring launch” was cancelled.",
      next: "Check again in a minute, or look at it in Burki.",
    });
  });

  it("claims nothing of a campaign that cannot be read after a call that may have acted", () => {
    const facts = { kind: "unavailable", vendor: "burki" } as const;
    const { sentence } = explain(facts, { action: "pause", changing: false, mayHaveActed: true });
    expect(sentence).toBe(
      "Burki cannot be reached at the moment. We do not know yet whether the campaign was paused.",
    );
  });

  it.each([
    [undefined, "a minute"],
    [1_000, "a second"],
    [30_000, "30 seconds"],
  ])("says how long to wait: %s ms is %s", (retryAfterMs, words) => {
    const facts = {
      kind: "rate_limited",
      vendor: "sarvam",
      ...(retryAfterMs ? { retryAfterMs } : {}),
    } as const;
    expect(explain(facts, { changing: true }).next).toBe(`Try again in ${words}.`);
  });
});

describe("isPassing", () => {
  it("holds for what may be over in a moment, and for nothing else", () => {
    const passing = kinds.filter((kind) => isPassing(new VendorFailure({ kind, vendor: "burki" })));
    expect(passing).toEqual(["rate_limited", "unavailable", "unclear"]);
  });
});
