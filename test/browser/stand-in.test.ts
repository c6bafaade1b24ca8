import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { card, chip, type Seat, takeSeat } from "./a-browser.ts";

const shots = "coverage/screenshots/stand-in";
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
let seat: Seat;
beforeAll(async () => {
  await mkdir(shots, { recursive: true });
  seat = await takeSeat(sizes.desktop);
});
afterAll(async () => {
  await seat.leave();
});

/** What only the person at the desk sees, the newest of it. */
function whisper(text: string) {
  return seat.page.locator("[data-ephemeral]").filter({ hasText: text }).last();
}

async function picture(name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    await seat.page.setViewportSize(viewport);
    const newest = seat.page.locator("[data-ts]").last();
    await newest.evaluate((message) => message.scrollIntoView({ block: "end" }));
    await seat.page.screenshot({ path: `${shots}/${name}-${size}.png` });
  }
  await seat.page.setViewportSize(sizes.desktop);
}

describe("somebody who is away, in the browser", () => {
  it("names a stand-in, who decides on a card that says so", async () => {
    const { page } = seat;
    await seat.become("ana");
    await seat.type("/campaign cancel burki:60 because wrong audience");
    const waiting = card(page, "burki:60").last();
    await waiting.getByRole("button", { name: /^Approve/ }).waitFor();
    const approves = async (person: string) => {
      await seat.become(person);
      await waiting.getByRole("button", { name: /^Approve/ }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
    };
    await approves("ben");
    await whisper("Who can decide it: an admin.").waitFor();
    await picture("refused");

    await seat.become("dee");
    await seat.type("/campaign policy away until mon 09:00 @ben");
    await whisper("may decide where you could").waitFor();
    await waiting.filter({ hasText: "may decide instead" }).waitFor();
    await picture("away");

    await approves("ben");
    await waiting.filter({ hasText: "Cancelled" }).filter({ hasText: "instead of" }).waitFor();
    expect(await chip(page, "burki", "60").getAttribute("data-word")).toBe("cancelled");
    await picture("decided");
  });

  it("is in the list of who is away until they are back", async () => {
    await seat.become("ana");
    await seat.type("/campaign policy away");
    await whisper("decides instead").waitFor();
    await seat.become("dee");
    await seat.type("/campaign policy back");
    await whisper("You are back.").waitFor();
    await picture("back");
  });

  it.each([
    ["ana", "you may"],
    ["dee", "you may"],
    ["gus", "You are a guest of this workspace"],
    ["sam", "You belong to another organisation"],
  ])("shows %s what they may do", async (person, words) => {
    await seat.become(person);
    await seat.type("/campaign help");
    await whisper(words).waitFor();
    await picture(`help-${person}`);
  });

  it("raised no fault in the browser", () => {
    expect(seat.faults).toEqual([]);
  });
});
