import { describe, expect, it } from "vitest";
import type { Digest } from "../../../src/domain/digest.ts";
import { digestCard } from "../../../src/slack/cards/digest-card.ts";
import { messageFaults, valuesOf } from "../../support/block-kit.ts";
import { drawn } from "../../support/draw-blocks.ts";
import { aChange, anOutcome, aTarget, minutesLater, noon, targetAt } from "./samples.ts";

const day = { date: "2026-11-22", zone: "Europe/Berlin" };
const quiet: Digest = {
  at: noon,
  counts: [],
  paused: [],
  changed: [],
  waiting: [],
  owed: [],
  unreadable: [],
};
const busy: Digest = {
  at: noon,
  counts: [
    { name: "burki", vendor: "burki", running: 3, paused: 1, failed: 0, other: 4 },
    { name: "sales-eu", vendor: "woodpecker", running: 8, paused: 1, failed: 1, other: 0 },
  ],
  paused: [
    { target: aTarget(), by: "U0ANA", since: minutesLater(-600) },
    { target: targetAt(2, "woodpecker") },
  ],
  changed: [
    aChange({
      id: "chg_1",
      state: "done",
      targets: [anOutcome("done")],
      endedAt: minutesLater(-60),
    }),
    aChange({ id: "chg_2", state: "expired", endedAt: minutesLater(-90) }),
  ],
  waiting: [aChange({ id: "chg_3" }), aChange({ id: "chg_4", action: "cancel" })],
  owed: [],
  unreadable: [{ name: "calls", vendor: "talkdesk", sentence: "Talkdesk refused the key." }],
};

describe("the daily digest", () => {
  it("looks like this on a busy and on a quiet day", async () => {
    const days = [drawn(digestCard(busy, day)), drawn(digestCard(quiet, day))];
    await expect(days.join("\n")).toMatchFileSnapshot("snapshots/digests.txt");
  });

  it("tells the person who gets it instead of a channel why, and what to do", () => {
    const card = drawn(digestCard(quiet, { ...day, closedChannel: "C0SALES" }));
    expect(card).toContain(
      "This could not be posted in <#C0SALES>, so it comes to you alone. Invite the app there, or choose another channel with `/campaign digest`.",
    );
    expect(drawn(digestCard(quiet, day))).not.toContain("could not be posted");
  });

  it("names those who may decide, and calls none of them", () => {
    const names = { S0MARKETING: "@marketing", U0ANA: "Ana Ferrer" };
    const known = drawn(digestCard(busy, { ...day, names }));
    expect(known).toContain("from @marketing, not Ana Ferrer");
    const unknown = drawn(digestCard(busy, day));
    expect(unknown).toContain("from a user group, not the asker");
    expect(known + unknown).not.toContain("<!subteam");
  });

  it("stays inside Slack's limits however much there is to tell", () => {
    const many = <Item>(one: Item) => Array.from({ length: 300 }, () => one);
    const huge: Digest = {
      at: noon,
      counts: busy.counts.flatMap(many),
      paused: busy.paused.flatMap(many),
      changed: busy.changed.flatMap(many),
      waiting: Array.from({ length: 300 }, (_, place) => aChange({ id: `chg_${place}` })),
      owed: [],
      unreadable: busy.unreadable.flatMap(many),
    };
    expect(messageFaults(digestCard(busy, day))).toEqual([]);
    expect(messageFaults(digestCard(quiet, day))).toEqual([]);
    expect(messageFaults(digestCard(huge, day))).toEqual([]);
  });

  it("lets each waiting change be decided by its own numbered buttons", () => {
    const card = digestCard(busy, day);
    expect(valuesOf(card, "action_id")).toEqual([
      "review_approve:1",
      "review_deny:1",
      "review_approve:2",
      "review_deny:2",
    ]);
    expect(valuesOf(card, "value")).toEqual(["chg_3", "chg_3", "chg_4", "chg_4"]);
  });
});
