import { mkdir } from "node:fs/promises";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, chip, type Seat, someCampaign, takeSeat } from "./a-browser.ts";

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
const onTop = () => seat.page.getByRole("dialog").last();
const press = (on: Locator, name: string | RegExp) => on.getByRole("button", { name }).click();
const closes = () => onTop().getByRole("button", { name: "Close" }).first().click();

async function asks(text: string, reason: string): Promise<Locator> {
  await seat.become("ana");
  await seat.type(`/campaign ${text} because ${reason}`);
  const asked = card(seat.page, reason).last();
  await asked.waitFor();
  return asked;
}

/** Picks something from the menu behind •••. */
async function picks(on: Locator, name: string): Promise<void> {
  await press(on, "More actions");
  await seat.page.getByRole("menuitem", { name, exact: true }).click();
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
    await closes();
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
    await asked.filter({ hasText: "Denied by @Ben Okafor" }).waitFor();
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
    await stop.filter({ hasText: "Ratified by @Dee Larsson" }).waitFor();
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
    await stop.filter({ hasText: "Reversed by @Dee Larsson" }).waitFor();
    await chip(seat.page, "sarvam", id)
      .and(seat.page.locator('[data-word="active"], [data-word="scheduled"]'))
      .waitFor();
    await shot("reversed");
  });
});

describe("the policy's form", () => {
  const rules = () => onTop().filter({ hasText: "Anything else is denied." });
  const rule = (name: string) => rules().locator(".with-accessory").filter({ hasText: name });
  const first = () => rules().locator(".with-accessory").first();
  const field = (name: string) => onTop().getByRole("textbox", { name, exact: true });
  const mine = "no cancels of KYC";

  it("lists the rules, and takes a new one into a draft", async () => {
    await seat.become("dee");
    await seat.type("/campaign policy");
    await rule("members may pause at once").waitFor();
    await shot("policy-list");
    await press(onTop(), "Add rule");
    await field("Name").fill("no cancels");
    await onTop().getByRole("checkbox", { name: "cancel" }).check();
    await field("Campaigns called").fill("KYC*");
    await onTop()
      .getByRole("radio", { name: /^It is denied/ })
      .check();
    await shot("policy-add");
    await press(onTop(), "Put into draft");
    await rule("no cancels: cancel of KYC").waitFor();
    await rules().filter({ hasText: "This is your draft, and it is not saved." }).waitFor();
  });

  it("edits a rule without losing what is not touched", async () => {
    const steps = "several resumes at once";
    await picks(rule(steps), "Edit");
    await field("Within").fill("2h");
    await shot("policy-edit");
    await press(onTop(), "Put into draft");
    await rule("within 2h").waitFor();
    expect(await rule("within 2h").textContent()).toMatch(
      /2 of @marketing .* 1 of .*admin.* calling @marketing, @Ben Okafor/,
    );
    await picks(rule("no cancels: cancel"), "Edit");
    await field("Name").fill(mine);
    await press(onTop(), "Put into draft");
    await rule(mine).waitFor();
  });

  it("moves and removes rules", async () => {
    const { page } = seat;
    const count = await rules().locator(".with-accessory").count();
    await picks(first(), "Move down");
    await first().filter({ hasText: "an emergency stop acts first" }).waitFor();
    await picks(rule("a cancel needs an admin"), "Remove");
    await page.getByText(/a cancel needs an admin: cancel/).waitFor({ state: "detached" });
    expect(await rules().locator(".with-accessory").count()).toBe(count - 1);
  });

  it("answers what the draft would say", async () => {
    await press(onTop(), "What if?");
    await onTop().getByRole("combobox", { name: "If this person" }).selectOption("Ana Ferrer");
    await onTop().getByRole("combobox", { name: "wanted to" }).selectOption("resume");
    const campaigns = onTop().getByRole("combobox", { name: "these campaigns" });
    for (const text of ["burki:42", "burki:7"]) {
      await campaigns.fill(text);
      await onTop().getByRole("option").first().click();
    }
    await press(onTop(), "See");
    await onTop().getByText("It would need approval within 2h").waitFor();
    await shot("policy-what-if");
    await closes();
  });

  it("replays what was decided", async () => {
    await press(onTop(), "Replay");
    await onTop()
      .getByText(/This is what your draft would have decided on/)
      .waitFor();
    await shot("policy-replay");
    await closes();
  });

  it("comes back from its own file as it went", async () => {
    await press(onTop(), "Export");
    await onTop().getByText("version: 1").waitFor();
    const text = (await onTop().locator("pre").allTextContents()).join("\n");
    await shot("policy-export");
    await closes();
    await press(onTop(), "Import YAML");
    await field("A policy file").fill("rules: none");
    await press(onTop(), "Put into draft");
    await onTop().getByRole("alert").first().waitFor();
    await shot("policy-import");
    await field("A policy file").fill(text);
    await press(onTop(), "Put into draft");
    await rule(mine).waitFor();
    await rule("within 2h").waitFor();
  });

  it("holds once it is saved", async () => {
    await press(onTop(), "Save…");
    await onTop()
      .getByText(/This becomes version \d+/)
      .waitFor();
    await shot("policy-save");
    await press(onTop(), "Save");
    await seat.page.getByRole("dialog").waitFor({ state: "detached" });
    await seat.become("ana");
    await seat.type("/campaign policy");
    const told = seat.page.locator("[data-ephemeral]").filter({ hasText: mine });
    await told.waitFor();
  });
});

describe("the page under all this", () => {
  it("raised no fault in the browser", () => {
    expect(seat.faults).toEqual([]);
  });
});
