import { describe, expect, it } from "vitest";
import type { Phase } from "../../src/domain/campaign.ts";
import { type DigestFacts, digestOf } from "../../src/domain/digest.ts";
import { aCampaign, aChange, ana, ben, minutesAfter, monday } from "./builders.ts";

const burki = { id: "con_1", name: "burki", vendor: "burki" } as const;
const sales = { id: "con_2", name: "sales-eu", vendor: "woodpecker" } as const;
const inPhases = (...phases: Phase[]) =>
  phases.map((phase, at) => aCampaign({ id: `${at}`, name: phase, phase }));

const digest = (facts: Partial<DigestFacts>) =>
  digestOf({ now: monday, connections: [], pauses: [], changes: [], ...facts });

describe("the digest", () => {
  it("counts what runs, is paused, failed and the rest, per connection", () => {
    const campaigns = inPhases(
      "running",
      "starting",
      "paused",
      "failed",
      "completed",
      "draft",
      "unknown",
    );
    expect(
      digest({
        connections: [
          { ...burki, campaigns },
          { ...sales, campaigns: [] },
        ],
      }).counts,
    ).toEqual([
      { name: "burki", vendor: "burki", running: 2, paused: 1, failed: 1, other: 3 },
      { name: "sales-eu", vendor: "woodpecker", running: 0, paused: 0, failed: 0, other: 0 },
    ]);
  });

  it("says what could not be read, instead of counting it", () => {
    const connections = [{ ...burki, unreadable: "Burki did not answer." }, sales];
    expect(digest({ connections })).toMatchObject({
      counts: [],
      unreadable: [
        { name: "burki", vendor: "burki", sentence: "Burki did not answer." },
        { name: "sales-eu", vendor: "woodpecker", sentence: "It could not be read." },
      ],
    });
  });

  it("says what is paused, by whom and since when, the longest first", () => {
    const campaigns = [
      aCampaign({ id: "1", name: "By somebody else", phase: "paused" }),
      aCampaign({ id: "2", name: "Lately", phase: "paused" }),
      aCampaign({ id: "3", name: "Long ago", phase: "paused" }),
      aCampaign({ id: "4", name: "Runs again" }),
    ];
    const pause = (
      campaignId: string,
      by: string,
      minutes: number,
      connectionId: string = burki.id,
    ) => ({
      connectionId,
      campaignId,
      by,
      since: minutesAfter(minutes),
    });
    const pauses = [
      pause("2", ben.id, -5),
      pause("2", ana.id, -90),
      pause("3", ana.id, -3000),
      pause("4", ana.id, -10),
      pause("1", ana.id, -10, sales.id),
    ];
    expect(digest({ connections: [{ ...burki, campaigns }], pauses }).paused).toMatchObject([
      { target: { campaign: { name: "Long ago" } }, by: ana.id, since: minutesAfter(-3000) },
      { target: { campaign: { name: "Lately" } }, by: ben.id, since: minutesAfter(-5) },
      { target: { connection: "burki", campaign: { id: "1", name: "By somebody else" } } },
    ]);
  });

  it("says what changed in the last 24 hours, the newest first, and what waits, the oldest first", () => {
    const hour = 60;
    const { decidedAt: _, ...asked } = aChange({
      id: "denied",
      state: "denied",
      askedAt: minutesAfter(-2 * hour),
    });
    const changes = [
      asked,
      aChange({
        id: "done",
        state: "done",
        askedAt: minutesAfter(-30 * hour),
        endedAt: minutesAfter(-hour),
      }),
      aChange({
        id: "approved",
        state: "approved",
        askedAt: minutesAfter(-30 * hour),
        decidedAt: minutesAfter(-3 * hour),
      }),
      aChange({
        id: "yesterday",
        state: "done",
        askedAt: minutesAfter(-30 * hour),
        endedAt: minutesAfter(-24 * hour),
      }),
      aChange({ id: "waits", askedAt: minutesAfter(-hour) }),
      aChange({ id: "waits longer", askedAt: minutesAfter(-40 * hour) }),
      aChange({ id: "ran out", askedAt: minutesAfter(-8 * hour), expiresAt: monday }),
    ];
    const { changed, waiting } = digest({ changes });
    expect(changed.map(({ id }) => id)).toEqual(["done", "denied", "approved"]);
    expect(waiting.map(({ id }) => id)).toEqual(["waits longer", "waits"]);
  });
});
