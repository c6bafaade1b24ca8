import { describe, expect, it } from "vitest";
import type { Target } from "../../../src/domain/change.ts";
import { changeCard } from "../../../src/slack/cards/change-card.ts";
import type { LostEnd } from "../../../src/slack/cards/pause-end.ts";
import { textOf } from "../../support/journey.ts";
import { aChange, anOutcome, minutesLater, targetAt } from "./samples.ts";

const ended = { endedAt: minutesLater(5) };

describe("what a card says was read", () => {
  const called = { attempts: 1, before: "RUNNING", after: "RUNNING", lastAttempt: "accepted" };
  const left = { ...called, firstAttemptAt: minutesLater(3) } as Partial<Target>;

  it.each(["unknown", "trying"] as const)(
    "is from before the call, while it is %s and nothing was read since",
    (state) => {
      const target = targetAt(0, "burki", { ...left, state });
      const card = textOf(changeCard(aChange({ state: "running", targets: [target] })));
      expect(card).toContain("Before the call, Burki showed `RUNNING`.");
      expect(card).not.toContain("Burki shows");
    },
  );

  it("is what was read since, once something was", () => {
    const target = targetAt(0, "burki", { ...left, state: "unknown", checkedAt: minutesLater(4) });
    const card = textOf(changeCard(aChange({ state: "running", targets: [target] })));
    expect(card).toContain("Burki shows `RUNNING`, checked");
  });

  it("stands beside when it was read, and not behind what follows from it", () => {
    const sentence = "Paused. Burki shows PAUSED. Calls under way are finished.";
    const targets = [anOutcome("done", { sentence })];
    const card = textOf(changeCard(aChange({ state: "done", ...ended, targets })));
    expect(card).toMatch(/Burki shows PAUSED \(checked <!date[^)]+\)\. Calls under way/);
  });

  it("does not say twice that the call was accepted or had no clear answer", () => {
    const accepted = targetAt(0, "burki", { ...left, state: "unknown" });
    const card = textOf(changeCard(aChange({ state: "running", targets: [accepted] })));
    expect(card).toContain("Burki accepted the pause and is read again");
    expect(card).not.toContain("no clear answer");
  });
});

describe("a campaign whose outcome was not found out in time", () => {
  const sentence = "Checked again: Burki shows PAUSED, so the pause has taken effect.";

  it("points to what Check again found, and does not say any more that it is not known", () => {
    const seen = anOutcome("needs_attention", { checkedAt: minutesLater(9), sentence });
    const card = textOf(
      changeCard(aChange({ state: "needs_attention", ...ended, targets: [seen] })),
    );
    expect(card).toContain(
      "in time whether “Spring launch” was paused. What it showed since is below.",
    );
    expect(card).not.toContain("Look in Burki");
  });

  it("is for somebody to look at where nothing was found since", () => {
    const unseen = anOutcome("needs_attention");
    const card = textOf(
      changeCard(aChange({ state: "needs_attention", ...ended, targets: [unseen] })),
    );
    expect(card).toContain(
      "We could not find out whether “Spring launch” was paused. Look in Burki",
    );
  });
});

describe("a caution of several campaigns", () => {
  it("stands once for each platform", () => {
    const caution = "Calls under way are finished.";
    const targets = [0, 1, 2].map((place) =>
      targetAt(place, place < 2 ? "burki" : "sarvam", {
        ...anOutcome("done"),
        id: `chg_7Q2.${place}`,
        vendor: place < 2 ? "burki" : "sarvam",
        sentence: `Paused. It shows PAUSED. ${caution}`,
      }),
    );
    const cautions = Object.fromEntries(targets.map(({ id }) => [id, caution]));
    const card = textOf(changeCard(aChange({ state: "done", ...ended, targets }), { cautions }));
    expect(card.split(caution)).toHaveLength(3);
    expect(card).toContain(`ℹ️ Burki: ${caution}`);
    expect(card).toContain(`ℹ️ Sarvam: ${caution}`);
  });
});

describe("a planned end that comes to nothing", () => {
  const until = minutesLater(120);
  const pause = aChange({ state: "done", ...ended, until, targets: [anOutcome("done")] });
  const by = (watch: "changed" | "ended"): LostEnd => ({
    kind: "let_go",
    by: { ...pause, target: { ...anOutcome("done"), watch } },
  });

  it.each([
    ["changed", "it did not stay paused."],
    ["ended", "it has ended by itself."],
  ] as const)("does not name the pause itself as what came first: %s", (watch, why) => {
    const card = textOf(changeCard(pause, { lostEnd: by(watch) }));
    expect(card).toContain(`nothing is resumed then: ${why}`);
    expect(card).not.toContain("came first");
  });
});

describe("a resume that an emergency stop has ended", () => {
  it("says so once on its card, and in the line that is read aloud", () => {
    const sentence = "Ended by the emergency stop chg_S. Nothing was sent.";
    const targets = [anOutcome("failed", { state: "queued", attempts: 0, sentence })];
    const change = aChange({ action: "resume", state: "superseded", ...ended, targets });
    const card = changeCard(change);
    expect(textOf({ ...card, text: "" }).split(sentence)).toHaveLength(2);
    expect(card.text).toContain(sentence);
  });
});
