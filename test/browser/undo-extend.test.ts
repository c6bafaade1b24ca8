import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, chip, type Seat, takeSeat } from "./a-browser.ts";

const shots = "coverage/screenshots/undo-extend";
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
let seat: Seat;
beforeAll(async () => {
  await mkdir(shots, { recursive: true });
  seat = await takeSeat(sizes.desktop);
});
afterAll(async () => {
  await seat.leave();
});

const state = (id: string) => chip(seat.page, "burki", id).getAttribute("data-word");

async function picture(name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    await seat.page.setViewportSize(viewport);
    await seat.page.screenshot({ path: `${shots}/${name}-${size}.png` });
  }
  await seat.page.setViewportSize(sizes.desktop);
}

describe("what is done, in the browser", () => {
  it("keeps its end until later once it is extended, and says which time will not do", async () => {
    const { page } = seat;
    await seat.become("ana");
    await seat.type("/campaign pause burki:60 for 2h because wrong audience");
    const paused = card(page, "burki:60").first();
    await paused.getByRole("button", { name: /^Extend/ }).waitFor();
    expect(await state("60")).toBe("paused");
    await picture("done");

    await paused.getByRole("button", { name: /^Extend/ }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("textbox").fill("1h");
    await form.getByRole("button", { name: "Extend" }).click();
    await form.getByText("after the planned end").waitFor();
    await picture("too-soon");
    await form.getByRole("textbox").fill("5h");
    await form.getByRole("button", { name: "Extend" }).click();
    await form.waitFor({ state: "hidden" });
    await paused.filter({ hasText: "Extended by" }).waitFor();
    await picture("extended");
  });

  it("is undone with a press that asks for the opposite", async () => {
    const { page } = seat;
    await seat.type("/campaign pause burki:42 because wrong price");
    const paused = card(page, "burki:42").first();
    await paused.getByRole("button", { name: /^Undo/ }).click();
    const resume = card(page, "burki:42").filter({ hasText: "Resume" }).last();
    await resume.getByRole("button", { name: /^Approve/ }).waitFor();
    expect(await state("42")).toBe("paused");
    await picture("undo");
  });

  it("raised no fault in the browser", () => {
    expect(seat.faults).toEqual([]);
  });
});

describe("a look at what may be wrong, in the browser", () => {
  it("is answered to an admin, line by line", async () => {
    await seat.become("dee");
    await seat.type("/campaign doctor");
    const findings = seat.page.locator("[data-ephemeral]").filter({ hasText: "burki" }).last();
    await findings.waitFor();
    await picture("doctor");
    expect(await findings.textContent()).toContain("policy");
  });
});
