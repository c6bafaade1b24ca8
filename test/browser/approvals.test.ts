import { mkdir } from "node:fs/promises";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  card,
  chip,
  closes,
  press,
  type Seat,
  someCampaign,
  takeSeat,
  topOf,
} from "./a-browser.ts";

const shots = "coverage/screenshots";
let seat: Seat;
beforeAll(async () => {
  await mkdir(shots, { recursive: true });
  seat = await takeSeat({ width: 1280, height: 900 });
  await seat.page.getByRole("button", { name: "Hide tour" }).click();
});
afterAll(async () => {
  await seat.leave();
});

const shot = (name: string) => seat.page.screenshot({ path: `${shots}/approvals-${name}.png` });
const onTop = () => topOf(seat.page);

async function asks(text: string, reason: string): Promise<Locator> {
  await seat.become("ana");
  await seat.type(`/campaign ${text} because ${reason}`);
  const asked = card(seat.page, reason).last();
  await asked.waitFor();
  return asked;
}

async function holds(vendor: string, campaign: string, word: string): Promise<void> {
  await chip(seat.page, vendor, campaign)
    .and(seat.page.locator(`[data-word="${word}"]`))
    .waitFor();
}

describe("an approval in two steps by three people", () => {
  let asked: Locator;
  let other: string;
  beforeAll(async () => {
    other = await someCampaign(seat.page, "woodpecker", "PAUSED");
    asked = await asks(`resume burki:7, woodpecker:${other}`, "all prices are right");
  });

  it("says whose turn it is, and lets nobody of a later step decide before", async () => {
    await asked.filter({ hasText: "Step 1 (now): 0 of 2 from @marketing" }).waitFor();
    await asked.filter({ hasText: "Step 2 (later): 0 of 1 from an admin" }).waitFor();
    await shot("waiting");
    await seat.become("dee");
    await press(asked, "Approve");
    const told = seat.page.locator("[data-ephemeral]").filter({ hasText: "not counted" });
    await told.first().waitFor();
  });

  it("is counted vote by vote, also on a copy, and is then done at both platforms", async () => {
    const { page } = seat;
    await seat.become("ben");
    await page.locator(".channel", { hasText: "Fermata" }).click();
    const copy = card(page, "all prices are right");
    await copy.filter({ hasText: "names you" }).waitFor();
    await shot("copy");
    await press(copy, "Approve");
    await copy.filter({ hasText: "1 of 2" }).waitFor();
    await page.locator('[data-channel="outreach"]').click();
    await seat.become("chi");
    await press(asked, "Approve");
    await asked.filter({ hasText: "Step 1 (complete)" }).waitFor();
    await seat.become("dee");
    await press(asked, "Approve");
    await asked.filter({ hasText: "Resumed" }).waitFor();
    await holds("burki", "7", "running");
    await holds("woodpecker", other, "RUNNING");
  });

  it("tells its whole story in Details", async () => {
    await press(asked, "Details");
    await onTop().getByText("How it stands now").waitFor();
    const story = (await onTop().textContent()) ?? "";
    expect(story).toMatch(/What happened[\s\S]*asked for it[\s\S]*gave the last approval/);
    await shot("details");
    await closes(seat.page);
  });
});

describe("a wish that is not agreed to", () => {
  it("is denied with a reason, which everybody can read on the card", async () => {
    const id = await someCampaign(seat.page, "peachdesk", "paused");
    const asked = await asks(`resume peachdesk:${id}`, "it is spring");
    await seat.become("ben");
    await press(asked, /^Deny/);
    await onTop().getByRole("textbox").fill("not before Monday");
    await press(onTop(), "Deny");
    await asked.filter({ hasText: "Denied by @ben" }).waitFor();
    expect(await asked.textContent()).toContain("“not before Monday”. Nothing was changed.");
    await holds("peachdesk", id, "paused");
    await shot("denied");
  });

  it("expires when nobody decides, and is asked again with one press", async () => {
    const { page } = seat;
    const id = await someCampaign(page, "peachdesk", "paused");
    const asked = await asks(`resume peachdesk:${id}`, "nobody looks");
    await press(page.getByRole("group", { name: /clock/ }), "+8 h");
    const waiting = card(page, "nobody looks");
    const expired = waiting.filter({ hasText: "Nobody decided in time. Nothing was changed." });
    await expired.waitFor();
    await shot("expired");
    await press(expired, "Ask again");
    await waiting.filter({ hasText: "Waiting for 1 approval" }).waitFor();
    expect(await waiting.count()).toBe(2);
    await press(asked, "Withdraw");
    await waiting.filter({ hasText: "Withdrawn by" }).waitFor();
  });
});

describe("an emergency stop that acted first", () => {
  it("is ratified by an admin, and by nobody else", async () => {
    const id = await someCampaign(seat.page, "burki", "running");
    const stop = await asks("stop all in burki", "wrong price everywhere");
    await holds("burki", id, "paused");
    await seat.become("ben");
    await press(stop, "Ratify");
    const told = seat.page.locator("[data-ephemeral]").filter({ hasText: "other people" });
    await told.waitFor();
    await shot("acted-first");
    await seat.become("dee");
    await press(stop, "Ratify");
    await stop.filter({ hasText: "Ratified by @dee" }).waitFor();
    await holds("burki", id, "paused");
  });

  it("is reversed by an admin: what it paused runs again", async () => {
    const id = await someCampaign(seat.page, "sarvam", "active");
    const stop = await asks("stop all in sarvam", "false alarm");
    await holds("sarvam", id, "paused");
    await seat.become("dee");
    await press(stop, "Reverse");
    await onTop().getByRole("textbox").fill("it was the price list");
    await press(onTop(), "Reverse");
    await stop.filter({ hasText: "Reversed by @dee" }).waitFor();
    await chip(seat.page, "sarvam", id)
      .and(seat.page.locator('[data-word="active"], [data-word="scheduled"]'))
      .waitFor();
    await shot("reversed");
  });
});

describe("the page under all this", () => {
  it("raised no fault in the browser", () => {
    expect(seat.faults).toEqual([]);
  });
});
