import { describe, expect, it } from "vitest";
import { endStates, openStates } from "../../../src/domain/change.ts";
import { changeCard } from "../../../src/slack/cards/change-card.ts";
import { messageFaults, valuesOf } from "../../support/block-kit.ts";
import { drawn } from "../../support/draw-blocks.ts";
import { everyCard } from "./every-card.ts";
import { aChange, anOutcome, aTarget } from "./samples.ts";

describe("the card of a change", () => {
  it("looks like this in every state", async () => {
    const all = Object.entries(everyCard).map(([name, card]) => `######## ${name}\n${drawn(card)}`);
    await expect(all.join("\n")).toMatchFileSnapshot("snapshots/change-cards.txt");
  });

  it.each(Object.entries(everyCard))("stays inside Slack's limits: %s", (_, card) => {
    expect(messageFaults(card)).toEqual([]);
  });

  it.each(Object.entries(everyCard))("puts nothing but an id into its buttons: %s", (_, card) => {
    for (const value of valuesOf(card, "value")) expect(value).toMatch(/^[\w.-]{1,64}$/);
  });

  it("shows three buttons at most, and the rest in a menu", () => {
    const rows = Object.values(everyCard).flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.type === "actions" ? [block.elements] : [])),
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const elements of rows) {
      expect(elements.filter(({ type }) => type === "button").length).toBeLessThanOrEqual(3);
    }
    expect(rows.flat().some(({ type }) => type === "overflow")).toBe(true);
  });

  it.each([
    ["Spring launch", "Sprіng launch"],
    ["Spring launch", "Spring launch\u200b"],
    ["a".repeat(500), `${"a".repeat(500)}b`],
  ])("E37: tells campaigns apart by their ids where names look alike: %j", (one, other) => {
    const cards = [one, other].map((name, n) => {
      const campaign = { id: String(42 + n), name };
      return drawn(changeCard(aChange({ targets: [aTarget({ campaign, connection: "burki" })] })));
    });
    expect(cards[0]).toContain("`burki:42`");
    expect(cards[1]).toContain("`burki:43`");
  });

  it("has no button while it is being worked on", () => {
    const card = changeCard(aChange({ state: "running", targets: [aTarget({ state: "trying" })] }));
    expect(valuesOf(card, "action_id")).toEqual([]);
  });

  it.each([...openStates, ...endStates])(
    "is green in state %s only if every campaign was seen to be so",
    (state) => {
      for (const target of [aTarget(), anOutcome("unknown"), anOutcome("failed")]) {
        const card = changeCard(aChange({ state, targets: [anOutcome("already"), target] }));
        const footer = JSON.stringify(card.blocks.at(-1));
        expect(footer).not.toContain("✅");
      }
    },
  );

  it("never claims that nothing was changed once a call has left", () => {
    const superseded = aChange({ state: "superseded", targets: [aTarget({ attempts: 1 })] });
    expect(drawn(changeCard(superseded))).not.toContain("Nothing was changed");
  });

  it("gives the buttons a new block whenever the change has moved", () => {
    const ids = [1, 2].map((version) => valuesOf(changeCard(aChange({ version })), "block_id"));
    expect(ids[0]).not.toEqual(ids[1]);
  });
});
