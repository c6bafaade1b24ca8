import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, chip, type Seat, takeSeat } from "./a-browser.ts";

const shots = "coverage/screenshots/who-is-meant";
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
let seat: Seat;
beforeAll(async () => {
  await mkdir(shots, { recursive: true });
  seat = await takeSeat(sizes.desktop);
});
afterAll(async () => {
  await seat.leave();
});

const state = (vendor: string, id: string) => chip(seat.page, vendor, id).getAttribute("data-word");

async function picture(name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    await seat.page.setViewportSize(viewport);
    await seat.page.screenshot({ path: `${shots}/${name}-${size}.png` });
  }
  await seat.page.setViewportSize(sizes.desktop);
}

describe("who is meant, in the browser", () => {
  it("is asked with a button where an id is not there", async () => {
    const { page } = seat;
    await seat.become("ana");
    await seat.type("/campaign pause burki:4 because wrong price");
    const answer = page.getByText("No campaign there has the id").first();
    await answer.waitFor();
    await picture("no-such-id");
    expect(await state("burki", "42")).toBe("running");
  });

  it("is asked with two buttons where a reason ends in a limit", async () => {
    const { page } = seat;
    await seat.type("/campaign pause burki:60 because of the outage for 2h");
    await page.getByRole("button", { name: /^As a limit/ }).waitFor();
    await picture("as-a-limit");
    expect(await state("burki", "60")).toBe("running");
    await page.getByRole("button", { name: /^As a limit/ }).click();
    await card(page, "burki:60")
      .first()
      .getByRole("button", { name: /^Extend/ })
      .waitFor();
    expect(await state("burki", "60")).toBe("paused");
    await picture("limited");
  });

  it("is everything that runs, for an emergency stop", async () => {
    const { page } = seat;
    await seat.type("/campaign stop all in burki because wrong price list");
    await page
      .getByText(/Emergency stop/)
      .first()
      .waitFor();
    await page
      .getByText(/wrong price list/)
      .first()
      .waitFor();
    await picture("stopped");
  });

  it("raised no fault in the browser", () => {
    expect(seat.faults).toEqual([]);
  });
});
