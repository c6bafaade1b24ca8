import { describe, expect, it } from "vitest";
import { actions } from "../../../src/domain/campaign.ts";
import { endStates, openStates } from "../../../src/domain/change.ts";
import type { Digest } from "../../../src/domain/digest.ts";
import { changeCard } from "../../../src/slack/cards/change-card.ts";
import { digestCard } from "../../../src/slack/cards/digest-card.ts";
import { detailsOf, redactedCard } from "../../../src/slack/cards/redacted-card.ts";
import { redactedDigest } from "../../../src/slack/cards/redacted-digest.ts";
import { messageFaults, valuesOf } from "../../support/block-kit.ts";
import { aChange, anOutcome, aVote, minutesLater, noon, targetAt } from "./samples.ts";

/** What must not be read by people of another organisation. */
const private_ = [
  ...["Canary campaign", "canary-id", "canary-connection", "Burki", "Woodpecker", "wrong canary"],
  ...[
    "canary vote",
    "canary rule",
    "canary sentence",
    "CANARYWORD",
    "U0ASKER",
    "U0VOTER",
    "S0GROUP",
  ],
];

const targets = [
  anOutcome("done", {
    campaign: { id: "canary-id", name: "Canary campaign" },
    connection: "canary-connection",
    after: "CANARYWORD",
  }),
  targetAt(2, "woodpecker", { state: "failed", attempts: 1, sentence: "A canary sentence." }),
];
const secretive = {
  reason: "wrong canary",
  askedBy: "U0ASKER",
  verdict: {
    kind: "approve",
    rule: "canary rule",
    steps: [{ from: ["S0GROUP"], count: 2, self: false }],
    expiresAfterMs: 1,
  },
  votes: [aVote("U0VOTER", { kind: "deny", reason: "canary vote" }), aVote("U0VOTER")],
} as const;

const every = actions.flatMap((action) =>
  [...openStates, ...endStates].map((state) => ({ action, state })),
);

describe("a card that people of other organisations read", () => {
  it.each(every)("names nothing: $action, $state", ({ action, state }) => {
    for (const shown of [targets, targets.slice(0, 1), targets.slice(1)]) {
      const change = aChange({ ...secretive, action, state, targets: shown });
      const card = redactedCard(change);
      expect(messageFaults(card)).toEqual([]);
      for (const word of private_) expect(JSON.stringify(card)).not.toContain(word);
      for (const one of [card, detailsOf(change)]) {
        for (const value of valuesOf(one, "value")) expect(value).toBe(change.id);
      }
    }
  });

  it("says what is asked, of how many, how it stands, and has the buttons", () => {
    const card = redactedCard(aChange({ ...secretive, targets }));
    const text = JSON.stringify(card);
    expect(card.text).toBe(
      "Pause 2 campaigns: Waiting for 1 more approval. Nothing has been changed yet. Somebody who may has to approve or deny it.",
    );
    for (const label of ["Approve", "Deny", "Withdraw", "Details"]) expect(text).toContain(label);
  });

  it("tells the whole story to one person, without buttons", () => {
    const change = aChange({ ...secretive, targets });
    expect(detailsOf(change).text).toBe(changeCard(change).text);
    expect(JSON.stringify(detailsOf(change))).toContain("wrong canary");
    expect(valuesOf(detailsOf(change), "action_id")).toEqual([]);
  });
});

describe("a digest that people of other organisations read", () => {
  const change = aChange({ ...secretive, targets });
  const [target] = targets;
  const digest: Digest = {
    at: noon,
    counts: [
      { name: "canary-connection", vendor: "burki", running: 3, paused: 1, failed: 0, other: 4 },
    ],
    paused: target ? [{ target, by: "U0ASKER", since: minutesLater(-600) }] : [],
    changed: [change],
    waiting: [change],
    owed: [],
    unreadable: [{ name: "canary", vendor: "woodpecker", sentence: "A canary sentence." }],
  };
  const day = { date: "2026-11-22", zone: "Europe/Berlin" };

  it("D35: is counts only", () => {
    const card = redactedDigest(digest, day);
    expect(messageFaults(card)).toEqual([]);
    for (const word of [...private_, "canary"]) expect(JSON.stringify(card)).not.toContain(word);
    expect(card.text).toContain("3 running, 1 paused, 0 failed. 1 change waiting for approval.");
    expect(valuesOf(card, "action_id")).toEqual([]);
    expect(JSON.stringify(digestCard(digest, day))).toContain("Canary campaign");
  });
});
