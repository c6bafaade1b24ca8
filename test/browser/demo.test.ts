import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, chip, type Seat, someCampaign, takeSeat } from "./a-browser.ts";

/** One running campaign of every vendor, with the words its vendor uses. */
const campaigns = [
  { vendor: "peachdesk", id: "42", running: "running", paused: "paused", resumed: ["running"] },
  { vendor: "burki", id: "42", running: "running", paused: "paused", resumed: ["running"] },
  { vendor: "woodpecker", id: "42", running: "RUNNING", paused: "PAUSED", resumed: ["RUNNING"] },
  { vendor: "sarvam", running: "active", paused: "paused", resumed: ["scheduled", "active"] },
  { vendor: "talkdesk", running: "RUNNING", paused: "PAUSED", resumed: ["RUNNING"] },
] as const;

const shots = "coverage/screenshots";
let seat: Seat;
beforeAll(async () => {
  await mkdir(shots, { recursive: true });
  seat = await takeSeat();
});
afterAll(async () => {
  await seat.leave();
});

describe("the demo page", () => {
  it.each(campaigns)(
    "pauses, approves and resumes on $vendor, up to the end of each card",
    async (one) => {
      const { page } = seat;
      await seat.become("ana");
      const id = "id" in one ? one.id : await someCampaign(seat.page, one.vendor, one.running);
      await seat.type(`/campaign pause ${one.vendor}:${id} because wrong price`);
      await chip(page, one.vendor, id)
        .and(page.locator(`[data-word="${one.paused}"]`))
        .waitFor();
      const paused = card(page, `${one.vendor}:${id}`).filter({ hasText: "Paused" }).last();
      await paused.waitFor();
      expect(await paused.textContent()).toContain("wrong price");

      await seat.type(`/campaign resume ${one.vendor}:${id} because it is fixed`);
      const waiting = card(page, `${one.vendor}:${id}`).filter({ hasText: "it is fixed" }).last();
      await waiting.getByRole("button", { name: /^Approve/ }).waitFor();
      await seat.become("ben");
      await waiting.getByRole("button", { name: /^Approve/ }).click();
      if (one.vendor === "talkdesk") {
        await page.locator("[data-ephemeral]").filter({ hasText: "1 more" }).waitFor();
        await seat.become("chi");
        await waiting.getByRole("button", { name: /^Approve/ }).click();
      }
      await waiting.filter({ hasText: "Resumed" }).waitFor();
      const word = await chip(page, one.vendor, id).getAttribute("data-word");
      expect(one.resumed).toContain(word);
      await page.screenshot({ path: `${shots}/${one.vendor}.png` });
    },
  );

  it("shows an answer to the person it is for and to nobody else", async () => {
    const { page } = seat;
    await seat.become("ana");
    await seat.type("/campaign puase burki:42");
    const answer = page.locator("[data-ephemeral]").filter({ hasText: "/campaign pause TARGETS" });
    await answer.waitFor();
    await seat.become("ben");
    expect(await answer.count()).toBe(0);
  });

  it("answers a guest and an outsider, and nothing happens", async () => {
    const { page } = seat;
    const id = await someCampaign(seat.page, "woodpecker", "RUNNING");
    for (const person of ["gus", "sam"]) {
      await seat.become(person);
      await seat.type(`/campaign pause woodpecker:${id}`);
      await page
        .locator("[data-ephemeral]")
        .filter({ hasText: "Nothing was changed" })
        .first()
        .waitFor();
    }
    expect(await chip(page, "woodpecker", id).getAttribute("data-word")).toBe("RUNNING");
  });

  it("denies with a reason given in a form", async () => {
    const { page } = seat;
    await seat.become("ana");
    await seat.type("/campaign resume burki:7 because early birds");
    const waiting = card(page, "burki:7").last();
    await seat.become("ben");
    await waiting.getByRole("button", { name: /^Deny/ }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("textbox").fill("not before Monday");
    await form.getByRole("button", { name: "Deny" }).click();
    await waiting.filter({ hasText: "not before Monday" }).filter({ hasText: "Denied" }).waitFor();
    expect(await chip(page, "burki", "7").getAttribute("data-word")).toBe("paused");
  });

  it("fills the form of the bare command with a campaign found by typing", async () => {
    const { page } = seat;
    await seat.become("ana");
    const id = await someCampaign(seat.page, "burki", "running");
    await seat.type("/campaign");
    const form = page.getByRole("dialog");
    await form.getByText("Which campaigns?").waitFor();
    await page.screenshot({ path: `${shots}/form.png` });
    await form.getByRole("combobox", { name: "Which campaigns?" }).fill(`burki:${id}`);
    await form.getByRole("listbox").getByRole("option").first().click();
    await form.getByRole("textbox", { name: /Why/ }).fill("from the form");
    await form.getByRole("button", { name: "Send" }).click();
    await card(page, "from the form").filter({ hasText: "Paused" }).waitFor();
    expect(await chip(page, "burki", id).getAttribute("data-word")).toBe("paused");
  });

  it("works at the width of a phone", async () => {
    const { page } = seat;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${shots}/phone.png` });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
  });

  it("raised no fault in the browser", () => {
    expect(seat.faults).toEqual([]);
  });
});
