import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../sandbox/vendors/faults.ts";
import { type VendorName, vendorNames } from "../../src/domain/campaign.ts";
import type { Change } from "../../src/domain/change.ts";
import { type Journey, startJourney } from "../support/journey.ts";
import { whole } from "../support/share.ts";

/** Changing calls that a fault may cost: a clear no once, an unclear answer twice, "slow down" five times. */
type Case = { fault: Fault; most: number };

const refusals: Record<string, Case> = {
  "400": { fault: { kind: "status", status: 400 }, most: 1 },
  "401": { fault: { kind: "status", status: 401 }, most: 1 },
  "402": { fault: { kind: "status", status: 402 }, most: 1 },
  "403": { fault: { kind: "status", status: 403 }, most: 1 },
  "404": { fault: { kind: "status", status: 404 }, most: 1 },
  "409": { fault: { kind: "status", status: 409 }, most: 1 },
  "422": { fault: { kind: "status", status: 422 }, most: 1 },
};
const crowding: Record<string, Case> = {
  "429": { fault: { kind: "status", status: 429 }, most: 5 },
  "429 with Retry-After": { fault: { kind: "status", status: 429, retryAfter: "7" }, most: 5 },
};
const silences: Record<string, Case> = {
  "500 with HTML": { fault: { kind: "status", status: 500 }, most: 2 },
  "reset before acting": { fault: { kind: "reset_before" }, most: 2 },
  "time-out before acting": { fault: { kind: "hang" }, most: 2 },
};
const lostAnswers: Record<string, Case> = {
  "500 after acting": { fault: { kind: "status", status: 500, acts: true }, most: 1 },
  "reset after acting": { fault: { kind: "reset_after" }, most: 1 },
  "time-out after acting": { fault: { kind: "hang_after" }, most: 1 },
};
const all = { ...refusals, ...crowding, ...silences, ...lostAnswers };
/** Where reads fail too, it matters whether a failure ends at once, may pass, or has a state behind it. */
const withReads = Object.fromEntries(
  Object.entries(all).filter(([name]) => !/^(400|402|403|409|422|429)$/.test(name)),
);

const campaigns: Record<VendorName, { runs: string; paused: string }> = {
  peachdesk: { runs: "42", paused: "17" },
  burki: { runs: "42", paused: "7" },
  woodpecker: { runs: "42", paused: "108" },
  sarvam: { runs: "camp-09af", paused: "camp-b7e2" },
  talkdesk: {
    runs: "5a9e1c7d42b84f6e9d0c3b2a1f807e65",
    paused: "91b3d5f7-8642-4eca-a0b1-c2d3e4f50617",
  },
};

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney({ vendorDeadlineMs: 400, random: () => 0.5 });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

describe.each(vendorNames)("%s", (vendor) => {
  const { runs, paused } = campaigns[vendor];
  /**
   * A 401 may only mean that Talkdesk's token is over, so it is asked once more with a new one. This
   * 402 of Peachdesk's says that it could not look up its credits, which it may do the next time.
   */
  const mostOf = ({ most, fault }: Case) => {
    const status = fault.kind === "status" ? fault.status : 0;
    if (vendor === "talkdesk" && status === 401) return most + 1;
    return vendor === "peachdesk" && status === 402 ? 5 : most;
  };

  it.each(playedAt(vendor, all))(
    "that answers a pause with %s: the card tells the truth",
    async (_, one) => {
      journey.house.vendors[vendor].faults.set({ ...one.fault, on: "change" });
      await journey.types("ana", `pause ${vendor}:${runs}`);
      const change = await journey.untilEnded(15_000);
      judged(change, vendor, runs, "paused");
      expect(journey.changing(vendor).length).toBeLessThanOrEqual(mostOf(one));
    },
  );

  it.each(playedAt(vendor, withReads))(
    "that answers everything with %s after an approval: the card tells the truth",
    async (_, one) => {
      await journey.types("ana", `resume ${vendor}:${paused}`);
      journey.house.vendors[vendor].faults.set({ ...one.fault, on: "all" });
      await journey.presses("dee", "Approve");
      const change = await journey.untilEnded(15_000);
      judged(change, vendor, paused, "running");
      expect(journey.changing(vendor).length).toBeLessThanOrEqual(mostOf(one));
    },
  );

  it.each(playedAt(vendor, { ...crowding, ...silences }))(
    "that answers with %s only once: the pause is done",
    async (_, one) => {
      journey.house.vendors[vendor].faults.set({ ...one.fault, on: "change", times: 1 });
      await journey.types("ana", `pause ${vendor}:${runs}`);
      const change = await journey.untilEnded(15_000);
      expect(change.state).toBe("done");
      expect(effects(vendor)).toBe(1);
      judged(change, vendor, runs, "paused");
    },
  );
});

/** Every failure at some platform and every platform with some failures; the whole run has every one at every one. */
function playedAt(vendor: VendorName, cases: Record<string, Case>): [string, Case][] {
  const first = vendorNames.indexOf(vendor);
  return Object.entries(cases).filter((_, at) => whole || (at + first) % 4 === 0);
}

function effects(vendor: VendorName): number {
  return journey.changing(vendor).filter(({ effect }) => effect !== null).length;
}

const wanted = {
  paused: /^paused$/i,
  running: /^(running|active|scheduled)$/i,
};

/** The card has ended, in words that say what did not happen, and it never says "failed" of what is so. */
function judged(change: Change, vendor: VendorName, id: string, state: keyof typeof wanted): void {
  const card = journey.card();
  const word = journey.word(vendor, id) ?? "";
  const isSo = wanted[state].test(word) && !(vendor === "burki" && word === "scheduled");
  if (isSo) expect(["done", "needs_attention"]).toContain(change.state);
  else expect(["failed", "needs_attention"]).toContain(change.state);
  if (change.state === "failed" || change.state === "needs_attention") {
    expect(card).toMatch(/[Nn]othing was (changed|sent)|not known|do not know|could not find out/);
  }
  if (change.state === "needs_attention") expect(card).not.toMatch(/[Nn]othing was (changed|sent)/);
  expect(effects(vendor)).toBeLessThanOrEqual(1);
  nothingLeaks(vendor);
}

/** Neither a key nor a page nor a stack, in anything that Slack was ever sent. */
function nothingLeaks(vendor: VendorName): void {
  const told = JSON.stringify(journey.house.slack.calls());
  for (const secret of Object.values(journey.house.vendors[vendor].secret)) {
    expect(told).not.toContain(secret);
  }
  expect(told).not.toMatch(
    /<!DOCTYPE|<html|<h1|\.ts:\d|\bat \w+ \(|Error:|ECONN|UND_ERR|undefined|\[object/,
  );
}
