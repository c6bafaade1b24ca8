import { mkdir } from "node:fs/promises";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, closes, press, type Seat, takeSeat, topOf } from "./a-browser.ts";

const shots = "coverage/screenshots";
const mine = "no cancels of KYC";
let seat: Seat;
beforeAll(async () => {
  await mkdir(shots, { recursive: true });
  seat = await takeSeat({ width: 1280, height: 900 });
});
afterAll(async () => {
  await seat.leave();
});

const shot = (name: string) => seat.page.screenshot({ path: `${shots}/policy-${name}.png` });
const onTop = () => topOf(seat.page);
const rules = () => onTop().filter({ hasText: "Anything else is denied." });
const everyRule = () => rules().locator(".with-accessory");
const rule = (name: string) => everyRule().filter({ hasText: name });
const field = (name: string) => onTop().getByRole("textbox", { name, exact: true });

/** Picks something from the menu behind •••. */
async function picks(on: Locator, name: string): Promise<void> {
  await press(on, "More actions");
  await seat.page.getByRole("menuitem", { name, exact: true }).click();
}

describe("the policy's form", () => {
  it("lists the rules, and takes a new one into a draft", async () => {
    await seat.become("ana");
    await seat.type("/campaign pause burki:42 because wrong price");
    await card(seat.page, "wrong price").filter({ hasText: "Paused" }).waitFor();
    await seat.become("dee");
    await seat.type("/campaign policy");
    await rule("members may pause at once").waitFor();
    await shot("list");
    await press(onTop(), "Add rule");
    await field("Name").fill("no cancels");
    await onTop().getByRole("checkbox", { name: "cancel" }).check();
    await field("Campaigns called").fill("KYC*");
    await onTop()
      .getByRole("radio", { name: /^Two steps/ })
      .check();
    await field("Step 2, who decides: groups and others").waitFor();
    await onTop()
      .getByRole("radio", { name: /^It is denied/ })
      .check();
    await onTop().getByText("who decides").first().waitFor({ state: "detached" });
    await shot("add");
    await press(onTop(), "Put into draft");
    await rule("no cancels: cancel of KYC").waitFor();
    await rules().filter({ hasText: "This is your draft, and it is not saved." }).waitFor();
  });

  it("edits a rule without losing what is not touched", async () => {
    const steps = "several resumes at once";
    await picks(rule(steps), "Edit");
    await field("Within").fill("1h");
    await press(onTop(), "Put into draft");
    await onTop().getByRole("alert").first().waitFor();
    await shot("edit");
    await field("Within").fill("3h");
    await press(onTop(), "Put into draft");
    await rule("within 3h").waitFor();
    expect(await rule("within 3h").textContent()).toMatch(
      /2 of @marketing .* 1 of .*admin.* calling @ben, @marketing/,
    );
    await picks(rule("no cancels: cancel"), "Edit");
    await field("Name").fill(mine);
    await press(onTop(), "Put into draft");
    await rule(mine).waitFor();
  });

  it("moves and removes rules", async () => {
    const { page } = seat;
    const count = await everyRule().count();
    await picks(everyRule().first(), "Move down");
    await everyRule().first().filter({ hasText: "an emergency stop acts first" }).waitFor();
    await picks(rule("a cancel needs an admin"), "Remove");
    await page.getByText(/a cancel needs an admin: cancel/).waitFor({ state: "detached" });
    expect(await everyRule().count()).toBe(count - 1);
  });

  it("answers what the draft would say", async () => {
    await press(onTop(), "What if?");
    await onTop().getByRole("combobox", { name: "If this person" }).selectOption("Ana Ferrer");
    await onTop().getByRole("combobox", { name: "wanted to" }).selectOption("resume");
    const campaigns = onTop().getByRole("combobox", { name: "these campaigns" });
    for (const text of ["burki:42", "burki:7"]) {
      await campaigns.fill(text);
      await onTop().getByRole("listbox").getByRole("option").first().click();
    }
    await press(onTop(), "See");
    await onTop().getByText("It would need approval within 3h").waitFor();
    await shot("what-if");
    await closes(seat.page);
  });

  it("replays what was decided", async () => {
    await press(onTop(), "Replay");
    await onTop()
      .getByText(/would have decided on 1 change/)
      .waitFor();
    await shot("replay");
    await closes(seat.page);
  });

  it("comes back from its own file as it went", async () => {
    await press(onTop(), "Export");
    await onTop().getByText("version: 1").waitFor();
    // biome-ignore lint/performance/useDomNodeTextContent: the lines of the file are drawn, not written
    const text = await onTop().locator(".modal-body").innerText();
    await shot("export");
    await closes(seat.page);
    await press(onTop(), "Import YAML");
    await field("A policy file").fill("rules: none");
    await press(onTop(), "Put into draft");
    await onTop().getByRole("alert").first().waitFor();
    await shot("import");
    await field("A policy file").fill(text);
    await press(onTop(), "Put into draft");
    await rule(mine).waitFor();
    await rule("within 3h").waitFor();
  });

  it("holds once it is saved", async () => {
    await press(onTop(), "Save…");
    await onTop()
      .getByText(/This becomes version \d+/)
      .waitFor();
    await shot("save");
    await press(onTop(), "Save");
    await seat.page.getByRole("dialog").waitFor({ state: "detached" });
    await seat.become("ana");
    await seat.type("/campaign policy");
    const told = seat.page.locator("[data-ephemeral]").filter({ hasText: mine });
    await told.waitFor();
  });

  it("raised no fault in the browser", () => {
    expect(seat.faults).toEqual([]);
  });
});
