import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PretendMessage } from "../../sandbox/slack/types.ts";
import { comes, digestsIn, setsDigest } from "../support/digest.ts";
import { drawn } from "../support/draw-blocks.ts";
import { buttonsOn, type Journey, settled, startJourney } from "../support/journey.ts";

const approvals = "C0APPROVALS";
const ana = "<@U0ANA00001>";
const chi = "<@U0CHI00003>";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ vendorDeadlineMs: 1_500 });
  const { burki, peachdesk, talkdesk } = journey.house.vendors;
  await comes(journey, "2026-12-05T10:00:00Z");
  await journey.types("chi", "pause burki:42 because wrong price");
  await comes(journey, "2026-12-06T20:00:00Z");
  await journey.types("ana", "pause woodpecker:42 because of the holidays");
  await comes(journey, "2026-12-07T06:00:00Z");
  await setsDigest(journey, "dee", { time: "09:00", channel: approvals });
  await journey.types("ana", "resume burki:7 because the offer is right again");
  await journey.types("ben", "cancel burki:60 because wrong audience");
  burki.setWord("51", "paused");
  peachdesk.faults.set({ kind: "hang" });
  talkdesk.faults.set({ kind: "status", status: 401 });
  await comes(journey, "2026-12-07T08:00:00Z");
});
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

function digest(): PretendMessage {
  const last = digestsIn(journey, approvals).at(-1);
  if (!last) throw new Error("no digest came");
  return last;
}

/** The lines under one title, up to the next. */
function under(title: string): string[] {
  const lines = drawn(digest()).split("\n");
  const from = lines.indexOf(`*${title}*`) + 1;
  if (from === 0) return [];
  const length = lines.slice(from).findIndex((line) => /^(\*[^*]+\*$| {2}~)/.test(line));
  return lines.slice(from, from + length);
}

const presses = (person: "ben" | "dee", label: "Approve" | "Deny", place: number) => {
  const all = buttonsOn(digest()).filter((one) => one.label === label);
  const { actionId = "", blockId } = all[place] ?? {};
  const { channel, ts } = digest();
  return journey.house.slack.press(person, { channel, ts }, actionId, blockId);
};

describe("the digest", () => {
  it("says per connection how many run, are paused and failed", () => {
    expect(under("By connection")).toEqual([
      "*burki* · Burki: 1 running, 3 paused, 0 failed, 3 in other states",
      "*sarvam* · Sarvam: 2 running, 2 paused, 0 failed, 3 in other states",
      "*woodpecker* · Woodpecker: 1 running, 2 paused, 0 failed, 4 in other states",
    ]);
  });

  it("says what is paused, by whom and since when, also what was paused behind our back", () => {
    const [first, second, ...others] = under("Paused");
    expect(first).toMatch(`“Spring launch”, \`burki:42\` at Burki: by ${chi}, since <!date^`);
    expect(first).toContain("2026-12-05 10:00 UTC");
    expect(second).toContain(`\`woodpecker:42\` at Woodpecker: by ${ana}`);
    expect(second).toContain("2026-12-06 20:00 UTC");
    expect(others).toContain("⏸️ “NPS callbacks May”, `burki:51` at Burki: paused outside Slack");
    expect(others).toHaveLength(5);
  });

  it("says what changed in the last 24 hours, and nothing older", () => {
    const [changed, ...others] = under("Changed in the last 24 hours");
    expect(changed).toMatch(`✅ Done · Pause “Fintech CFOs, first touch” on Woodpecker · ${ana}`);
    expect(others).toEqual([]);
  });

  it("says what could not be read and why, and that this is not the whole picture", () => {
    expect(under("Could not be read")).toEqual([
      expect.stringContaining("*peachdesk* · Peachdesk AI: Peachdesk AI cannot be reached"),
      expect.stringContaining("*talkdesk* · Talkdesk: Talkdesk does not accept our key"),
    ]);
    expect(digest().text).toContain("2 connections could not be read");
    expect(digest().text).toContain("4 running, 7 paused, 0 failed.");
  });

  it("says what waits, with a pair of buttons each", () => {
    const waiting = under("Waiting for approval").filter((line) => line.startsWith("⏳"));
    expect(waiting).toEqual([
      "⏳ *Resume “Early renewal offer” on Burki*",
      "⏳ *Cancel “Demo requests, no answer” on Burki*",
    ]);
    expect(buttonsOn(digest()).map(({ label }) => label)).toEqual([
      "Approve",
      "Deny",
      "Approve",
      "Deny",
    ]);
  });
});

describe("its buttons", () => {
  const toldTo = (person: string) =>
    journey.house.slack.ephemerals(person, approvals).at(-1)?.text ?? "";

  it("do nothing for somebody who may not decide, and say so", async () => {
    await presses("ben", "Approve", 1);
    await settled(journey.house);
    expect(toldTo("ben")).not.toBe("");
    expect(journey.word("burki", "60")).toBe("running");
  });

  it("approve for good: the change is made, its own card tells, and the digest stays a digest", async () => {
    const before = digest();
    await presses("dee", "Approve", 0);
    await settled(journey.house);
    expect(toldTo("dee")).toBe("Approved. The change's own card shows what becomes of it.");
    await journey.passes(5_000);
    expect(journey.word("burki", "7")).toBe("running");
    const card = journey.cards().find(({ text }) => text.startsWith("Resume “Early renewal"));
    expect(card?.text).toContain("Resumed, and Burki confirms it.");
    expect(digest()).toMatchObject({ ts: before.ts, text: before.text, edits: 0 });
    expect(journey.cards(approvals)).toHaveLength(1);
  });

  it("deny with a reason, and a second press is answered without effect", async () => {
    const { slack } = journey.house;
    await presses("dee", "Deny", 1);
    await settled(journey.house);
    const view = slack.views("dee").at(-1);
    await slack.submit("dee", view?.id ?? "", { reason: "it is the right audience" });
    await settled(journey.house);
    await presses("dee", "Approve", 1);
    await settled(journey.house);
    expect(toldTo("dee")).toContain("already denied");
    expect(journey.word("burki", "60")).toBe("running");
    expect(digest().edits).toBe(0);
  });

  it("are gone the next day, when nothing waits and every platform answers again", async () => {
    const { peachdesk, talkdesk } = journey.house.vendors;
    for (const vendor of [peachdesk, talkdesk]) vendor.faults.set(null);
    await comes(journey, "2026-12-08T08:00:00Z");
    expect(digestsIn(journey, approvals)).toHaveLength(2);
    expect(buttonsOn(digest())).toEqual([]);
    expect(under("Could not be read")).toEqual([]);
    expect(under("By connection")).toContain(
      "*peachdesk* · Peachdesk AI: 2 running, 2 paused, 1 failed, 2 in other states",
    );
    expect(under("Changed in the last 24 hours").map((line) => line.split(" · ", 2))).toEqual([
      [expect.stringContaining("Denied"), "Cancel “Demo requests, no answer” on Burki"],
      [expect.stringContaining("Done"), "Resume “Early renewal offer” on Burki"],
    ]);
  });
});
